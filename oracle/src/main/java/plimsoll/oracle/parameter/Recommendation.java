package plimsoll.oracle.parameter;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import plimsoll.units.Bps;

/**
 * What a reserve's parameters should become, and why: the one door from {@code double} back to what a contract stores.
 *
 * <p>LTV, threshold and caps are rounded down, a bonus up: the safe sides. What the contract or the stability rule would
 * not allow is clamped as a vector: when the threshold is held back, LTV keeps its share of it and never ends above it,
 * and a bonus never rises above what the threshold leaves room for. Each clamp leaves a reason.
 */
public record Recommendation(CollateralParameters parameters, List<String> reasons) {

    public Recommendation {
        reasons = List.copyOf(reasons);
    }

    /** Takes the model's LTV and threshold; the bonus and the caps stay as they are on chain. */
    public static Recommendation of(
            double ltvShare, double liquidationThresholdShare, CollateralParameters current, StabilityRule rule) {
        return of(ModelAnswer.of(ltvShare, liquidationThresholdShare), current, ReserveRule.of(rule));
    }

    /** Takes the model's answer: LTV, threshold and bonus as one vector, each cap by itself. */
    public static Recommendation of(ModelAnswer answer, CollateralParameters current, ReserveRule rule) {
        List<String> reasons = new ArrayList<>();
        Bps bonus = bonus(answer.liquidationBonus(), current, rule, reasons);
        CollateralParameters collateral = collateral(answer, current, bonus, rule.thresholds(), reasons);
        return new Recommendation(
                collateral.withCaps(
                        cap("supply cap", answer.supplyCap(), current.supplyCap(), rule, reasons),
                        cap("borrow cap", answer.borrowCap(), current.borrowCap(), rule, reasons)),
                reasons);
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

    private static Bps bonus(
            OptionalDouble wanted, CollateralParameters current, ReserveRule rule, List<String> reasons) {
        Bps now = current.liquidationBonus();
        if (wanted.isEmpty() || !current.isCollateral()) {
            return now;
        }
        Bps bonus = Rounding.up(wanted.getAsDouble(), "liquidation bonus", 1, reasons);
        int distance = bonus.raw() - now.raw();
        if (Math.abs(distance) < Math.max(1, rule.bonusDeadBand().raw())) {
            return now;
        }
        int most = rule.mostBonusChange().raw();
        Bps allowed = Bps.ofRaw(Math.max(1, now.raw() + Math.clamp(distance, -most, most)));
        if (!allowed.equals(bonus)) {
            reasons.add("bonus moved only to " + allowed + ", not " + bonus + ": by at most " + rule.mostBonusChange()
                    + " a proposal");
        }
        return allowed;
    }

    private static CollateralParameters collateral(
            ModelAnswer answer, CollateralParameters current, Bps bonus, StabilityRule rule, List<String> reasons) {
        Bps threshold = Rounding.down(answer.liquidationThreshold(), "liquidation threshold", reasons);
        Bps ltv = Rounding.down(answer.ltv(), "LTV", reasons);
        if (ltv.compareTo(threshold) > 0) {
            reasons.add("LTV lowered to the threshold: from " + ltv + " to " + threshold);
            ltv = threshold;
        }
        Bps allowed = Held.threshold(threshold, current.withBonus(bonus), rule, reasons);
        Bps allowedLtv = Held.ltv(ltvBeside(allowed, threshold, ltv), allowed, current, rule, reasons);
        Bps allowedBonus = Held.bonus(bonus, allowed, current, reasons);
        CollateralParameters recommended = current.with(allowedLtv, allowed).withBonus(allowedBonus);
        if (isWithin(rule.deadBand(), current, recommended)) {
            reasons.add(String.format(
                    Locale.ROOT,
                    "kept: LTV %d -> %d and threshold %d -> %d bps lie within the dead-band of %d bps",
                    current.ltv().raw(),
                    allowedLtv.raw(),
                    current.liquidationThreshold().raw(),
                    allowed.raw(),
                    rule.deadBand().raw()));
            recommended = current.withBonus(allowedBonus);
            if (recommended.equals(current) || AaveCollateralRule.holds(recommended)) {
                return recommended;
            }
            // The bonus by itself needs the small cut of the threshold after all.
            recommended = current.with(allowedLtv, allowed).withBonus(allowedBonus);
        }
        List<String> violations = AaveCollateralRule.violations(recommended);
        if (!violations.isEmpty()) {
            reasons.add("kept: " + String.join("; ", violations));
            return current;
        }
        return recommended;
    }

    /** LTV is a share of the threshold, 1 − Y in the closed form: that share survives every clamp of the threshold. */
    private static Bps ltvBeside(Bps allowed, Bps threshold, Bps ltv) {
        Bps beside = threshold.isZero() ? Bps.ZERO : Bps.ofRaw((long) allowed.raw() * ltv.raw() / threshold.raw());
        // Where the threshold was held up, not down, the model's LTV needs no raise with it.
        return allowed.compareTo(threshold) > 0 && beside.compareTo(ltv) > 0 ? ltv : beside;
    }

    private static long cap(String name, OptionalDouble wanted, long now, ReserveRule rule, List<String> reasons) {
        if (wanted.isEmpty()) {
            return now;
        }
        long cap = Rounding.cap(wanted.getAsDouble(), name, reasons);
        if (now == 0) {
            reasons.add(name + " set to " + cap + " tokens: there was none");
            return cap;
        }
        if (Math.abs(cap - now) * 10_000 < now * rule.capDeadBand().raw() || cap == now) {
            return now;
        }
        long most = Math.min(
                CollateralParameters.LARGEST_CAP,
                now + now * rule.mostCapRaise().raw() / 10_000);
        long least = Math.max(1, now - now * rule.mostCapCut().raw() / 10_000);
        long allowed = Math.clamp(cap, least, most);
        if (allowed != cap) {
            reasons.add(name + " moved only to " + allowed + ", not " + cap + " tokens: by at most "
                    + (cap > now ? rule.mostCapRaise() : rule.mostCapCut()) + " of it a proposal");
        }
        return allowed;
    }

    private static boolean isWithin(Bps deadBand, CollateralParameters current, CollateralParameters recommended) {
        int narrow = Math.max(1, deadBand.raw());
        return Math.abs(recommended.liquidationThreshold().raw()
                                - current.liquidationThreshold().raw())
                        < narrow
                && Math.abs(recommended.ltv().raw() - current.ltv().raw()) < narrow;
    }
}
