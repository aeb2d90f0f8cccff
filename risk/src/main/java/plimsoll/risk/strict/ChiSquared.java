package plimsoll.risk.strict;

/**
 * The χ² distribution with ν degrees of freedom, ν any positive number, by the incomplete gamma functions with a = ν/2, at x/2.
 * Relative accuracy about 1e-12. Sources: DLMF 8.7.1 (series) and 8.9.2 (continued fraction).
 */
public final class ChiSquared {

    private static final int MOST_TERMS = 10_000;
    private static final double SMALLEST = 1e-300;

    private ChiSquared() {}

    /** P(X ≤ x). */
    public static double probability(double x, double nu) {
        return x <= 0 ? 0 : x < nu + 2 ? lower(x / 2, nu / 2) : 1 - upper(x / 2, nu / 2);
    }

    /** P(X > x). */
    public static double survival(double x, double nu) {
        return x <= 0 ? 1 : x < nu + 2 ? 1 - lower(x / 2, nu / 2) : upper(x / 2, nu / 2);
    }

    /** The x with P(X ≤ x) = p: halving ln x inside a bracket, on the smaller of the two tails. */
    public static double quantile(double p, double nu) {
        if (!(p > 0 && p < 1) || !(nu > 0)) {
            throw new IllegalArgumentException("no such quantile: p=%s nu=%s".formatted(p, nu));
        }
        // P(X ≤ x) ≤ (x/2)^a/Γ(a + 1), so that the quantile lies above the x for which that is p.
        var a = nu / 2;
        var low = Math.min(nu, 2 * StrictMath.exp((StrictMath.log(p) + SpecialFunctions.logGamma(a + 1)) / a));
        var high = nu + 2;
        while (survival(high, nu) > 1 - p) {
            high *= 2;
        }
        while (high - low > 1e-13 * high) {
            var middle = high > 2 * low ? Math.sqrt(low * high) : (low + high) / 2;
            if (p < 0.5 ? probability(middle, nu) < p : survival(middle, nu) > 1 - p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return (low + high) / 2;
    }

    /** x^a·e^(−x)/Γ(a), the factor of both. */
    private static double front(double x, double a) {
        return StrictMath.exp(a * StrictMath.log(x) - x - SpecialFunctions.logGamma(a));
    }

    private static double lower(double x, double a) {
        var term = 1 / a;
        var sum = term;
        for (var k = 1; k < MOST_TERMS && term > sum * 1e-17; k++) {
            term *= x / (a + k);
            sum += term;
        }
        return front(x, a) * sum;
    }

    private static double upper(double x, double a) {
        var b = x + 1 - a;
        var c = 1 / SMALLEST;
        var d = 1 / b;
        var fraction = d;
        for (var k = 1; k < MOST_TERMS; k++) {
            var term = -k * (k - a);
            b += 2;
            d = 1 / nonZero(b + term * d);
            c = nonZero(b + term / c);
            fraction *= d * c;
            if (Math.abs(d * c - 1) < 1e-16) {
                break;
            }
        }
        return front(x, a) * fraction;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < SMALLEST ? SMALLEST : value;
    }
}
