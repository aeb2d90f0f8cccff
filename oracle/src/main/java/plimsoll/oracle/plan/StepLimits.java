package plimsoll.oracle.plan;

import java.time.Duration;
import plimsoll.units.Bps;

/**
 * What the publishing route and we ourselves allow in one step. Governance knows no bounds of its own; a risk steward
 * does, in absolute bps per parameter.
 *
 * @param mostLtvChange absolute bound on |new − current| LTV
 * @param mostThresholdChange absolute bound on |new − current| liquidation threshold
 * @param mostBonusChange absolute bound on |new − current| liquidation bonus
 * @param mostCapChange bound on |new − current| cap as a share of the current one, rounded down as the steward does
 * @param delay least time between two steps
 * @param mostForcedLiquidations most accounts that one step may make liquidatable by itself
 */
public record StepLimits(
        Bps mostLtvChange,
        Bps mostThresholdChange,
        Bps mostBonusChange,
        Bps mostCapChange,
        Duration delay,
        int mostForcedLiquidations) {

    /** A bound that never binds: shares end at 65 535 bps; for caps it is taken as no bound. */
    public static final Bps UNBOUNDED = new Bps(65_535);

    public StepLimits {
        if (mostLtvChange.isZero()
                || mostThresholdChange.isZero()
                || mostBonusChange.isZero()
                || mostCapChange.isZero()) {
            throw new IllegalArgumentException("A step must be allowed to move: ltv=" + mostLtvChange + " threshold="
                    + mostThresholdChange + " bonus=" + mostBonusChange + " cap=" + mostCapChange);
        }
        if (delay.isNegative() || mostForcedLiquidations < 0) {
            throw new IllegalArgumentException(
                    "Limits are negative: delay=" + delay + " forced=" + mostForcedLiquidations);
        }
    }

    boolean boundsCaps() {
        return !mostCapChange.equals(UNBOUNDED);
    }

    /** A proposal through governance: unbounded, but for the accounts that we let it liquidate. */
    public static StepLimits governance(int mostForcedLiquidations) {
        return new StepLimits(UNBOUNDED, UNBOUNDED, UNBOUNDED, UNBOUNDED, Duration.ZERO, mostForcedLiquidations);
    }
}
