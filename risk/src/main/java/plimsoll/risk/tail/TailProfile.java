package plimsoll.risk.tail;

import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import plimsoll.risk.tail.LossSample.Interval;

/**
 * How sure are we of a tail's value at risk? 95 % intervals by profile likelihood: all q for which some tail with that q is
 * not much less likely than the best,
 *
 * <pre>
 * { q : max_ξ l(ξ, β(ξ, q)) ≥ l(ξ̂, β̂) − ½·χ²₁(95 %) }                                                     (4)
 * VaR_α = q  ⇔  β = (q − u)·ξ/(s^(−ξ) − 1),   s = (1 − α)·n/k
 * ES_α  = q  ⇔  β = (q − u)·(1 − ξ)/( (s^(−ξ) − 1)/ξ + 1 )
 * </pre>
 *
 * with the share k/n above the threshold as found. Unlike estimate ± two standard errors they reach further up than down, as
 * tails do. The upper end of an expected shortfall is infinite where a tail with ξ near 1 cannot be excluded.
 * Source: docs/models/generalized-pareto.md, equation 4.
 */
public final class TailProfile {

    /** χ²₁ at 95 % is 3.841459; half of it. */
    private static final double DROP = 1.9207294103470616;

    private static final double LOWEST_XI = -0.5;
    private static final double HIGHEST_XI = 3;
    /** Just short of 1, where the mean ends. */
    private static final double HIGHEST_XI_WITH_MEAN = 0.9999;
    /** Scales from a twentieth of the estimate to twenty times it, as logarithms. */
    private static final double LOG_SCALES = 3;

    /** Where to look down from for a lower end, in distances of the value at risk, where the estimate is infinite. */
    private static final double FAR = 1000;

    private static final double GOLDEN = 0.6180339887498949;
    private static final int GOLDEN_STEPS = 34;
    private static final int COARSE_STEPS = 35;
    private static final int MOST_STEPS = 60;
    /** Of an interval's end, relative to its distance from the threshold. */
    private static final double PRECISION = 1e-10;
    /** What a likelihood of zero counts as, for false position. */
    private static final double DEEPEST = -100;

    private final double[] excesses;
    private final TailFit fit;

    private TailProfile(double[] excesses, TailFit fit) {
        this.excesses = excesses;
        this.fit = fit;
    }

    /**
     * The profile of a fit.
     *
     * @param losses those that the tail was fitted to
     */
    public static TailProfile of(double[] losses, TailFit fit) {
        var excesses = GeneralizedPareto.excesses(losses, fit.threshold());
        if (excesses.length != fit.exceedances() || losses.length != fit.observations()) {
            throw new IllegalArgumentException("losses are not those of the fit: found=%d of %d, fitted=%d of %d"
                    .formatted(excesses.length, losses.length, fit.exceedances(), fit.observations()));
        }
        return new TailProfile(excesses, fit);
    }

    public Interval valueAtRisk(double level) {
        var log = -StrictMath.log(fit.share(level));
        if (!(log > 0)) {
            // At the threshold itself: the share above it is taken as known.
            return new Interval(fit.threshold(), fit.threshold());
        }
        return interval(fit.valueAtRisk(level), (distance, xi) -> distance / unitQuantile(xi, log), HIGHEST_XI);
    }

    public Interval expectedShortfall(double level) {
        var log = -StrictMath.log(fit.share(level));
        var estimate = fit.expectedShortfall(level);
        // With ever larger shortfalls ξ goes to 1: what is likely there decides whether there is an end.
        var endless = highest(
                        x -> GeneralizedPareto.logLikelihood(excesses, 1, fit.beta() * StrictMath.exp(x)),
                        -LOG_SCALES,
                        LOG_SCALES)
                >= least();
        DoubleBinaryOperator beta = (distance, xi) -> distance * (1 - xi) / (unitQuantile(xi, log) + 1);
        if (!endless) {
            return Double.isInfinite(estimate)
                    ? new Interval(estimate, estimate)
                    : interval(estimate, beta, HIGHEST_XI_WITH_MEAN);
        }
        var inside = Double.isInfinite(estimate)
                ? fit.threshold() + FAR * (fit.valueAtRisk(level) - fit.threshold() + fit.beta())
                : estimate;
        return new Interval(low(inside, beta, HIGHEST_XI_WITH_MEAN), Double.POSITIVE_INFINITY);
    }

    /** (s^(−ξ) − 1)/ξ, and −ln s at ξ = 0. */
    private static double unitQuantile(double xi, double log) {
        return xi == 0 ? log : StrictMath.expm1(xi * log) / xi;
    }

    private double least() {
        return fit.logLikelihood() - DROP;
    }

    private Interval interval(double estimate, DoubleBinaryOperator beta, double highestXi) {
        var reach = estimate - fit.threshold();
        var outside = reach;
        while (profile(outside, beta, highestXi) >= least()) {
            outside *= 2;
        }
        return new Interval(low(estimate, beta, highestXi), fit.threshold() + edge(outside, reach, beta, highestXi));
    }

    private double low(double estimate, DoubleBinaryOperator beta, double highestXi) {
        var reach = estimate - fit.threshold();
        var outside = reach;
        while (profile(outside, beta, highestXi) >= least()) {
            outside /= 2;
        }
        return fit.threshold() + edge(outside, reach, beta, highestXi);
    }

    /** @param beta the scale that gives this distance beyond the threshold at this ξ */
    private double profile(double distance, DoubleBinaryOperator beta, double highestXi) {
        return highest(
                xi -> GeneralizedPareto.logLikelihood(excesses, xi, beta.applyAsDouble(distance, xi)),
                LOWEST_XI,
                highestXi);
    }

    /** Where the profile crosses, between a point outside and one inside: false position, halving the end that stays (Illinois). */
    private double edge(double outside, double inside, DoubleBinaryOperator beta, double highestXi) {
        var least = least();
        var a = outside;
        var b = inside;
        var below = Math.max(DEEPEST, profile(a, beta, highestXi) - least);
        var above = profile(b, beta, highestXi) - least;
        for (var step = 0; step < MOST_STEPS && Math.abs(b - a) > PRECISION * b; step++) {
            var middle = (a * above - b * below) / (above - below);
            var value = Math.max(DEEPEST, profile(middle, beta, highestXi) - least);
            if (value >= 0) {
                b = middle;
                above = value;
                below /= 2;
            } else {
                a = middle;
                below = value;
                above /= 2;
            }
            if (value == 0) {
                break;
            }
        }
        return b;
    }

    /** The highest value of a function with one peak: a coarse look for where it is finite, then golden section. */
    private static double highest(DoubleUnaryOperator likelihood, double from, double to) {
        var width = (to - from) / COARSE_STEPS;
        var best = 1;
        var bestValue = Double.NEGATIVE_INFINITY;
        for (var i = 1; i < COARSE_STEPS; i++) {
            var value = likelihood.applyAsDouble(from + i * width);
            if (value > bestValue) {
                bestValue = value;
                best = i;
            }
        }
        var low = from + (best - 1) * width;
        var high = from + (best + 1) * width;
        var left = high - GOLDEN * (high - low);
        var right = low + GOLDEN * (high - low);
        var atLeft = likelihood.applyAsDouble(left);
        var atRight = likelihood.applyAsDouble(right);
        for (var step = 0; step < GOLDEN_STEPS; step++) {
            if (atLeft > atRight) {
                high = right;
                right = left;
                atRight = atLeft;
                left = high - GOLDEN * (high - low);
                atLeft = likelihood.applyAsDouble(left);
            } else {
                low = left;
                left = right;
                atLeft = atRight;
                right = low + GOLDEN * (high - low);
                atRight = likelihood.applyAsDouble(right);
            }
        }
        return Math.max(bestValue, Math.max(atLeft, atRight));
    }
}
