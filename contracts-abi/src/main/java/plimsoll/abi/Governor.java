package plimsoll.abi;

/** OpenZeppelin 5 {@code IGovernor}: proposals, votes, execution. */
public final class Governor {

    public static final ContractFunction PROPOSE = ContractFunction.of(
            "propose(address[] targets, uint256[] values, bytes[] calldatas, string description)",
            "(uint256 proposalId)");

    public static final ContractFunction QUEUE = ContractFunction.of(
            "queue(address[] targets, uint256[] values, bytes[] calldatas, " + "bytes32 descriptionHash)",
            "(uint256 proposalId)");

    public static final ContractFunction EXECUTE = ContractFunction.of(
            "execute(address[] targets, uint256[] values, bytes[] calldatas, " + "bytes32 descriptionHash)",
            "(uint256 proposalId)");

    public static final ContractFunction CANCEL = ContractFunction.of(
            "cancel(address[] targets, uint256[] values, bytes[] calldatas, " + "bytes32 descriptionHash)",
            "(uint256 proposalId)");

    public static final ContractFunction HASH_PROPOSAL = ContractFunction.of(
            "hashProposal(address[] targets, uint256[] values, bytes[] calldatas, " + "bytes32 descriptionHash)",
            "(uint256 proposalId)");

    public static final ContractFunction CAST_VOTE =
            ContractFunction.of("castVote(uint256 proposalId, uint8 support)", "(uint256 weight)");

    public static final ContractFunction CAST_VOTE_WITH_REASON = ContractFunction.of(
            "castVoteWithReason(uint256 proposalId, uint8 support, string reason)", "(uint256 weight)");

    public static final ContractFunction STATE = ContractFunction.of("state(uint256 proposalId)", "(uint8)");

    public static final ContractFunction PROPOSAL_SNAPSHOT =
            ContractFunction.of("proposalSnapshot(uint256 proposalId)", "(uint256)");

    public static final ContractFunction PROPOSAL_DEADLINE =
            ContractFunction.of("proposalDeadline(uint256 proposalId)", "(uint256)");

    public static final ContractFunction PROPOSAL_ETA =
            ContractFunction.of("proposalEta(uint256 proposalId)", "(uint256)");

    public static final ContractFunction PROPOSAL_PROPOSER =
            ContractFunction.of("proposalProposer(uint256 proposalId)", "(address)");

    public static final ContractFunction PROPOSAL_NEEDS_QUEUING =
            ContractFunction.of("proposalNeedsQueuing(uint256 proposalId)", "(bool)");

    public static final ContractFunction PROPOSAL_THRESHOLD = ContractFunction.of("proposalThreshold()", "(uint256)");

    public static final ContractFunction HAS_VOTED =
            ContractFunction.of("hasVoted(uint256 proposalId, address account)", "(bool)");

    public static final ContractFunction GET_VOTES =
            ContractFunction.of("getVotes(address account, uint256 timepoint)", "(uint256)");

    public static final ContractFunction QUORUM = ContractFunction.of("quorum(uint256 timepoint)", "(uint256)");

    public static final ContractFunction VOTING_DELAY = ContractFunction.of("votingDelay()", "(uint256)");

    public static final ContractFunction VOTING_PERIOD = ContractFunction.of("votingPeriod()", "(uint256)");

    public static final ContractFunction CLOCK = ContractFunction.of("clock()", "(uint48)");

    public static final ContractFunction CLOCK_MODE = ContractFunction.of("CLOCK_MODE()", "(string)");

    public static final ContractFunction NAME = ContractFunction.of("name()", "(string)");

    public static final ContractFunction VERSION = ContractFunction.of("version()", "(string)");

    public static final ContractEvent PROPOSAL_CREATED_EVENT =
            ContractEvent.of("ProposalCreated(uint256 proposalId, address proposer, address[] targets, "
                    + "uint256[] values, string[] signatures, bytes[] calldatas, uint256 voteStart, "
                    + "uint256 voteEnd, string description)");

    public static final ContractEvent PROPOSAL_QUEUED_EVENT =
            ContractEvent.of("ProposalQueued(uint256 proposalId, uint256 etaSeconds)");

    public static final ContractEvent PROPOSAL_EXECUTED_EVENT =
            ContractEvent.of("ProposalExecuted(uint256 proposalId)");

    public static final ContractEvent PROPOSAL_CANCELED_EVENT =
            ContractEvent.of("ProposalCanceled(uint256 proposalId)");

    public static final ContractEvent VOTE_CAST_EVENT = ContractEvent.of(
            "VoteCast(address indexed voter, uint256 proposalId, uint8 support, " + "uint256 weight, string reason)");

    private Governor() {}
}
