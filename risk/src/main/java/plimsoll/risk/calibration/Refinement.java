package plimsoll.risk.calibration;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * Which thresholds lend the most while a simulated stress of the whole book stays within bounds?
 *
 * <pre>
 * max Σ V_i · LTV_i   subject to   ES99(bad debt) + z · se ≤ K,  LaR ≤ R,  forced ≤ L,  LTV_i = k_i · LT_i      (1)
 * </pre>
 *
 * First all thresholds move together, by halving between their bounds, to the highest vector within limits; then single
 * ones move against each other, each ranked by the borrowing power that it adds for the tail loss that it adds. What a
 * threshold adds is learned from the simulations themselves; after a move that was too far the next is shorter. Every
 * simulation is a step of the answer. Deterministic: it knows no chance of its own.
 *
 * <p>Source: docs/models/collateral-refinement.md, equations 1 to 3.
 */
public final class Refinement {

    /** Share of the simulations that go into moving all thresholds together, where there are several. */
    private static final int JOINT_PART = 2;

    /** Where several thresholds are to be moved against each other, moving them together need not be exact. */
    private static final int COARSE = 16;

    /** First moves of single thresholds reach this part of the widest bounds; later ones more or less far. */
    private static final double FIRST_PART = 8;

    private static final double GROW = 1.5;
    private static final double SHRINK = 0.7;

    private final RefinementStart start;
    private final Evaluator evaluator;
    private final RefinementLimits limits;
    private final List<Step> steps = new ArrayList<>();
    private Optional<Step> best = Optional.empty();

    private Refinement(RefinementStart start, Evaluator evaluator, RefinementLimits limits) {
        this.start = start;
        this.evaluator = evaluator;
        this.limits = limits;
    }

    /** Simulates one vector; the same vector always gives the same evaluation. */
    @FunctionalInterface
    public interface Evaluator {
        Evaluation evaluate(Candidate candidate);
    }

    /** Thresholds and LTVs, in the order of the start. */
    public record Candidate(List<Double> thresholds, List<Double> ltvs) {
        public Candidate {
            thresholds = List.copyOf(thresholds);
            ltvs = List.copyOf(ltvs);
        }
    }

    /** One simulation: what was tried, what came out and what that means. */
    public record Step(
            String move, Candidate candidate, Evaluation evaluation, boolean isWithinLimits, String verdict) {}

    /** Where a search ended. */
    public sealed interface Answer {
        Step chosen();

        List<Step> steps();

        /** The vector that lends most of all that were found within the limits. */
        record Found(Step chosen, List<Step> steps) implements Answer {
            public Found {
                steps = List.copyOf(steps);
            }
        }

        /** No vector within the bounds keeps all limits; the chosen one keeps the limit on forced ones and risks least. */
        record OutOfReach(Step chosen, List<Step> steps) implements Answer {
            public OutOfReach {
                steps = List.copyOf(steps);
            }
        }
    }

    public static Answer search(RefinementStart start, Evaluator evaluator, RefinementLimits limits) {
        return new Refinement(start, evaluator, limits).search();
    }

    private Answer search() {
        joint();
        if (best.isPresent()
                && start.size() > 1
                && !best.get().candidate().thresholds().equals(start.highest())) {
            exchange(best.get());
        }
        return best.<Answer>map(found -> new Answer.Found(found, steps))
                .orElseGet(() -> new Answer.OutOfReach(leastBad(), steps));
    }

    /** Halves between the bounds; too much risk asks for lower thresholds, too many forced liquidations for higher ones. */
    private void joint() {
        var most = start.size() == 1 ? limits.evaluations() : Math.max(1, limits.evaluations() / JOINT_PART);
        var low = -1.0;
        var high = 1.0;
        var at = 0.0;
        while (steps.size() < most) {
            var found = simulate(jointMove(at), start.along(at));
            var raise = limits.forcesTooMuch(found.evaluation()) || !limits.isTooRisky(found.evaluation());
            if (raise ? at >= 1 : at <= -1) {
                return;
            }
            if (raise) {
                low = at;
            } else {
                high = at;
            }
            if (start.farthestMove(low, high) < (start.size() == 1 ? 1 : COARSE) * limits.smallestMove()) {
                return;
            }
            // The far ends are tried once before the first halving: often one of them is the answer.
            if (steps.size() == 1) {
                at = raise ? 1 : -1;
            } else {
                at = low + (high - low) / 2;
            }
        }
    }

    private static String jointMove(double at) {
        if (at == 0) {
            return "start";
        }
        return "all thresholds %s of the way to their %s bounds"
                .formatted(Words.percent(Math.abs(at)), at > 0 ? "upper" : "lower");
    }

    /** Moves single thresholds within a radius, the most borrowing power for the least tail loss first. */
    private void exchange(Step from) {
        var slopes = new RefinementSlopes(start, limits, steps);
        probe(from, slopes);
        var now = best.orElse(from);
        var radius = start.widest() / FIRST_PART;
        while (steps.size() < limits.evaluations() && radius >= limits.smallestMove()) {
            var at = array(now.candidate().thresholds());
            var wanted = slopes.bestMove(at, 1 - limits.riskUsed(now.evaluation()), radius);
            if (distance(at, wanted) < limits.smallestMove()) {
                return;
            }
            var found = simulate(describe(at, wanted), wanted);
            slopes.learn(now, found);
            if (best.isPresent() && best.get().equals(found)) {
                now = found;
                radius *= GROW;
            } else {
                radius *= SHRINK;
            }
        }
    }

    /** Raises each threshold by itself where the simulations suffice for that and nobody has told their parts. */
    private void probe(Step from, RefinementSlopes slopes) {
        if (slopes.areKnown() || start.size() > (limits.evaluations() - steps.size()) / 2) {
            return;
        }
        for (var i = 0; i < start.size(); i++) {
            var base = best.orElse(from);
            var raised = array(base.candidate().thresholds());
            var room = start.highest().get(i) - raised[i];
            var move = room >= limits.smallestMove()
                    ? Math.min(room, start.widest() / FIRST_PART)
                    : -start.widest() / FIRST_PART;
            raised[i] = Math.max(start.lowest().get(i), raised[i] + move);
            if (raised[i] != base.candidate().thresholds().get(i)) {
                slopes.learn(base, simulate(describe(array(base.candidate().thresholds()), raised), raised));
            }
        }
    }

    private Step simulate(String move, double[] thresholds) {
        var candidate = start.candidate(thresholds);
        var evaluation = evaluator.evaluate(candidate);
        var step = new Step(move, candidate, evaluation, limits.holds(evaluation), limits.verdict(evaluation));
        steps.add(step);
        if (step.isWithinLimits()
                && best.map(known -> known.evaluation().borrowingPower() < evaluation.borrowingPower())
                        .orElse(true)) {
            best = Optional.of(step);
        }
        return step;
    }

    /** Forced liquidations are certain and a tail is not: the first limit to keep is theirs. */
    private Step leastBad() {
        var chosen = steps.getFirst();
        for (var step : steps) {
            var forces = limits.forcesTooMuch(step.evaluation());
            var better = forces == limits.forcesTooMuch(chosen.evaluation())
                    ? limits.riskUsed(step.evaluation()) < limits.riskUsed(chosen.evaluation())
                    : !forces;
            if (better) {
                chosen = step;
            }
        }
        return chosen;
    }

    private String describe(double[] from, double[] to) {
        var moves = new ArrayList<String>();
        for (var i = 0; i < to.length; i++) {
            if (Math.abs(to[i] - from[i]) >= 0.000_05) {
                moves.add(start.names().get(i) + " " + (to[i] > from[i] ? "+" : "") + Words.percent(to[i] - from[i]));
            }
        }
        return "thresholds " + String.join(", ", moves);
    }

    private static double distance(double[] from, double[] to) {
        var most = 0.0;
        for (var i = 0; i < to.length; i++) {
            most = Math.max(most, Math.abs(to[i] - from[i]));
        }
        return most;
    }

    static double[] array(List<Double> values) {
        var array = new double[values.size()];
        Arrays.setAll(array, values::get);
        return array;
    }
}
