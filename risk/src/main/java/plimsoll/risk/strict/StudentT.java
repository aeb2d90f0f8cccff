package plimsoll.risk.strict;

/** Student's t distribution with ν degrees of freedom, not scaled: its variance is ν/(ν − 2). */
public final class StudentT {

    private static final int MOST_TERMS = 500;
    private static final double SMALLEST = 1e-300;

    private StudentT() {}

    /** ln f(x) = ln Γ((ν+1)/2) − ln Γ(ν/2) − ½ ln(πν) − ½(ν+1)·ln(1 + x²/ν). */
    public static double density(double x, double nu) {
        return StrictMath.exp(SpecialFunctions.logGamma((nu + 1) / 2)
                - SpecialFunctions.logGamma(nu / 2)
                - StrictMath.log(Math.PI * nu) / 2
                - (nu + 1) / 2 * StrictMath.log1p(x * x / nu));
    }

    /** P(T > x) for x ≥ 0: half the regularised incomplete beta I_w(ν/2, ½), w = ν/(ν + x²). */
    public static double survival(double x, double nu) {
        var w = nu / (nu + x * x);
        var a = nu / 2;
        var b = 0.5;
        var front = StrictMath.exp(a * StrictMath.log(w)
                + b * StrictMath.log1p(-w)
                + SpecialFunctions.logGamma(a + b)
                - SpecialFunctions.logGamma(a)
                - SpecialFunctions.logGamma(b));
        if (x == 0) {
            return 0.5;
        }
        return w < (a + 1) / (a + b + 2)
                ? front * betaFraction(w, a, b) / a / 2
                : (1 - front * betaFraction(1 - w, b, a) / b) / 2;
    }

    /** The x with P(T ≤ x) = p: Newton's method held inside a bracket. */
    public static double quantile(double p, double nu) {
        if (!(p > 0 && p < 1)) {
            throw new IllegalArgumentException("probability is outside (0, 1): found=" + p);
        }
        if (p < 0.5) {
            return -quantile(1 - p, nu);
        }
        var low = 0.0;
        var high = 1.0;
        while (survival(high, nu) > 1 - p) {
            low = high;
            high *= 2;
        }
        var x = (low + high) / 2;
        for (var step = 0; step < 100 && high - low > 1e-14 * high; step++) {
            var error = survival(x, nu) - (1 - p);
            if (error > 0) {
                low = x;
            } else {
                high = x;
            }
            var newton = x + error / density(x, nu);
            var next = newton > low && newton < high ? newton : (low + high) / 2;
            if (Math.abs(next - x) <= 1e-15 * x) {
                break;
            }
            x = next;
        }
        return x;
    }

    /** Lentz's method on the continued fraction of the incomplete beta function. Source: DLMF 8.17.22. */
    private static double betaFraction(double x, double a, double b) {
        var c = 1.0;
        var d = 1 / nonZero(1 - (a + b) * x / (a + 1));
        var fraction = d;
        for (var m = 1; m < MOST_TERMS; m++) {
            var even = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m));
            d = 1 / nonZero(1 + even * d);
            c = nonZero(1 + even / c);
            fraction *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1));
            d = 1 / nonZero(1 + odd * d);
            c = nonZero(1 + odd / c);
            fraction *= d * c;
            if (Math.abs(d * c - 1) < 1e-16) {
                break;
            }
        }
        return fraction;
    }

    private static double nonZero(double value) {
        return Math.abs(value) < SMALLEST ? SMALLEST : value;
    }
}
