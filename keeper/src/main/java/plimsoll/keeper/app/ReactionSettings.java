package plimsoll.keeper.app;

import java.time.Duration;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.Bps;

/**
 * What is done about prices that no block holds yet.
 *
 * @param pending whether the pool is watched for them
 * @param patience how long a transaction of ours stands behind one of theirs that no block takes
 * @param bidShare how much of a liquidation's profit is bid for the place behind an update that is for sale; nothing does not bid
 */
record ReactionSettings(boolean pending, Duration patience, Bps bidShare) {

    /** Only blocks are answered. */
    static final ReactionSettings NONE = new ReactionSettings(false, Duration.ofSeconds(24));

    ReactionSettings {
        if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(Duration.ofMinutes(10)) > 0) {
            throw CommandFailure.configuration(
                    "plimsoll.keeper.reaction.patience is not between 1 s and 10 min: found=" + patience,
                    "plimsoll.keeper.reaction.patience");
        }
        if (bidShare.compareTo(Bps.ONE_HUNDRED_PERCENT) > 0) {
            throw CommandFailure.configuration(
                    "plimsoll.keeper.reaction.bid-share is not between 0 and 100 percent: found=" + bidShare,
                    "plimsoll.keeper.reaction.bid-share");
        }
    }

    /** One that bids nowhere. */
    ReactionSettings(boolean pending, Duration patience) {
        this(pending, patience, new Bps(0));
    }

    boolean bids() {
        return !bidShare.equals(new Bps(0));
    }
}
