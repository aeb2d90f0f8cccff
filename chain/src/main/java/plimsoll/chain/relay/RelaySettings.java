package plimsoll.chain.relay;

import java.time.Duration;

/**
 * How bundles are made.
 *
 * @param window how many of the next blocks are aimed at, each by a bundle of its own; 1..25
 * @param policy what happens where no block comes of it
 * @param mayRevert whether a transaction that fails may be in a block; by default not, and then a revert costs nothing
 * @param patience how long a send waits for relays; slower ones go on by themselves
 * @param retryAfter how long a relay that failed is left alone while the head stays the same
 * @param inFlight the most requests that one relay gets at a time
 */
public record RelaySettings(
        int window, RelayPolicy policy, boolean mayRevert, Duration patience, Duration retryAfter, int inFlight) {

    /** Flashbots keeps a transaction for 25 blocks; farther away a bundle is of no use to anyone. */
    private static final int WIDEST = 25;

    public RelaySettings {
        if (window < 1 || window > WIDEST) {
            throw new IllegalArgumentException("Bundle window is outside 1.." + WIDEST + " blocks: found=" + window);
        }
        if (patience.isNegative() || retryAfter.isNegative() || inFlight < 1) {
            throw new IllegalArgumentException("Relay limits are impossible: patience=" + patience + " retryAfter="
                    + retryAfter + " inFlight=" + inFlight);
        }
    }

    /** The next 3 blocks, no reverts in a block, 1 s for an answer, a failed relay asked again after 1 s, 8 requests at a time. */
    public static RelaySettings of(RelayPolicy policy) {
        return new RelaySettings(3, policy, false, Duration.ofSeconds(1), Duration.ofSeconds(1), 8);
    }

    public RelaySettings withWindow(int blocks) {
        return new RelaySettings(blocks, policy, mayRevert, patience, retryAfter, inFlight);
    }

    public RelaySettings withMayRevert(boolean allowed) {
        return new RelaySettings(window, policy, allowed, patience, retryAfter, inFlight);
    }

    public RelaySettings withRetryAfter(Duration time) {
        return new RelaySettings(window, policy, mayRevert, patience, time, inFlight);
    }

    public RelaySettings withPatience(Duration time) {
        return new RelaySettings(window, policy, mayRevert, time, retryAfter, inFlight);
    }
}
