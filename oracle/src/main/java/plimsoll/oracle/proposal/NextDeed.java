package plimsoll.oracle.proposal;

import java.time.Instant;
import java.util.Optional;

/** What a proposal needs from us now. */
public sealed interface NextDeed {

    /** It is not on chain: send it. */
    record Propose() implements NextDeed {}

    /** It has won: put it into the timelock. */
    record Queue() implements NextDeed {}

    /** The timelock has let it through: execute it. */
    record Execute() implements NextDeed {}

    /** It was executed: read the reserves back. */
    record ReadBack() implements NextDeed {}

    /** Others vote, time passes, or it is over. */
    record Nothing() implements NextDeed {}

    /**
     * Decides what is due.
     *
     * @param onChain the governor's word, absent where it knows no such proposal
     * @param chainTime of the block that was asked
     */
    static NextDeed of(Proposal proposal, Optional<ProposalState> onChain, Instant chainTime) {
        if (onChain.isEmpty()) {
            return proposal.state() == ProposalState.PLANNED ? new Propose() : new Nothing();
        }
        return switch (onChain.get()) {
            case SUCCEEDED -> new Queue();
            case QUEUED ->
                proposal.executableAt().map(time -> !chainTime.isBefore(time)).orElse(false)
                        ? new Execute()
                        : new Nothing();
            case EXECUTED, VERIFIED -> new ReadBack();
            case PLANNED, PENDING, ACTIVE, DEFEATED, CANCELED, EXPIRED, FAILED -> new Nothing();
        };
    }
}
