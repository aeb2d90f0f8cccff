package plimsoll.risk.strict;

/** One number after the other; what {@link VectorLanes} must repeat to the bit. Source: docs/models/elementary-functions.md. */
final class ScalarLanes extends Lanes {

    private static final double TWO_54 = 0x1p54;

    @Override
    public void exp(double[] x, double[] out, int n) {
        for (var i = 0; i < n; i++) {
            out[i] = expOf(x[i]);
        }
    }

    @Override
    public void log(double[] x, double[] out, int n) {
        for (var i = 0; i < n; i++) {
            out[i] = logOf(x[i]);
        }
    }

    @Override
    public void normal(double[] u, double[] out, int n) {
        requireApart(u, out);
        for (var i = 0; i < n; i++) {
            out[i] = normalOf(u[i]);
        }
    }

    @Override
    public void uniform(LaneRandom random, double[] out, int n) {
        LaneRandom.requireWhole(n);
        for (var lane = 0; lane < LaneRandom.LANES; lane++) {
            var a = random.s0[lane];
            var b = random.s1[lane];
            for (var i = lane; i < n; i += LaneRandom.LANES) {
                out[i] = unit(Long.rotateLeft(a + b, 17) + a);
                b ^= a;
                a = Long.rotateLeft(a, 49) ^ b ^ (b << 21);
                b = Long.rotateLeft(b, 28);
            }
            random.s0[lane] = a;
            random.s1[lane] = b;
        }
    }

    /** In the middle of one of 2⁵² equal parts of (0, 1): the mantissa of a number in [1, 2), then moved down. */
    private static double unit(long bits) {
        return Double.longBitsToDouble((bits >>> 12) | 0x3ff0000000000000L) - (1 - 0x1p-53);
    }

    @Override
    public void combine(double[] row, double[][] columns, double[] out, int from, int to) {
        var first = columns[0];
        for (var i = from; i < to; i++) {
            out[i] = row[0] * first[i];
        }
        for (var j = 1; j < row.length; j++) {
            var weight = row[j];
            var column = columns[j];
            for (var i = from; i < to; i++) {
                out[i] = Math.fma(weight, column[i], out[i]);
            }
        }
    }

    static double expOf(double number) {
        var x = number < EXP_LOWEST ? EXP_LOWEST : number;
        x = x > EXP_HIGHEST ? EXP_HIGHEST : x;
        var rounded = Math.fma(x, INVERSE_LN2, ROUNDER);
        var k = Double.doubleToRawLongBits(rounded) - ROUNDER_BITS;
        var whole = rounded - ROUNDER;
        var r = Math.fma(-whole, LN2_LOW, Math.fma(-whole, LN2_HIGH, x));
        var p = Math.fma(r * r, expSeries(r), r) + 1;
        // In two factors: 2^k alone may be beyond the doubles where the result is not.
        var half = k >> 1;
        return p * powerOfTwo(half) * powerOfTwo(k - half);
    }

    private static double powerOfTwo(long k) {
        return Double.longBitsToDouble((k + 1023) << 52);
    }

    static double logOf(double x) {
        if (!(x > 0 && x < Double.POSITIVE_INFINITY)) {
            return x == 0 ? Double.NEGATIVE_INFINITY : x == Double.POSITIVE_INFINITY ? x : Double.NaN;
        }
        return x < Double.MIN_NORMAL ? normalLog(x * TWO_54, 54) : normalLog(x, 0);
    }

    /** ln(x/2^shift) of a positive normal x. */
    private static double normalLog(double x, long shift) {
        var bits = Double.doubleToRawLongBits(x);
        var exponent = (bits - ROOT_HALF_BITS) >> 52;
        var f = Double.longBitsToDouble(bits - (exponent << 52)) - 1;
        var k = Double.longBitsToDouble(exponent - shift + ROUNDER_BITS) - ROUNDER;
        var s = f / (2 + f);
        var z = s * s;
        var halfSquare = 0.5 * f * f;
        var rest = Math.fma(s, halfSquare + z * logSeries(z), k * LN2_LOW);
        return k * LN2_HIGH - ((halfSquare - rest) - f);
    }

    static double normalOf(double u) {
        var y = Math.fma(2, u, -1);
        if (Math.abs(y) <= CENTRE) {
            var s = Math.fma(-y, y, CENTRE_SQUARE);
            return y * centreNumerator(s) / centreDenominator(s);
        }
        var p = u < 0.5 ? u : 1 - u;
        p = p < TAIL_LEAST ? TAIL_LEAST : p;
        var t = Math.sqrt(-2 * normalLog(p, 0)) - TAIL_START;
        var z = tailNumerator(t) / tailDenominator(t);
        if (Double.isNaN(u)) {
            return u;
        }
        return y < 0 ? -z : z;
    }

    private static double expSeries(double x) {
        var value = E9;
        value = Math.fma(value, x, E8);
        value = Math.fma(value, x, E7);
        value = Math.fma(value, x, E6);
        value = Math.fma(value, x, E5);
        value = Math.fma(value, x, E4);
        value = Math.fma(value, x, E3);
        value = Math.fma(value, x, E2);
        value = Math.fma(value, x, E1);
        value = Math.fma(value, x, E0);
        return value;
    }

    private static double logSeries(double x) {
        var value = L6;
        value = Math.fma(value, x, L5);
        value = Math.fma(value, x, L4);
        value = Math.fma(value, x, L3);
        value = Math.fma(value, x, L2);
        value = Math.fma(value, x, L1);
        value = Math.fma(value, x, L0);
        return value;
    }

    private static double centreNumerator(double x) {
        var value = P9;
        value = Math.fma(value, x, P8);
        value = Math.fma(value, x, P7);
        value = Math.fma(value, x, P6);
        value = Math.fma(value, x, P5);
        value = Math.fma(value, x, P4);
        value = Math.fma(value, x, P3);
        value = Math.fma(value, x, P2);
        value = Math.fma(value, x, P1);
        value = Math.fma(value, x, P0);
        return value;
    }

    private static double centreDenominator(double x) {
        var value = Q9;
        value = Math.fma(value, x, Q8);
        value = Math.fma(value, x, Q7);
        value = Math.fma(value, x, Q6);
        value = Math.fma(value, x, Q5);
        value = Math.fma(value, x, Q4);
        value = Math.fma(value, x, Q3);
        value = Math.fma(value, x, Q2);
        value = Math.fma(value, x, Q1);
        value = Math.fma(value, x, 1);
        return value;
    }

    private static double tailNumerator(double x) {
        var value = S6;
        value = Math.fma(value, x, S5);
        value = Math.fma(value, x, S4);
        value = Math.fma(value, x, S3);
        value = Math.fma(value, x, S2);
        value = Math.fma(value, x, S1);
        value = Math.fma(value, x, S0);
        return value;
    }

    private static double tailDenominator(double x) {
        var value = T6;
        value = Math.fma(value, x, T5);
        value = Math.fma(value, x, T4);
        value = Math.fma(value, x, T3);
        value = Math.fma(value, x, T2);
        value = Math.fma(value, x, T1);
        value = Math.fma(value, x, 1);
        return value;
    }
}
