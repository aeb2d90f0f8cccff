package plimsoll.oracle.parameter;

import java.util.List;
import plimsoll.units.Bps;

/** What the stability rule and the contract let a proposal take of a wanted vector; each hold leaves its reason. */
final class Held {

    private Held() {}

    /** @param current the reserve with the bonus that it is to have */
    static Bps threshold(Bps wanted, CollateralParameters current, StabilityRule rule, List<String> reasons) {
        Bps now = current.liquidationThreshold();
        Bps threshold = wanted;
        threshold = atMost(
                threshold,
                AaveCollateralRule.highestThreshold(current.liquidationBonus()),
                "threshold times one plus the bonus of " + current.liquidationBonus() + " stays within 100 %",
                reasons);
        if (now.compareTo(rule.highestThreshold()) <= 0) {
            threshold = atMost(threshold, rule.highestThreshold(), "the configured ceiling", reasons);
        } else {
            threshold = atMost(threshold, now, "never loosened above the configured ceiling", reasons);
        }
        threshold = atLeast(threshold, min(now, rule.lowestThreshold()), "the configured floor", reasons);
        threshold = atMost(
                threshold,
                now.plus(rule.mostLoosening()),
                "loosened slowly, " + rule.mostLoosening() + " a proposal",
                reasons);
        return atLeast(
                threshold,
                Bps.ofRaw(Math.max(1, now.raw() - rule.mostTightening().raw())),
                "tightened by at most " + rule.mostTightening() + " a proposal",
                reasons);
    }

    /** LTV moves by no more than the threshold may, unless the threshold itself comes down on it. */
    static Bps ltv(Bps wanted, Bps threshold, CollateralParameters current, StabilityRule rule, List<String> reasons) {
        Bps most = current.ltv().plus(rule.mostLoosening());
        if (wanted.compareTo(most) > 0) {
            reasons.add("LTV raised only to " + most + ", not " + wanted + ": loosened slowly, " + rule.mostLoosening()
                    + " a proposal");
            return most;
        }
        Bps least = min(
                Bps.ofRaw(
                        Math.max(0, current.ltv().raw() - rule.mostTightening().raw())),
                threshold);
        if (wanted.compareTo(least) < 0) {
            reasons.add("LTV lowered only to " + least + ", not " + wanted + ": tightened by at most "
                    + rule.mostTightening() + " a proposal");
            return least;
        }
        return wanted;
    }

    /** A bonus that is to rise waits for the threshold to make room. */
    static Bps bonus(Bps wanted, Bps threshold, CollateralParameters current, List<String> reasons) {
        if (wanted.compareTo(current.liquidationBonus()) <= 0 || threshold.isZero()) {
            return wanted;
        }
        Bps room = AaveCollateralRule.highestBonus(threshold);
        if (wanted.compareTo(room) <= 0) {
            return wanted;
        }
        Bps allowed = room.compareTo(current.liquidationBonus()) < 0 ? current.liquidationBonus() : room;
        reasons.add("bonus held down to " + allowed + " from " + wanted + ": a threshold of " + threshold
                + " leaves room for no more");
        return allowed;
    }

    private static Bps atMost(Bps value, Bps limit, String why, List<String> reasons) {
        if (value.compareTo(limit) <= 0) {
            return value;
        }
        reasons.add("threshold held down to " + limit + " from " + value + ": " + why);
        return limit;
    }

    private static Bps atLeast(Bps value, Bps limit, String why, List<String> reasons) {
        if (value.compareTo(limit) >= 0) {
            return value;
        }
        reasons.add("threshold held up at " + limit + " from " + value + ": " + why);
        return limit;
    }

    private static Bps min(Bps left, Bps right) {
        return left.compareTo(right) <= 0 ? left : right;
    }
}
