package plimsoll.abi;

/** Chainlink's off-chain reporting aggregators, in what they have beside {@link Aggregator}: the bounds of an answer. */
public final class OffchainAggregator {

    public static final ContractFunction MIN_ANSWER = ContractFunction.of("minAnswer()", "(int192)");

    public static final ContractFunction MAX_ANSWER = ContractFunction.of("maxAnswer()", "(int192)");

    private OffchainAggregator() {}
}
