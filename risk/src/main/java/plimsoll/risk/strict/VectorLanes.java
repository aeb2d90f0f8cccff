package plimsoll.risk.strict;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Several numbers at once on the Vector API: the only class of ours that uses it. Each lane does the operations of
 * {@link ScalarLanes} in their order; what is left over at an array's end goes through the scalar twin.
 * Source: docs/models/elementary-functions.md.
 */
final class VectorLanes extends Lanes {

    /** At most eight lanes, as many as a stream of chance has. */
    private static final VectorSpecies<Double> SPECIES = DoubleVector.SPECIES_PREFERRED.length() <= LaneRandom.LANES
            ? DoubleVector.SPECIES_PREFERRED
            : DoubleVector.SPECIES_512;

    private static final VectorSpecies<Long> LONGS = SPECIES.withLanes(long.class);
    private static final int LENGTH = SPECIES.length();
    private static final int TILE = 4 * LENGTH;

    @Override
    public void exp(double[] x, double[] out, int n) {
        var i = 0;
        for (var end = SPECIES.loopBound(n); i < end; i += LENGTH) {
            exp(DoubleVector.fromArray(SPECIES, x, i)).intoArray(out, i);
        }
        for (; i < n; i++) {
            out[i] = ScalarLanes.expOf(x[i]);
        }
    }

    @Override
    public void log(double[] x, double[] out, int n) {
        var i = 0;
        for (var end = SPECIES.loopBound(n); i < end; i += LENGTH) {
            var v = DoubleVector.fromArray(SPECIES, x, i);
            var usual = v.compare(VectorOperators.GE, Double.MIN_NORMAL)
                    .and(v.compare(VectorOperators.LT, Double.POSITIVE_INFINITY));
            if (usual.allTrue()) {
                normalLog(v).intoArray(out, i);
            } else {
                for (var lane = i; lane < i + LENGTH; lane++) {
                    out[lane] = ScalarLanes.logOf(x[lane]);
                }
            }
        }
        for (; i < n; i++) {
            out[i] = ScalarLanes.logOf(x[i]);
        }
    }

    @Override
    public void normal(double[] u, double[] out, int n) {
        requireApart(u, out);
        var end = SPECIES.loopBound(n);
        for (var i = 0; i < end; i += LENGTH) {
            centre(DoubleVector.fromArray(SPECIES, u, i)).intoArray(out, i);
        }
        // One number in fifty lies in a tail: one by one they cost less than whole vectors of them.
        for (var i = 0; i < end; i += LENGTH) {
            var y = DoubleVector.fromArray(SPECIES, u, i).fma(broadcast(2), broadcast(-1));
            var tails = y.abs().compare(VectorOperators.LE, CENTRE).not().toLong();
            for (; tails != 0; tails &= tails - 1) {
                var tail = i + Long.numberOfTrailingZeros(tails);
                out[tail] = ScalarLanes.normalOf(u[tail]);
            }
        }
        for (var i = end; i < n; i++) {
            out[i] = ScalarLanes.normalOf(u[i]);
        }
    }

    @Override
    public void uniform(LaneRandom random, double[] out, int n) {
        LaneRandom.requireWhole(n);
        for (var lane = 0; lane < LaneRandom.LANES; lane += LENGTH) {
            var a = LongVector.fromArray(LONGS, random.s0, lane);
            var b = LongVector.fromArray(LONGS, random.s1, lane);
            for (var i = lane; i < n; i += LaneRandom.LANES) {
                unit(rotate(a.add(b), 17).add(a)).intoArray(out, i);
                b = b.lanewise(VectorOperators.XOR, a);
                a = rotate(a, 49)
                        .lanewise(VectorOperators.XOR, b)
                        .lanewise(VectorOperators.XOR, b.lanewise(VectorOperators.LSHL, 21));
                b = rotate(b, 28);
            }
            a.intoArray(random.s0, lane);
            b.intoArray(random.s1, lane);
        }
    }

    @Override
    public void combine(double[] row, double[][] columns, double[] out, int from, int to) {
        var i = from;
        for (; i + TILE <= to; i += TILE) {
            var first = columns[0];
            var v0 = DoubleVector.fromArray(SPECIES, first, i).mul(row[0]);
            var v1 = DoubleVector.fromArray(SPECIES, first, i + LENGTH).mul(row[0]);
            var v2 = DoubleVector.fromArray(SPECIES, first, i + 2 * LENGTH).mul(row[0]);
            var v3 = DoubleVector.fromArray(SPECIES, first, i + 3 * LENGTH).mul(row[0]);
            for (var j = 1; j < row.length; j++) {
                var weight = DoubleVector.broadcast(SPECIES, row[j]);
                var column = columns[j];
                v0 = weight.fma(DoubleVector.fromArray(SPECIES, column, i), v0);
                v1 = weight.fma(DoubleVector.fromArray(SPECIES, column, i + LENGTH), v1);
                v2 = weight.fma(DoubleVector.fromArray(SPECIES, column, i + 2 * LENGTH), v2);
                v3 = weight.fma(DoubleVector.fromArray(SPECIES, column, i + 3 * LENGTH), v3);
            }
            v0.intoArray(out, i);
            v1.intoArray(out, i + LENGTH);
            v2.intoArray(out, i + 2 * LENGTH);
            v3.intoArray(out, i + 3 * LENGTH);
        }
        for (; i < to; i++) {
            var sum = row[0] * columns[0][i];
            for (var j = 1; j < row.length; j++) {
                sum = Math.fma(row[j], columns[j][i], sum);
            }
            out[i] = sum;
        }
    }

    private static LongVector rotate(LongVector v, int bits) {
        return v.lanewise(VectorOperators.ROL, bits);
    }

    private static DoubleVector unit(LongVector bits) {
        return bits.lanewise(VectorOperators.LSHR, 12)
                .lanewise(VectorOperators.OR, 0x3ff0000000000000L)
                .reinterpretAsDoubles()
                .sub(1 - 0x1p-53);
    }

    private static DoubleVector exp(DoubleVector number) {
        var x = number.blend(EXP_LOWEST, number.compare(VectorOperators.LT, EXP_LOWEST));
        x = x.blend(EXP_HIGHEST, x.compare(VectorOperators.GT, EXP_HIGHEST));
        var rounded = x.fma(broadcast(INVERSE_LN2), broadcast(ROUNDER));
        var k = rounded.reinterpretAsLongs().sub(ROUNDER_BITS);
        var minus = rounded.sub(ROUNDER).neg();
        var r = minus.fma(broadcast(LN2_LOW), minus.fma(broadcast(LN2_HIGH), x));
        var p = r.mul(r).fma(expSeries(r), r).add(1);
        var half = k.lanewise(VectorOperators.ASHR, 1);
        return p.mul(powerOfTwo(half)).mul(powerOfTwo(k.sub(half)));
    }

    private static DoubleVector powerOfTwo(LongVector k) {
        return k.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
    }

    /** ln x of positive normal numbers. */
    private static DoubleVector normalLog(DoubleVector x) {
        var bits = x.reinterpretAsLongs();
        var exponent = bits.sub(ROOT_HALF_BITS).lanewise(VectorOperators.ASHR, 52);
        var f = bits.sub(exponent.lanewise(VectorOperators.LSHL, 52))
                .reinterpretAsDoubles()
                .sub(1);
        var k = exponent.add(ROUNDER_BITS).reinterpretAsDoubles().sub(ROUNDER);
        var s = f.div(f.add(2));
        var z = s.mul(s);
        var halfSquare = f.mul(0.5).mul(f);
        var rest = s.fma(halfSquare.add(z.mul(logSeries(z))), k.mul(LN2_LOW));
        return k.mul(LN2_HIGH).sub(halfSquare.sub(rest).sub(f));
    }

    private static DoubleVector centre(DoubleVector u) {
        var y = u.fma(broadcast(2), broadcast(-1));
        var s = y.neg().fma(y, broadcast(CENTRE_SQUARE));
        return y.mul(centreNumerator(s)).div(centreDenominator(s));
    }

    private static DoubleVector expSeries(DoubleVector x) {
        var value = broadcast(E9);
        value = value.fma(x, broadcast(E8));
        value = value.fma(x, broadcast(E7));
        value = value.fma(x, broadcast(E6));
        value = value.fma(x, broadcast(E5));
        value = value.fma(x, broadcast(E4));
        value = value.fma(x, broadcast(E3));
        value = value.fma(x, broadcast(E2));
        value = value.fma(x, broadcast(E1));
        value = value.fma(x, broadcast(E0));
        return value;
    }

    private static DoubleVector logSeries(DoubleVector x) {
        var value = broadcast(L6);
        value = value.fma(x, broadcast(L5));
        value = value.fma(x, broadcast(L4));
        value = value.fma(x, broadcast(L3));
        value = value.fma(x, broadcast(L2));
        value = value.fma(x, broadcast(L1));
        value = value.fma(x, broadcast(L0));
        return value;
    }

    private static DoubleVector centreNumerator(DoubleVector x) {
        var value = broadcast(P9);
        value = value.fma(x, broadcast(P8));
        value = value.fma(x, broadcast(P7));
        value = value.fma(x, broadcast(P6));
        value = value.fma(x, broadcast(P5));
        value = value.fma(x, broadcast(P4));
        value = value.fma(x, broadcast(P3));
        value = value.fma(x, broadcast(P2));
        value = value.fma(x, broadcast(P1));
        value = value.fma(x, broadcast(P0));
        return value;
    }

    private static DoubleVector centreDenominator(DoubleVector x) {
        var value = broadcast(Q9);
        value = value.fma(x, broadcast(Q8));
        value = value.fma(x, broadcast(Q7));
        value = value.fma(x, broadcast(Q6));
        value = value.fma(x, broadcast(Q5));
        value = value.fma(x, broadcast(Q4));
        value = value.fma(x, broadcast(Q3));
        value = value.fma(x, broadcast(Q2));
        value = value.fma(x, broadcast(Q1));
        value = value.fma(x, broadcast(1));
        return value;
    }

    private static DoubleVector broadcast(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
