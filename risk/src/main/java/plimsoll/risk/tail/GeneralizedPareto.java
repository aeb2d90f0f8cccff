package plimsoll.risk.tail;

import java.util.Arrays;
import java.util.Optional;

/**
 * How bad is a loss that only one in a hundred exceeds? Peaks over threshold: excesses y = L − u > 0 over a threshold u
 * follow a generalised Pareto distribution G with shape ξ and scale β, fitted by maximum likelihood:
 *
 * <pre>
 * G(y) = 1 − (1 + ξy/β)^(−1/ξ),   l(ξ, β) = −k ln β − (1 + 1/ξ) Σ ln(1 + ξy/β)                       (1)
 * VaR_α = u + β/ξ · ( (n/k · (1 − α))^(−ξ) − 1 )                                                     (2)
 * ES_α  = ( VaR_α + β − ξu ) / (1 − ξ),   ξ < 1                                                      (3)
 * </pre>
 *
 * n losses of which k exceed u; ξ = 0 is the exponential.
 * Standard errors come from the observed information. Losses are positive numbers in any unit.
 *
 * <p>Source: docs/models/generalized-pareto.md, equations 1 to 3; McNeil, Frey and Embrechts, Quantitative Risk
 * Management (2005), section 7.2.
 */
public final class GeneralizedPareto {

    /** Fewer excesses tell nothing about a tail. */
    public static final int FEWEST_EXCESSES = 10;

    private static final int MOST_STEPS = 100;
    /** Newton decrement: the squared distance to the maximum in standard errors. */
    private static final double DECREMENT_TOLERANCE = 1e-20;

    private GeneralizedPareto() {}

    /** Fits the losses strictly above the threshold. */
    public static TailFit fit(double[] losses, double threshold) {
        var excesses = excesses(losses, threshold);
        if (excesses.length < FEWEST_EXCESSES) {
            throw new IllegalArgumentException("too few losses above the threshold: found=%d needed=%d threshold=%s"
                    .formatted(excesses.length, FEWEST_EXCESSES, threshold));
        }
        var mean = 0.0;
        for (var excess : excesses) {
            mean += excess / excesses.length;
        }
        var search = new Search(excesses, mean);
        var converged = search.run();
        return new TailFit(
                losses.length,
                threshold,
                excesses.length,
                search.xi,
                search.beta * mean,
                search.standardErrors(mean),
                search.logLikelihood - excesses.length * StrictMath.log(mean),
                converged);
    }

    /** l(ξ, β) of excesses; negative infinity where one lies beyond the distribution's end. */
    static double logLikelihood(double[] excesses, double xi, double beta) {
        var sum = 0.0;
        for (var excess : excesses) {
            var x = excess / beta;
            if (!(1 + xi * x > 0)) {
                return Double.NEGATIVE_INFINITY;
            }
            sum += xi == 0 ? x : StrictMath.log1p(xi * x);
        }
        return -excesses.length * StrictMath.log(beta) - (xi == 0 ? 1 : 1 + 1 / xi) * sum;
    }

    static double[] excesses(double[] losses, double threshold) {
        var excesses = new double[losses.length];
        var k = 0;
        for (var loss : losses) {
            if (loss > threshold) {
                excesses[k++] = loss - threshold;
            }
        }
        return Arrays.copyOf(excesses, k);
    }

    /** Newton's method in (ξ, β) on excesses divided by their mean, halving steps that do not raise the likelihood. */
    private static final class Search {

        private static final double SERIES_BELOW = 0.01;
        /** 0.01 to this power is below the last bit. */
        private static final int SERIES_TERMS = 9;

        private final double[] y;
        private double xi;
        private double beta;
        private double logLikelihood;
        private double byXi;
        private double byBeta;
        private double byXiXi;
        private double byXiBeta;
        private double byBetaBeta;

        Search(double[] excesses, double mean) {
            y = new double[excesses.length];
            var squares = 0.0;
            for (var i = 0; i < y.length; i++) {
                y[i] = excesses[i] / mean;
                squares += (y[i] - 1) * (y[i] - 1);
            }
            // Moments: ξ = ½(1 − m²/s²), β = ½m(1 + m²/s²), kept where the likelihood is finite.
            var ratio = y.length / squares;
            xi = Math.max(-0.2, Math.min(0.6, (1 - ratio) / 2));
            beta = Math.max(0.4, (1 + Math.min(ratio, 1.4)) / 2);
            while (!Double.isFinite(value(xi, beta))) {
                xi = xi < 0 ? xi / 2 : xi;
                beta *= 1.1;
            }
        }

        boolean run() {
            logLikelihood = value(xi, beta);
            for (var step = 0; step < MOST_STEPS; step++) {
                differentiate();
                var determinant = byXiXi * byBetaBeta - byXiBeta * byXiBeta;
                double moveXi;
                double moveBeta;
                if (byXiXi < 0 && determinant > 0) {
                    moveXi = -(byBetaBeta * byXi - byXiBeta * byBeta) / determinant;
                    moveBeta = -(byXiXi * byBeta - byXiBeta * byXi) / determinant;
                } else {
                    // Not concave here: climb along the gradient until it is.
                    var size = 0.1 / Math.sqrt(byXi * byXi + byBeta * byBeta);
                    moveXi = size * byXi;
                    moveBeta = size * byBeta;
                }
                var decrement = moveXi * byXi + moveBeta * byBeta;
                if (!advance(moveXi, moveBeta, decrement)) {
                    return decrement < Math.sqrt(DECREMENT_TOLERANCE);
                }
                if (decrement < DECREMENT_TOLERANCE) {
                    differentiate();
                    return true;
                }
            }
            return false;
        }

        private boolean advance(double moveXi, double moveBeta, double decrement) {
            var noise = 1e-14 * (y.length + Math.abs(logLikelihood));
            for (var share = 1.0; share > 1e-9; share /= 2) {
                var nextXi = xi + share * moveXi;
                var nextBeta = beta + share * moveBeta;
                // ξ ≤ −½ has no regular maximum: the likelihood grows without bound towards the largest excess.
                if (nextXi <= -0.5 || nextBeta <= 0) {
                    continue;
                }
                var next = value(nextXi, nextBeta);
                if (next > logLikelihood || (decrement < noise && next > logLikelihood - noise)) {
                    xi = nextXi;
                    beta = nextBeta;
                    logLikelihood = next;
                    return true;
                }
            }
            return false;
        }

        private double value(double xi, double beta) {
            return logLikelihood(y, xi, beta);
        }

        /**
         * With x = y/β, a = ξx, s = x/(1 + a) and A(a) = (ln(1 + a) − a/(1 + a))/a²:
         * l_ξ = Σ[ x²A − s ],  l_β = Σ[ (1 + ξ)s − 1 ]/β,  l_ξξ = Σ[ x³A′ + s² ],
         * l_ξβ = Σ[ s − (1 + ξ)s² ]/β,  l_ββ = Σ[ 1 − 2(1 + ξ)s + ξ(1 + ξ)s² ]/β².
         */
        private void differentiate() {
            byXi = 0;
            byBeta = 0;
            byXiXi = 0;
            byXiBeta = 0;
            byBetaBeta = 0;
            for (var excess : y) {
                var x = excess / beta;
                var a = xi * x;
                var s = x / (1 + a);
                if (Math.abs(a) > SERIES_BELOW) {
                    var share = a / (1 + a);
                    var log = StrictMath.log1p(a);
                    byXi += (log - share) / (xi * xi) - s;
                    byXiXi += (2 * share + share * share - 2 * log) / (xi * xi * xi) + s * s;
                } else {
                    byXi += x * x * curve(a) - s;
                    byXiXi += x * x * x * curveSlope(a) + s * s;
                }
                byBeta += ((1 + xi) * s - 1) / beta;
                byXiBeta += (s - (1 + xi) * s * s) / beta;
                byBetaBeta += (1 - 2 * (1 + xi) * s + xi * (1 + xi) * s * s) / (beta * beta);
            }
        }

        /** A(a) = (ln(1 + a) − a/(1 + a))/a² = ½ − ⅔a + ¾a² − …, for small a, where the quotient would cancel. */
        private static double curve(double a) {
            var sum = 0.0;
            for (var k = SERIES_TERMS; k >= 0; k--) {
                sum = (k + 1.0) / (k + 2) - a * sum;
            }
            return sum;
        }

        /** A′(a) = −⅔ + 3a/2 − 12a²/5 + …, for small a */
        private static double curveSlope(double a) {
            var sum = 0.0;
            for (var k = SERIES_TERMS; k >= 1; k--) {
                sum = k * (k + 1.0) / (k + 2) - a * sum;
            }
            return -sum;
        }

        private Optional<TailFit.StandardErrors> standardErrors(double mean) {
            var determinant = byXiXi * byBetaBeta - byXiBeta * byXiBeta;
            if (!(byXiXi < 0 && determinant > 0)) {
                return Optional.empty();
            }
            return Optional.of(new TailFit.StandardErrors(
                    Math.sqrt(-byBetaBeta / determinant),
                    mean * Math.sqrt(-byXiXi / determinant),
                    mean * byXiBeta / determinant));
        }
    }
}
