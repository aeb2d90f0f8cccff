package plimsoll.risk.volatility;

/**
 * Sums over long columns, in four partial sums that a processor can add at the same time. The order of additions is written
 * here, so every machine gets the same bits.
 */
final class Columns {

    private static final long MANTISSA = 0x000fffffffffffffL;
    private static final long ONE = 0x3ff0000000000000L;
    private static final long SMALLEST_NORMAL = 0x0010000000000000L;
    private static final long LARGEST = 0x7fefffffffffffffL;
    private static final int MANTISSA_BITS = 52;
    private static final int EXPONENT_BIAS = 1023;
    /** Mantissas lie in [1, 2): a product of 512 stays below 2^512. */
    private static final int FACTORS = 4 * 512;

    private static final double LN_2 = 0.6931471805599453;

    private Columns() {}

    /** Σ a[aFrom + k]·b[bFrom + k] over k below count. */
    static double dot(double[] a, int aFrom, double[] b, int bFrom, int count) {
        var s0 = 0.0;
        var s1 = 0.0;
        var s2 = 0.0;
        var s3 = 0.0;
        var k = 0;
        for (; k + 3 < count; k += 4) {
            s0 += a[aFrom + k] * b[bFrom + k];
            s1 += a[aFrom + k + 1] * b[bFrom + k + 1];
            s2 += a[aFrom + k + 2] * b[bFrom + k + 2];
            s3 += a[aFrom + k + 3] * b[bFrom + k + 3];
        }
        for (; k < count; k++) {
            s0 += a[aFrom + k] * b[bFrom + k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    static double sum(double[] a, int from, int count) {
        var s0 = 0.0;
        var s1 = 0.0;
        var s2 = 0.0;
        var s3 = 0.0;
        var k = from;
        var end = from + count;
        for (; k + 3 < end; k += 4) {
            s0 += a[k];
            s1 += a[k + 1];
            s2 += a[k + 2];
            s3 += a[k + 3];
        }
        for (; k < end; k++) {
            s0 += a[k];
        }
        return (s0 + s1) + (s2 + s3);
    }

    /**
     * Σ ln a[t], NaN unless all are positive normal numbers: exponents are added as whole numbers and mantissas multiplied,
     * so that two thousand observations cost four logarithms.
     */
    static double sumOfLogs(double[] a, int from, int count) {
        var end = from + count;
        var logs = 0.0;
        var exponents = 0L;
        var wrong = 0L;
        for (var begin = from; begin < end; begin += FACTORS) {
            var stop = Math.min(end, begin + FACTORS);
            var p0 = 1.0;
            var p1 = 1.0;
            var p2 = 1.0;
            var p3 = 1.0;
            var k = begin;
            for (; k + 3 < stop; k += 4) {
                var b0 = Double.doubleToRawLongBits(a[k]);
                var b1 = Double.doubleToRawLongBits(a[k + 1]);
                var b2 = Double.doubleToRawLongBits(a[k + 2]);
                var b3 = Double.doubleToRawLongBits(a[k + 3]);
                wrong |= outside(b0) | outside(b1) | outside(b2) | outside(b3);
                exponents +=
                        (b0 >> MANTISSA_BITS) + (b1 >> MANTISSA_BITS) + (b2 >> MANTISSA_BITS) + (b3 >> MANTISSA_BITS);
                p0 *= Double.longBitsToDouble((b0 & MANTISSA) | ONE);
                p1 *= Double.longBitsToDouble((b1 & MANTISSA) | ONE);
                p2 *= Double.longBitsToDouble((b2 & MANTISSA) | ONE);
                p3 *= Double.longBitsToDouble((b3 & MANTISSA) | ONE);
            }
            for (; k < stop; k++) {
                var bits = Double.doubleToRawLongBits(a[k]);
                wrong |= outside(bits);
                exponents += bits >> MANTISSA_BITS;
                p0 *= Double.longBitsToDouble((bits & MANTISSA) | ONE);
            }
            logs += StrictMath.log(p0) + StrictMath.log(p1) + (StrictMath.log(p2) + StrictMath.log(p3));
        }
        return wrong < 0 ? Double.NaN : logs + (exponents - (long) EXPONENT_BIAS * count) * LN_2;
    }

    /** Negative where these are not the bits of a positive normal number. */
    private static long outside(long bits) {
        return (bits - SMALLEST_NORMAL) | (LARGEST - bits);
    }
}
