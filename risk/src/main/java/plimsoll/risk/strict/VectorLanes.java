package plimsoll.risk.strict;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Several numbers at once on the Vector API: the only class of ours that uses it. Each lane does the operations of
 * {@link ScalarLanes} in their order; what is left over at an array's end goes through the scalar twin.
 *
 * <p>Formulas are written out in their loops: such methods are too long to be inlined, so that the compiler treats each alone.
 * Inlined into a caller with another of them, they go beyond what it takes at once, and vectors become objects.
 *
 * <p>Source: docs/models/elementary-functions.md.
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
            var number = DoubleVector.fromArray(SPECIES, x, i);
            number = number.blend(EXP_LOWEST, number.compare(VectorOperators.LT, EXP_LOWEST));
            number = number.blend(EXP_HIGHEST, number.compare(VectorOperators.GT, EXP_HIGHEST));
            var rounded = number.fma(broadcast(INVERSE_LN2), broadcast(ROUNDER));
            var k = rounded.reinterpretAsLongs().sub(ROUNDER_BITS);
            var minus = rounded.sub(ROUNDER).neg();
            var r = minus.fma(broadcast(LN2_LOW), minus.fma(broadcast(LN2_HIGH), number));
            var series = broadcast(E9);
            series = series.fma(r, broadcast(E8));
            series = series.fma(r, broadcast(E7));
            series = series.fma(r, broadcast(E6));
            series = series.fma(r, broadcast(E5));
            series = series.fma(r, broadcast(E4));
            series = series.fma(r, broadcast(E3));
            series = series.fma(r, broadcast(E2));
            series = series.fma(r, broadcast(E1));
            series = series.fma(r, broadcast(E0));
            var half = k.lanewise(VectorOperators.ASHR, 1);
            var first = half.add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
            var second =
                    k.sub(half).add(1023).lanewise(VectorOperators.LSHL, 52).reinterpretAsDoubles();
            r.mul(r).fma(series, r).add(1).mul(first).mul(second).intoArray(out, i);
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
            if (!usual.allTrue()) {
                for (var lane = i; lane < i + LENGTH; lane++) {
                    out[lane] = ScalarLanes.logOf(x[lane]);
                }
                continue;
            }
            var bits = v.reinterpretAsLongs();
            var exponent = bits.sub(ROOT_HALF_BITS).lanewise(VectorOperators.ASHR, 52);
            var f = bits.sub(exponent.lanewise(VectorOperators.LSHL, 52))
                    .reinterpretAsDoubles()
                    .sub(1);
            var k = exponent.add(ROUNDER_BITS).reinterpretAsDoubles().sub(ROUNDER);
            var s = f.div(f.add(2));
            var z = s.mul(s);
            var series = broadcast(L6);
            series = series.fma(z, broadcast(L5));
            series = series.fma(z, broadcast(L4));
            series = series.fma(z, broadcast(L3));
            series = series.fma(z, broadcast(L2));
            series = series.fma(z, broadcast(L1));
            series = series.fma(z, broadcast(L0));
            var halfSquare = f.mul(0.5).mul(f);
            var rest = s.fma(halfSquare.add(z.mul(series)), k.mul(LN2_LOW));
            k.mul(LN2_HIGH).sub(halfSquare.sub(rest).sub(f)).intoArray(out, i);
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
            var y = DoubleVector.fromArray(SPECIES, u, i).fma(broadcast(2), broadcast(-1));
            var square = y.neg().fma(y, broadcast(CENTRE_SQUARE));
            var above = broadcast(P9);
            above = above.fma(square, broadcast(P8));
            above = above.fma(square, broadcast(P7));
            above = above.fma(square, broadcast(P6));
            above = above.fma(square, broadcast(P5));
            above = above.fma(square, broadcast(P4));
            above = above.fma(square, broadcast(P3));
            above = above.fma(square, broadcast(P2));
            above = above.fma(square, broadcast(P1));
            above = above.fma(square, broadcast(P0));
            var below = broadcast(Q9);
            below = below.fma(square, broadcast(Q8));
            below = below.fma(square, broadcast(Q7));
            below = below.fma(square, broadcast(Q6));
            below = below.fma(square, broadcast(Q5));
            below = below.fma(square, broadcast(Q4));
            below = below.fma(square, broadcast(Q3));
            below = below.fma(square, broadcast(Q2));
            below = below.fma(square, broadcast(Q1));
            below = below.fma(square, broadcast(1));
            y.mul(above).div(below).intoArray(out, i);
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

    private static DoubleVector broadcast(double value) {
        return DoubleVector.broadcast(SPECIES, value);
    }
}
