package plimsoll.risk.calibration;

import java.util.List;
import plimsoll.risk.calibration.Refinement.Step;

/**
 * What one more unit of each threshold adds in borrowing power and in risk, as far as the simulations have shown.
 *
 * <pre>
 * s ← s + (Δy − s·Δx) · Δx / |Δx|²                                                          (2)
 * δ_i = radius · clamp( ln(P_i / E_i) − ln λ, −1, 1 ),   λ the smallest with Σ E_i·δ_i ≤ 1 − risk used   (3)
 * </pre>
 *
 * s: slopes of a result y over the thresholds x, P of borrowing power and E of risk used; δ: the next move; λ: the price
 * of risk, at which an asset stays where it is. What adds no risk is raised as far as the radius allows.
 *
 * <p>Source: docs/models/collateral-refinement.md, equations 2 and 3.
 */
final class RefinementSlopes {

    /** Beyond this the price of risk has no more digits. */
    private static final int HALVINGS = 60;

    private final RefinementStart start;
    private final RefinementLimits limits;
    private final double[] power;
    private final double[] risk;
    private boolean known;

    /** Learns from the simulations so far, which have moved all thresholds together. */
    RefinementSlopes(RefinementStart start, RefinementLimits limits, List<Step> steps) {
        this.start = start;
        this.limits = limits;
        power = new double[start.size()];
        risk = new double[start.size()];
        useParts(steps.getLast());
        for (var i = 1; i < steps.size(); i++) {
            learn(steps.get(i - 1), steps.get(i));
        }
    }

    /** Whether the simulation itself has told each asset's part. */
    boolean areKnown() {
        return known;
    }

    /** Borrowing power is linear in each LTV; a part of the tail loss is taken to grow in proportion to its threshold. */
    private void useParts(Step step) {
        var powers = step.evaluation().borrowingPowerByAsset();
        var losses = step.evaluation().badDebtByAsset();
        if (powers.size() != start.size() || losses.size() != start.size()) {
            return;
        }
        for (var i = 0; i < power.length; i++) {
            var threshold = Math.max(step.candidate().thresholds().get(i), Double.MIN_NORMAL);
            power[i] = powers.get(i) / threshold;
            risk[i] = limits.badDebt() == 0 ? 0 : losses.get(i) / threshold / limits.badDebt();
        }
        known = true;
    }

    /** Equation 2 for both results. */
    void learn(Step from, Step to) {
        var size = power.length;
        var move = new double[size];
        var length = 0.0;
        for (var i = 0; i < size; i++) {
            move[i] = to.candidate().thresholds().get(i)
                    - from.candidate().thresholds().get(i);
            length += move[i] * move[i];
        }
        if (length > 0) {
            correct(
                    power,
                    move,
                    length,
                    to.evaluation().borrowingPower() - from.evaluation().borrowingPower());
            correct(risk, move, length, limits.riskUsed(to.evaluation()) - limits.riskUsed(from.evaluation()));
        }
    }

    private static void correct(double[] slopes, double[] move, double length, double found) {
        var expected = 0.0;
        for (var i = 0; i < move.length; i++) {
            expected += slopes[i] * move[i];
        }
        for (var i = 0; i < move.length; i++) {
            slopes[i] += (found - expected) * move[i] / length;
        }
    }

    /** Equation 3, with the price of risk found by halving. */
    double[] bestMove(double[] at, double riskLeft, double radius) {
        var cheap = Double.MAX_VALUE;
        var dear = -Double.MAX_VALUE;
        for (var i = 0; i < at.length; i++) {
            if (power[i] > 0 && risk[i] > 0) {
                var worth = StrictMath.log(power[i] / risk[i]);
                cheap = Math.min(cheap, worth - 1);
                dear = Math.max(dear, worth + 1);
            }
        }
        if (cheap > dear || riskOf(at, move(at, cheap, radius)) <= riskLeft) {
            return move(at, cheap, radius);
        }
        for (var halving = 0; halving < HALVINGS; halving++) {
            var middle = cheap + (dear - cheap) / 2;
            if (riskOf(at, move(at, middle, radius)) <= riskLeft) {
                dear = middle;
            } else {
                cheap = middle;
            }
        }
        return move(at, dear, radius);
    }

    private double[] move(double[] at, double logPrice, double radius) {
        var to = new double[at.length];
        for (var i = 0; i < at.length; i++) {
            var wish = 0.0;
            if (power[i] > 0) {
                wish = risk[i] <= 0 ? 1 : Math.clamp(StrictMath.log(power[i] / risk[i]) - logPrice, -1, 1);
            }
            to[i] = Math.clamp(
                    at[i] + radius * wish,
                    start.lowest().get(i),
                    start.highest().get(i));
        }
        return to;
    }

    private double riskOf(double[] from, double[] to) {
        var sum = 0.0;
        for (var i = 0; i < to.length; i++) {
            sum += (to[i] - from[i]) * Math.max(0, risk[i]);
        }
        return sum;
    }
}
