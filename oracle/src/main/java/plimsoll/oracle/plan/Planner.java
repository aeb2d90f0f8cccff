package plimsoll.oracle.plan;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import plimsoll.oracle.parameter.AaveCollateralRule;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/**
 * Turns a target vector into the shortest legal sequence of steps for Aave v3.
 *
 * <p>All reserves move together: where a step would force too many liquidations, every cut of a threshold in it is held
 * back by the same share, never one element alone. Element-wise clipping is how a real update of March 2026 made
 * healthy positions liquidatable.
 */
public final class Planner {

    /** How finely a step that forces too many liquidations is divided; the share of it that is taken is a multiple. */
    private static final int SHARES = 1 << 10;

    private static final Bps NO_FLOOR = Bps.ZERO;

    private final StepLimits limits;
    private final ForcedLiquidations impact;

    public Planner(StepLimits limits, ForcedLiquidations impact) {
        this.limits = limits;
        this.impact = impact;
    }

    /** Reserves that {@code target} does not name stay as they are; each that it names must be live. */
    public Plan plan(Map<Address, CollateralParameters> live, Map<Address, CollateralParameters> target) {
        Optional<String> wrong = firstIllegal(live, target);
        if (wrong.isPresent()) {
            return new Plan.Unreachable(List.of(), wrong.get());
        }
        SortedMap<Address, CollateralParameters> now = new TreeMap<>(live);
        SortedMap<Address, CollateralParameters> end = new TreeMap<>(live);
        end.putAll(target);
        List<Step> steps = new ArrayList<>();
        while (!now.equals(end)) {
            SortedMap<Address, CollateralParameters> next = farthest(now, end);
            if (next.equals(now)) {
                return new Plan.Unreachable(steps, whyStuck(now, end));
            }
            Duration notBefore = limits.delay().multipliedBy(steps.size());
            steps.add(step(notBefore, now, next));
            if (!steps.getLast().isAcceptable()) {
                Step refused = steps.removeLast();
                return new Plan.Unreachable(steps, "A step breaks a condition: " + firstBroken(refused));
            }
            now = next;
        }
        return new Plan.Reachable(steps);
    }

    private static Optional<String> firstIllegal(
            Map<Address, CollateralParameters> live, Map<Address, CollateralParameters> target) {
        for (Map.Entry<Address, CollateralParameters> entry : new TreeMap<>(target).entrySet()) {
            CollateralParameters from = live.get(entry.getKey());
            if (from == null) {
                throw new IllegalArgumentException("Target names a reserve that is not live: " + entry.getKey());
            }
            ParameterChange change = new ParameterChange(entry.getKey(), from, entry.getValue());
            if (removesACap(change)) {
                return Optional.of("Removing a cap is for people: reserve=" + entry.getKey());
            }
            if (!change.movesCollateral()) {
                continue;
            }
            if (!from.isCollateral()) {
                return Optional.of("Listing a reserve as collateral is for people: reserve=" + entry.getKey());
            }
            List<String> violations = AaveCollateralRule.violations(entry.getValue());
            if (!violations.isEmpty()) {
                return Optional.of("Target is not legal: reserve=" + entry.getKey() + ": " + violations.getFirst());
            }
        }
        return Optional.empty();
    }

    /** A cap of zero is no cap. */
    private static boolean removesACap(ParameterChange change) {
        return (change.movesSupplyCap() && change.to().supplyCap() == 0)
                || (change.movesBorrowCap() && change.to().borrowCap() == 0);
    }

    private SortedMap<Address, CollateralParameters> farthest(
            SortedMap<Address, CollateralParameters> now, SortedMap<Address, CollateralParameters> end) {
        SortedMap<Address, CollateralParameters> whole = moved(now, end, SHARES);
        if (impact.between(now, whole) <= limits.mostForcedLiquidations()) {
            return whole;
        }
        // The count only grows with the cuts, so that the largest bearable share is found by halving.
        int bearable = 0;
        int tooMuch = SHARES;
        while (tooMuch - bearable > 1) {
            int middle = (bearable + tooMuch) / 2;
            if (impact.between(now, moved(now, end, middle)) <= limits.mostForcedLiquidations()) {
                bearable = middle;
            } else {
                tooMuch = middle;
            }
        }
        return moved(now, end, bearable);
    }

    private SortedMap<Address, CollateralParameters> moved(
            SortedMap<Address, CollateralParameters> now, SortedMap<Address, CollateralParameters> end, int share) {
        SortedMap<Address, CollateralParameters> next = new TreeMap<>();
        now.forEach((reserve, from) -> {
            CollateralParameters target = end.getOrDefault(reserve, from);
            next.put(reserve, from.equals(target) ? from : move(from, target, share));
        });
        return next;
    }

    private CollateralParameters move(CollateralParameters from, CollateralParameters target, int share) {
        CollateralParameters whole = StepVector.towards(target, from, limits, NO_FLOOR);
        int cut =
                from.liquidationThreshold().raw() - whole.liquidationThreshold().raw();
        if (cut <= 0) {
            return whole;
        }
        int allowedCut = (int) ((long) cut * share / SHARES);
        return StepVector.towards(
                target, from, limits, Bps.ofRaw(from.liquidationThreshold().raw() - allowedCut));
    }

    private Step step(
            Duration notBefore,
            SortedMap<Address, CollateralParameters> before,
            SortedMap<Address, CollateralParameters> after) {
        List<ParameterChange> changes = new ArrayList<>();
        before.forEach((reserve, from) -> {
            CollateralParameters to = after.getOrDefault(reserve, from);
            if (!to.equals(from)) {
                changes.add(new ParameterChange(reserve, from, to));
            }
        });
        int forced = impact.between(before, after);
        return new Step(notBefore, changes, forced, StepCheck.of(changes, forced, limits));
    }

    private static String firstBroken(Step step) {
        PostCondition broken = step.postConditions().stream()
                .filter(condition -> !condition.holds())
                .findFirst()
                .orElseThrow();
        return broken.claim() + ": found=" + broken.found() + " allowed=" + broken.allowed();
    }

    private String whyStuck(
            SortedMap<Address, CollateralParameters> now, SortedMap<Address, CollateralParameters> end) {
        int forced = impact.between(now, moved(now, end, SHARES));
        return forced > limits.mostForcedLiquidations()
                ? "Every further cut forces too many liquidations: found=" + forced + " allowed="
                        + limits.mostForcedLiquidations()
                : "No legal step leads on";
    }
}
