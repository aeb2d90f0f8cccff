package plimsoll.abi;

import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import plimsoll.units.Address;

/**
 * A call that gives a price feed a new answer, read before any block holds it.
 *
 * <p>Known are FluxAggregator's {@code submit}, where the answer is one oracle's, and the {@code transmit} of off-chain reporting 1 and
 * 2, whose report holds the observations of all oracles in ascending order and whose answer is the one at the place ⌊n/2⌋; {@code
 * transmitSecondary} of the dual aggregators behind SVR feeds brings the same report in private. A forwarder's
 * {@code forward} is looked through once. Whether the feed takes the answer is for the chain to say: signatures are not checked here.
 *
 * @param aggregator the contract that the call reaches in the end
 */
public record Transmission(Address aggregator, BigInteger answer) {

    /** Of off-chain reporting 1 ({@code OffchainAggregator} 4.0.0). */
    public static final ContractFunction TRANSMIT_1 =
            ContractFunction.of("transmit(bytes report, bytes32[] rs, bytes32[] ss, bytes32 rawVs)");

    /** Of off-chain reporting 2 ({@code OCR2Aggregator} 1.0.0). */
    public static final ContractFunction TRANSMIT_2 = ContractFunction.of(
            "transmit(bytes32[3] reportContext, bytes report, bytes32[] rs, bytes32[] ss, bytes32 rawVs)");

    /** Of the dual aggregators behind SVR feeds (docs.chain.link, "SVR Searcher Onboarding: Ethereum Mainnet"). */
    public static final ContractFunction TRANSMIT_SECONDARY = ContractFunction.of(
            "transmitSecondary(bytes32[3] reportContext, bytes report, bytes32[] rs, bytes32[] ss, bytes32 rawVs)");

    /** Of {@code AuthorizedForwarder}, through which a node's several senders act as one. */
    public static final ContractFunction FORWARD = ContractFunction.of("forward(address to, bytes data)");

    private static final ContractFunction REPORT_1 =
            ContractFunction.of("report1(bytes32 rawReportContext, bytes32 rawObservers, int192[] observations)");
    private static final ContractFunction REPORT_2 = ContractFunction.of(
            "report2(uint32 observationsTimestamp, bytes32 rawObservers, int192[] observations, int192"
                    + " juelsPerFeeCoin)");

    /** Off-chain reporting knows at most this many oracles. */
    private static final int MOST_OBSERVATIONS = 31;

    /** What a call would tell a feed; empty where it is another call, or bytes that no such contract would take. */
    public static Optional<Transmission> of(Address to, String callData) {
        if (callData.startsWith(FORWARD.selector())) {
            try {
                AbiValues forwarded = FORWARD.decodeCall(callData);
                return direct(forwarded.address("to"), forwarded.hex("data"));
            } catch (IllegalArgumentException e) {
                return Optional.empty();
            }
        }
        return direct(to, callData);
    }

    private static Optional<Transmission> direct(Address to, String callData) {
        try {
            return answer(callData).map(answer -> new Transmission(to, answer));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<BigInteger> answer(String callData) {
        if (callData.startsWith(Aggregator.SUBMIT.selector())) {
            return Optional.of(Aggregator.SUBMIT.decodeCall(callData).integer("submission"));
        }
        if (callData.startsWith(TRANSMIT_1.selector())) {
            return middle(REPORT_1, TRANSMIT_1.decodeCall(callData));
        }
        if (callData.startsWith(TRANSMIT_2.selector())) {
            return middle(REPORT_2, TRANSMIT_2.decodeCall(callData));
        }
        if (callData.startsWith(TRANSMIT_SECONDARY.selector())) {
            return middle(REPORT_2, TRANSMIT_SECONDARY.decodeCall(callData));
        }
        return Optional.empty();
    }

    /** The contract itself demands ascending observations; others make the whole transmission revert. */
    private static Optional<BigInteger> middle(ContractFunction form, AbiValues transmit) {
        AbiValues report =
                form.decodeCall(form.selector() + transmit.hex("report").substring(2));
        List<BigInteger> observations = report.values("observations").stream()
                .map(BigInteger.class::cast)
                .toList();
        if (observations.isEmpty() || observations.size() > MOST_OBSERVATIONS) {
            return Optional.empty();
        }
        for (int i = 1; i < observations.size(); i++) {
            if (observations.get(i - 1).compareTo(observations.get(i)) > 0) {
                return Optional.empty();
            }
        }
        return Optional.of(observations.get(observations.size() / 2));
    }
}
