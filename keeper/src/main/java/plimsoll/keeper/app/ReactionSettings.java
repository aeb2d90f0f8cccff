package plimsoll.keeper.app;

import java.time.Duration;
import plimsoll.runtime.cli.CommandFailure;

/**
 * What is done about prices that no block holds yet.
 *
 * @param pending whether the pool is watched for them
 * @param patience how long a transaction of ours stands behind one of theirs that no block takes
 */
record ReactionSettings(boolean pending, Duration patience) {

    /** Only blocks are answered. */
    static final ReactionSettings NONE = new ReactionSettings(false, Duration.ofSeconds(24));

    ReactionSettings {
        if (patience.compareTo(Duration.ofSeconds(1)) < 0 || patience.compareTo(Duration.ofMinutes(10)) > 0) {
            throw CommandFailure.configuration(
                    "plimsoll.keeper.reaction.patience is not between 1 s and 10 min: found=" + patience,
                    "plimsoll.keeper.reaction.patience");
        }
    }
}
