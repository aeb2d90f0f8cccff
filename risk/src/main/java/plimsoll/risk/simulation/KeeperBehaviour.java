package plimsoll.risk.simulation;

import java.io.Serializable;

/**
 * How the liquidators of a market act.
 *
 * @param delaySteps how many steps an account has been unhealthy before they act; 0 acts in the step that made it so
 * @param serviceShare the chance that an account which waits is served in a step: blocks are full, keepers are few
 * @param minimumMargin what they want to earn at least, as a share of the debt that they repay
 * @param seed of the chance above
 */
public record KeeperBehaviour(int delaySteps, double serviceShare, double minimumMargin, long seed)
        implements Serializable {

    /** Acts at once, misses nobody, and wants half a percent of the repaid debt. */
    public static final KeeperBehaviour PROMPT = new KeeperBehaviour(0, 1, 0.005, 0);

    public KeeperBehaviour {
        if (delaySteps < 0) {
            throw new IllegalArgumentException("delay is negative: found=" + delaySteps);
        }
        if (!(serviceShare >= 0 && serviceShare <= 1)) {
            throw new IllegalArgumentException("share served is out of range: found=" + serviceShare);
        }
        if (!(minimumMargin >= 0)) {
            throw new IllegalArgumentException("margin is negative: found=" + minimumMargin);
        }
    }
}
