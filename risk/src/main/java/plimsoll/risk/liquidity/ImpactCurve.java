package plimsoll.risk.liquidity;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/**
 * What does selling cost, and how much can be sold at a bearable cost? The average loss i(s) of a sale of size s
 * against the price of a small sale, from quotes (s_k, i_k):
 *
 * <pre>
 * i(s)  monotone least squares of the quotes, linear between its steps, i(0) = 0                      (1)
 * S < s ≤ 2S, S the largest quote:  i(s) = i(S) + m·(s − S),  m = max( i(S)/S, last slope ), at most 1  (2)
 * s > 2S:  i(s) = 1: nothing is known of such sales
 * D(i)  the largest s with i(s) ≤ i                                                                   (3)
 * power law  î(s) = c·s^k, square root k = ½, least squares; fit error √(Σ(i_k − î(s_k))²/n)          (4)
 * </pre>
 *
 * A loss beyond the largest quote grows at least in proportion, which is steeper than any power law with k ≤ 1.
 *
 * <p>Source: docs/models/price-impact.md, equations 1 to 4; Barlow and Brunk, Journal of the American Statistical
 * Association 67 (1972), 140-147 (monotone least squares by pooling).
 */
public final class ImpactCurve {

    /** How far quotes reach: this many times the largest. */
    public static final double REACH = 2;

    private final double[] sizes;
    private final double[] impacts;
    private final double slopeBeyond;
    private final double largestQuote;
    private final PowerLaw powerLaw;
    private final PowerLaw squareRoot;
    private final double fitError;

    private ImpactCurve(
            double[] sizes,
            double[] impacts,
            double largestQuote,
            PowerLaw powerLaw,
            PowerLaw squareRoot,
            double fitError) {
        this.sizes = sizes;
        this.impacts = impacts;
        this.largestQuote = largestQuote;
        this.powerLaw = powerLaw;
        this.squareRoot = squareRoot;
        this.fitError = fitError;
        var last = sizes.length - 1;
        var slope = last == 0 ? 0 : (impacts[last] - impacts[last - 1]) / (sizes[last] - sizes[last - 1]);
        slopeBeyond = Math.max(slope, impacts[last] / sizes[last]);
    }

    /**
     * Quotes in any order and number.
     *
     * @param sizes sold, in any unit, positive
     * @param impacts average losses as fractions; a gain, which noise between quotes makes, counts as none
     */
    public static ImpactCurve of(double[] sizes, double[] impacts) {
        if (sizes.length == 0 || sizes.length != impacts.length) {
            throw new IllegalArgumentException(
                    "quotes do not fit: sizes=%d impacts=%d".formatted(sizes.length, impacts.length));
        }
        var order = new Integer[sizes.length];
        for (var k = 0; k < order.length; k++) {
            order[k] = k;
            if (!(sizes[k] > 0) || Double.isInfinite(sizes[k]) || !(impacts[k] > -1 && impacts[k] <= 1)) {
                throw new IllegalArgumentException(
                        "quote cannot be: size=%s impact=%s".formatted(sizes[k], impacts[k]));
            }
        }
        Arrays.sort(order, (a, b) -> Double.compare(sizes[a], sizes[b]));
        var s = new double[order.length];
        var i = new double[order.length];
        for (var k = 0; k < order.length; k++) {
            s[k] = sizes[order[k]];
            i[k] = Math.max(0, impacts[order[k]]);
        }
        var pooled = MonotoneFit.of(s, i);
        return new ImpactCurve(
                pooled.sizes(),
                pooled.values(),
                s[s.length - 1],
                PowerLaw.fit(s, i),
                PowerLaw.fit(s, i, 0.5),
                pooled.error());
    }

    /**
     * The curve of a pool, from what it pays for each size: {@code points} sizes in equal ratios up to the largest.
     *
     * @param amountOut what a sale of a size fetches, in any other unit
     */
    public static ImpactCurve ofPool(DoubleUnaryOperator amountOut, double largest, int points) {
        var smallest = largest * 1e-6;
        var price = amountOut.applyAsDouble(smallest) / smallest;
        var sizes = new double[points];
        var impacts = new double[points];
        for (var k = 0; k < points; k++) {
            sizes[k] = largest * StrictMath.exp(StrictMath.log(1e-4) * (points - 1 - k) / Math.max(1, points - 1));
            impacts[k] = 1 - amountOut.applyAsDouble(sizes[k]) / sizes[k] / price;
        }
        return of(sizes, impacts);
    }

    /** i(s): the average loss of a sale, between 0 and 1. */
    public double impactOf(double size) {
        if (size <= 0) {
            return 0;
        }
        if (size > REACH * largestQuote) {
            return 1;
        }
        var last = sizes.length - 1;
        if (size > sizes[last]) {
            return Math.min(1, impacts[last] + slopeBeyond * (size - sizes[last]));
        }
        var k = Arrays.binarySearch(sizes, size);
        if (k >= 0) {
            return impacts[k];
        }
        k = -k - 1;
        var fromSize = k == 0 ? 0 : sizes[k - 1];
        var from = k == 0 ? 0 : impacts[k - 1];
        return from + (impacts[k] - from) * (size - fromSize) / (sizes[k] - fromSize);
    }

    /** D(i): the largest sale whose average loss stays within a bound; infinite from 1 on. */
    public double sizeWithin(double impact) {
        if (impact < 0) {
            return 0;
        }
        if (impact >= 1) {
            return Double.POSITIVE_INFINITY;
        }
        var fromSize = 0.0;
        var from = 0.0;
        for (var k = 0; k < sizes.length; k++) {
            if (impacts[k] > impact) {
                return fromSize + (sizes[k] - fromSize) * (impact - from) / (impacts[k] - from);
            }
            fromSize = sizes[k];
            from = impacts[k];
        }
        var reach = REACH * largestQuote;
        return slopeBeyond > 0 ? Math.min(reach, fromSize + (impact - from) / slopeBeyond) : reach;
    }

    /** The same market at a share of its depth: what sold for i(s) now costs i(s/share). */
    public ImpactCurve stressed(double share) {
        if (!(share > 0) || Double.isInfinite(share)) {
            throw new IllegalArgumentException("share of depth is not positive: found=" + share);
        }
        var scaled = sizes.clone();
        for (var k = 0; k < scaled.length; k++) {
            scaled[k] *= share;
        }
        return new ImpactCurve(
                scaled, impacts, largestQuote * share, powerLaw.stressed(share), squareRoot.stressed(share), fitError);
    }

    /** Whether a sale is larger than any quote, so that equation 2 answers and not the market. */
    public boolean isBeyondQuotes(double size) {
        return size > largestQuote;
    }

    public double largestQuote() {
        return largestQuote;
    }

    /** Root mean square distance of the quotes from equation 1. */
    public double fitError() {
        return fitError;
    }

    /** The best power law through the same quotes, with its own fit error. */
    public PowerLaw powerLaw() {
        return powerLaw;
    }

    /** The best square root, likewise: what the literature expects of an order book. */
    public PowerLaw squareRoot() {
        return squareRoot;
    }
}
