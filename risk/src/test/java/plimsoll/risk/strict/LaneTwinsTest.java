package plimsoll.risk.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The scalar and the vector twin give the same bits, whatever goes in. */
class LaneTwinsTest {

    private static final int SIZE = 1 << 16;
    private static final int ROUNDS = 16;

    private interface Column {
        void apply(Lanes lanes, double[] in, double[] out, int n);
    }

    private final Lanes scalar = Lanes.scalar();
    private final Lanes vector = Lanes.best();

    @BeforeEach
    void needsBoth() {
        assumeTrue(Lanes.isVectorPresent(), "skipped: the Vector API's module is not here");
    }

    @Test
    void exponential() {
        same(Lanes::exp, 1, 800);
    }

    @Test
    void logarithm() {
        same(Lanes::log, 2, 1e3);
    }

    @Test
    void normalVariate() {
        same(Lanes::normal, 3, 1);
    }

    @Test
    void uniforms() {
        for (var block = 0; block < ROUNDS; block++) {
            var one = new LaneRandom(11, block, 5);
            var two = new LaneRandom(11, block, 5);
            var expected = new double[SIZE];
            var found = new double[SIZE];

            // Drawn in pieces of different size: the streams must also stop at the same place.
            for (var n : new int[] {8, 1024, 24, SIZE}) {
                scalar.uniform(one, expected, n);
                vector.uniform(two, found, n);

                assertSame(expected, found, n, found);
            }
        }
    }

    @Test
    void combination() {
        var random = new SeededRandom(4);
        for (var terms = 1; terms <= 12; terms++) {
            var row = new double[terms];
            var columns = new double[terms][1024];
            for (var j = 0; j < terms; j++) {
                row[j] = random.nextDouble() - 0.5;
                for (var i = 0; i < 1024; i++) {
                    columns[j][i] = random.nextDouble() - 0.5;
                }
            }
            var from = random.nextIndex(300);
            var to = 700 + random.nextIndex(324);
            var expected = new double[1024];
            var found = new double[1024];

            scalar.combine(row, columns, expected, from, to);
            vector.combine(row, columns, found, from, to);

            assertSame(expected, found, 1024, found);
        }
    }

    /** A third of the inputs lies in [−scale, scale], a third in (0, 1), and a third has any bits: NaN, ∞, subnormals. */
    private void same(Column column, long seed, double scale) {
        var random = new SeededRandom(seed);
        var in = new double[SIZE];
        for (var round = 0; round < ROUNDS; round++) {
            for (var i = 0; i < SIZE; i++) {
                in[i] = switch (i % 3) {
                    case 0 -> (2 * random.nextDouble() - 1) * scale;
                    case 1 -> random.nextDouble();
                    default -> Double.longBitsToDouble(random.nextLong());
                };
            }
            double[] extremes = {0, -0.0, 1, 0.5, Double.NaN, Double.MIN_VALUE, Double.MAX_VALUE, Double.MIN_NORMAL};
            System.arraycopy(extremes, 0, in, 0, extremes.length);
            in[8] = Double.POSITIVE_INFINITY;
            in[9] = Double.NEGATIVE_INFINITY;
            var n = SIZE - round;
            var expected = new double[SIZE];
            var found = new double[SIZE];

            column.apply(scalar, in, expected, n);
            column.apply(vector, in, found, n);

            assertSame(expected, found, n, in);
        }
    }

    private static void assertSame(double[] expected, double[] found, int n, double[] in) {
        for (var i = 0; i < n; i++) {
            if (Double.doubleToLongBits(expected[i]) != Double.doubleToLongBits(found[i])) {
                assertThat(found[i]).describedAs("index=%d in=%s", i, in[i]).isEqualTo(expected[i]);
            }
        }
    }
}
