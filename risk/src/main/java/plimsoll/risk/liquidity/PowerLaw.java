package plimsoll.risk.liquidity;

/**
 * î(s) = c·s^k by least squares of the impacts themselves: c in closed form for each k, k by golden sections.
 * Source: docs/models/price-impact.md, equation 4.
 *
 * @param coefficient c, in the unit of sizes to the power −k
 * @param exponent k
 * @param fitError root mean square distance from the quotes, a fraction of the price
 */
public record PowerLaw(double coefficient, double exponent, double fitError) {

    /** A flatter law has no cost of size, a steeper one no small sale worth a quote. */
    private static final double SMALLEST_EXPONENT = 0.05;

    private static final double LARGEST_EXPONENT = 4;
    private static final double GOLDEN = 0.6180339887498949;
    private static final int STEPS = 60;

    static PowerLaw fit(double[] sizes, double[] impacts) {
        var low = SMALLEST_EXPONENT;
        var high = LARGEST_EXPONENT;
        var left = fit(sizes, impacts, high - GOLDEN * (high - low));
        var right = fit(sizes, impacts, low + GOLDEN * (high - low));
        for (var step = 0; step < STEPS; step++) {
            if (left.fitError <= right.fitError) {
                high = right.exponent;
                right = left;
                left = fit(sizes, impacts, high - GOLDEN * (high - low));
            } else {
                low = left.exponent;
                left = right;
                right = fit(sizes, impacts, low + GOLDEN * (high - low));
            }
        }
        return left.fitError <= right.fitError ? left : right;
    }

    static PowerLaw fit(double[] sizes, double[] impacts, double exponent) {
        var scale = 0.0;
        for (var size : sizes) {
            scale = Math.max(scale, size);
        }
        var powers = new double[sizes.length];
        var products = 0.0;
        var squares = 0.0;
        for (var k = 0; k < sizes.length; k++) {
            powers[k] = StrictMath.pow(sizes[k] / scale, exponent);
            products += powers[k] * impacts[k];
            squares += powers[k] * powers[k];
        }
        var atLargest = products / squares;
        var error = 0.0;
        for (var k = 0; k < sizes.length; k++) {
            var distance = impacts[k] - atLargest * powers[k];
            error += distance * distance;
        }
        return new PowerLaw(atLargest / StrictMath.pow(scale, exponent), exponent, Math.sqrt(error / sizes.length));
    }

    /** î(s), at most 1. */
    public double impactOf(double size) {
        return size <= 0 ? 0 : Math.min(1, coefficient * StrictMath.pow(size, exponent));
    }

    PowerLaw stressed(double share) {
        return new PowerLaw(coefficient / StrictMath.pow(share, exponent), exponent, fitError);
    }
}
