package plimsoll.abi;

/** Chainlink price feeds: {@code AggregatorV3Interface}, the proxy in front of it and the aggregator behind it. */
public final class Aggregator {

    public static final ContractFunction DECIMALS = ContractFunction.of("decimals()", "(uint8)");

    public static final ContractFunction DESCRIPTION = ContractFunction.of("description()", "(string)");

    public static final ContractFunction VERSION = ContractFunction.of("version()", "(uint256)");

    public static final ContractFunction LATEST_ROUND_DATA = ContractFunction.of(
            "latestRoundData()",
            "(uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, " + "uint80 answeredInRound)");

    public static final ContractFunction GET_ROUND_DATA = ContractFunction.of(
            "getRoundData(uint80 roundId)",
            "(uint80 roundId, int256 answer, uint256 startedAt, uint256 updatedAt, " + "uint80 answeredInRound)");

    public static final ContractFunction LATEST_ANSWER = ContractFunction.of("latestAnswer()", "(int256)");

    public static final ContractFunction LATEST_ROUND = ContractFunction.of("latestRound()", "(uint256)");

    public static final ContractFunction LATEST_TIMESTAMP = ContractFunction.of("latestTimestamp()", "(uint256)");

    public static final ContractFunction GET_ANSWER = ContractFunction.of("getAnswer(uint256 roundId)", "(int256)");

    public static final ContractFunction GET_TIMESTAMP =
            ContractFunction.of("getTimestamp(uint256 roundId)", "(uint256)");

    public static final ContractFunction AGGREGATOR = ContractFunction.of("aggregator()", "(address)");

    public static final ContractFunction PHASE_ID = ContractFunction.of("phaseId()", "(uint16)");

    public static final ContractFunction PHASE_AGGREGATORS =
            ContractFunction.of("phaseAggregators(uint16 phaseId)", "(address)");

    public static final ContractFunction SUBMIT = ContractFunction.of("submit(uint256 roundId, int256 submission)");

    public static final ContractFunction MIN_SUBMISSION_VALUE = ContractFunction.of("minSubmissionValue()", "(int256)");

    public static final ContractFunction MAX_SUBMISSION_VALUE = ContractFunction.of("maxSubmissionValue()", "(int256)");

    public static final ContractFunction ADD_ACCESS = ContractFunction.of("addAccess(address user)");

    public static final ContractFunction DISABLE_ACCESS_CHECK = ContractFunction.of("disableAccessCheck()");

    public static final ContractFunction CHANGE_ORACLES =
            ContractFunction.of("changeOracles(address[] removed, address[] added, address[] addedAdmins, "
                    + "uint32 minSubmissions, uint32 maxSubmissions, uint32 restartDelay)");

    public static final ContractFunction UPDATE_FUTURE_ROUNDS =
            ContractFunction.of("updateFutureRounds(uint128 paymentAmount, uint32 minSubmissions, "
                    + "uint32 maxSubmissions, uint32 restartDelay, uint32 timeout)");

    public static final ContractFunction PROPOSE_AGGREGATOR =
            ContractFunction.of("proposeAggregator(address aggregator)");

    public static final ContractFunction CONFIRM_AGGREGATOR =
            ContractFunction.of("confirmAggregator(address aggregator)");

    public static final ContractEvent ANSWER_UPDATED_EVENT =
            ContractEvent.of("AnswerUpdated(int256 indexed current, uint256 indexed roundId, uint256 updatedAt)");

    public static final ContractEvent NEW_ROUND_EVENT =
            ContractEvent.of("NewRound(uint256 indexed roundId, address indexed startedBy, uint256 startedAt)");

    private Aggregator() {}
}
