package plimsoll.oracle.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import plimsoll.units.Bps;

/**
 * What a reserve's parameters should become, and why: the one door from {@code double} back to what a contract stores.
 *
 * <p>Shares are rounded down, the safe side for LTV and threshold. What the contract or the stability rule would not
 * allow is clamped as a vector: when the threshold is held back, LTV keeps its share of it and never ends above it.
 * The bonus and the caps stay as they are on chain; each clamp leaves a reason.
 */
public record Recommendation(CollateralParameters parameters, List<String> reasons) {

    public Recommendation {
        reasons = List.copyOf(reasons);
    }

    /**
     * Takes the model's answer.
     *
     * @param ltvShare LTV as a fraction of collateral value, as the model found it
     * @param liquidationThresholdShare the threshold as a fraction of collateral value, as the model found it
     */
    public static Recommendation of(
            double ltvShare, double liquidationThresholdShare, CollateralParameters current, StabilityRule rule) {
        List<String> reasons = new ArrayList<>();
        Bps threshold = floor(liquidationThresholdShare, "liquidation threshold", reasons);
        Bps ltv = floor(ltvShare, "LTV", reasons);
        if (ltv.compareTo(threshold) > 0) {
            reasons.add("LTV lowered to the threshold: from " + ltv + " to " + threshold);
            ltv = threshold;
        }
        Bps allowed = clamp(threshold, current, rule, reasons);
        // LTV is a share of the threshold, 1 − Y in the closed form: that share survives every clamp.
        Bps allowedLtv = threshold.isZero() ? Bps.ZERO : Bps.ofRaw((long) allowed.raw() * ltv.raw() / threshold.raw());
        if (allowed.compareTo(threshold) > 0 && allowedLtv.compareTo(ltv) > 0) {
            // The threshold was held up, not down: the model's LTV needs no raise with it.
            allowedLtv = ltv;
        }
        allowedLtv = limitLoosening(allowedLtv, current, rule, reasons);
        if (isWithin(rule.deadBand(), current, allowed, allowedLtv)) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "kept: LTV %d -> %d and threshold %d -> %d bps lie within the dead-band of %d bps",
                    current.ltv().raw(),
                    allowedLtv.raw(),
                    current.liquidationThreshold().raw(),
                    allowed.raw(),
                    rule.deadBand().raw()));
            return new Recommendation(current, reasons);
        }
        CollateralParameters recommended = current.with(allowedLtv, allowed);
        List<String> violations = AaveCollateralRule.violations(recommended);
        if (!violations.isEmpty()) {
            reasons.add("kept: " + String.join("; ", violations));
            return new Recommendation(current, reasons);
        }
        return new Recommendation(recommended, reasons);
    }

    /** Leaves everything as it is, for a stated reason. */
    public static Recommendation keep(CollateralParameters current, String reason) {
        return new Recommendation(current, List.of("kept: " + reason));
    }

    public Recommendation withReasonsBefore(List<String> earlier) {
        List<String> all = new ArrayList<>(earlier);
        all.addAll(reasons);
        return new Recommendation(parameters, all);
    }

    private static Bps floor(double share, String name, List<String> reasons) {
        if (!Double.isFinite(share)) {
            throw new IllegalArgumentException("The model's " + name + " is not a number: found=" + share);
        }
        double clamped = Math.min(1, Math.max(0, share));
        if (clamped != share) {
            reasons.add("The model's " + name + " lay outside 0..1: found=" + share + " taken=" + clamped);
        }
        return Bps.ofRaw((long) StrictMath.floor(clamped * 10_000));
    }

    private static Bps clamp(Bps wanted, CollateralParameters current, StabilityRule rule, List<String> reasons) {
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

    private static Bps limitLoosening(Bps ltv, CollateralParameters current, StabilityRule rule, List<String> reasons) {
        Bps most = current.ltv().plus(rule.mostLoosening());
        if (ltv.compareTo(most) <= 0) {
            return ltv;
        }
        reasons.add("LTV raised only to " + most + ", not " + ltv + ": loosened slowly, " + rule.mostLoosening()
                + " a proposal");
        return most;
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

    private static boolean isWithin(Bps deadBand, CollateralParameters current, Bps threshold, Bps ltv) {
        return Math.abs(threshold.raw() - current.liquidationThreshold().raw()) < Math.max(1, deadBand.raw())
                && Math.abs(ltv.raw() - current.ltv().raw()) < Math.max(1, deadBand.raw());
    }
}
