package plimsoll.risk.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import org.junit.jupiter.api.Test;

/** The exact values are sums of the power series in 50 digits; quantiles are those of {@link SpecialFunctions}. */
class LanesTest {

    private static final MathContext DIGITS = new MathContext(50);
    private static final int POINTS = 1_000;

    @Test
    void exponentialIsWithinOneUnitInTheLastPlace() {
        var random = new SeededRandom(1);
        var worst = 0.0;
        for (var i = 0; i < POINTS; i++) {
            var x = i % 2 == 0 ? 2 * random.nextDouble() - 1 : 1400 * random.nextDouble() - 700;

            worst = Math.max(worst, ulps(Lanes.exp(x), exactExp(x)));
        }

        assertThat(worst).isLessThan(1);
    }

    @Test
    void logarithmIsWithinOneUnitInTheLastPlace() {
        var random = new SeededRandom(2);
        var worst = 0.0;
        for (var i = 0; i < POINTS; i++) {
            var x = i % 2 == 0 ? 0.5 + 1.5 * random.nextDouble() : StrictMath.exp(1400 * random.nextDouble() - 700);

            worst = Math.max(worst, ulps(Lanes.log(x), exactLog(x)));
        }

        assertThat(worst).isLessThan(1);
    }

    @Test
    void exponentialAndLogarithmKnowTheirLimits() {
        assertThat(Lanes.exp(0)).isEqualTo(1);
        assertThat(Lanes.exp(-0.0)).isEqualTo(1);
        assertThat(Lanes.exp(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Lanes.exp(-750)).isZero();
        assertThat(Lanes.exp(-745.1)).isEqualTo(Double.MIN_VALUE);
        assertThat(Lanes.exp(709.78)).isFinite();
        assertThat(Lanes.exp(709.79)).isInfinite();
        assertThat(Lanes.exp(Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(Lanes.exp(Double.NaN)).isNaN();
        assertThat(Lanes.log(1)).isZero();
        assertThat(Lanes.log(0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Lanes.log(-0.0)).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(Lanes.log(-1)).isNaN();
        assertThat(Lanes.log(Double.NaN)).isNaN();
        assertThat(Lanes.log(Double.POSITIVE_INFINITY)).isInfinite();
        assertThat(Lanes.log(Double.MIN_VALUE)).isEqualTo(StrictMath.log(Double.MIN_VALUE));
    }

    @Test
    void normalVariateIsTheQuantileToElevenDigits() {
        var random = new SeededRandom(3);
        for (var i = 0; i < 20_000; i++) {
            var u = random.nextDouble();
            // Half of the points far out: ln u uniform down to ln 2⁻⁵³.
            var p = i % 2 == 0 ? u : StrictMath.exp(-36.7 * u);

            var exact = SpecialFunctions.normalQuantile(p);

            assertThat(Lanes.normal(p))
                    .describedAs("p=%s", p)
                    .isCloseTo(exact, within(1e-11 * Math.abs(exact) + 1e-15));
        }
    }

    @Test
    void normalVariateIsOddAndKeepsWithinItsEnds() {
        assertThat(Lanes.normal(0.5)).isZero();
        for (var u : new double[] {0.25, 0.0625, 0x1p-20, 0x1p-53}) {
            assertThat(Lanes.normal(1 - u)).isEqualTo(-Lanes.normal(u));
        }
        assertThat(Lanes.normal(0)).isEqualTo(Lanes.normal(0x1p-54)).isBetween(-8.4, -8.2);
        assertThat(Lanes.normal(Double.NaN)).isNaN();
    }

    @Test
    void uniformsFillTheOpenUnitInterval() {
        var n = 1 << 20;
        var u = new double[n];
        Lanes.scalar().uniform(new LaneRandom(7, 0, 0), u, n);

        var sum = 0.0;
        var squares = 0.0;
        var neighbours = 0.0;
        for (var i = 0; i < n; i++) {
            assertThat(u[i] > 0 && u[i] < 1).isTrue();
            sum += u[i];
            squares += (u[i] - 0.5) * (u[i] - 0.5);
            neighbours += i > 0 ? (u[i] - 0.5) * (u[i - 1] - 0.5) : 0;
        }

        // Standard errors: √(1/12n) = 2.8e-4, √(1/180n) = 7.3e-5, 1/(12√n) = 8.1e-5; four of each.
        assertThat(sum / n).isCloseTo(0.5, within(1.2e-3));
        assertThat(squares / n).isCloseTo(1.0 / 12, within(3e-4));
        assertThat(neighbours / n).isCloseTo(0, within(3.3e-4));
    }

    @Test
    void everyBlockAndColumnHasItsOwnChance() {
        var first = draw(7, 0, 0);

        assertThat(draw(7, 0, 0)).isEqualTo(first);
        for (var other : new double[][] {draw(8, 0, 0), draw(7, 1, 0), draw(7, 0, 1), draw(7, 1, 1)}) {
            var equal = 0;
            for (var i = 0; i < first.length; i++) {
                equal += first[i] == other[i] ? 1 : 0;
            }
            assertThat(equal).isZero();
        }
    }

    private static double[] draw(long seed, int block, int column) {
        var u = new double[64];
        Lanes.scalar().uniform(new LaneRandom(seed, block, column), u, u.length);
        return u;
    }

    private static double ulps(double found, BigDecimal exact) {
        return new BigDecimal(found)
                .subtract(exact)
                .abs()
                .divide(new BigDecimal(Math.ulp(exact.doubleValue())), DIGITS)
                .doubleValue();
    }

    /** (Σ (x/2^k)^i/i!)^(2^k) with k so that the series is short. */
    private static BigDecimal exactExp(double x) {
        var doublings = 14;
        var reduced = new BigDecimal(x).divide(BigDecimal.valueOf(1L << doublings), DIGITS);
        var term = BigDecimal.ONE;
        var sum = BigDecimal.ONE;
        for (var i = 1; i < 25; i++) {
            term = term.multiply(reduced, DIGITS).divide(BigDecimal.valueOf(i), DIGITS);
            sum = sum.add(term, DIGITS);
        }
        for (var i = 0; i < doublings; i++) {
            sum = sum.multiply(sum, DIGITS);
        }
        return sum;
    }

    /** One step of Halley's method from StrictMath's value, whose error it takes to the third power. */
    private static BigDecimal exactLog(double x) {
        var start = StrictMath.log(x);
        var exponential = exactExp(start);
        var exact = new BigDecimal(x);
        return new BigDecimal(start)
                .add(exact.subtract(exponential, DIGITS)
                        .multiply(BigDecimal.TWO)
                        .divide(exact.add(exponential, DIGITS), DIGITS));
    }
}
