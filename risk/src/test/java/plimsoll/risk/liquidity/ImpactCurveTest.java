package plimsoll.risk.liquidity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.strict.SeededRandom;

class ImpactCurveTest {

    @Test
    void poolsQuotesThatFallAndIsLinearBetween() {
        var curve = ImpactCurve.of(new double[] {1, 2, 8, 10}, new double[] {0.01, 0.04, 0.02, 0.05});

        // 2 and 8 fall: one pool of 0.03 at √(2·8) = 4; between 1 and 4: 0.01 + 0.02·(2 − 1)/3; before 1: from the
        // origin
        assertThat(curve.impactOf(4)).isCloseTo(0.03, within(1e-15));
        assertThat(curve.impactOf(2)).isCloseTo(0.01 + 0.02 / 3, within(1e-15));
        assertThat(curve.impactOf(0.5)).isCloseTo(0.005, within(1e-15));
        assertThat(curve.impactOf(0)).isZero();
        // Residuals 0, 0.01, −0.01, 0
        assertThat(curve.fitError()).isCloseTo(Math.sqrt(2e-4 / 4), within(1e-15));
    }

    @Test
    void growsAtLeastInProportionBeyondTheLargestQuote() {
        var curve = ImpactCurve.of(new double[] {1, 2, 4}, new double[] {0.02, 0.03, 0.04});

        // The last slope is 0.005, the chord 0.04/4 = 0.01 is steeper.
        assertThat(curve.impactOf(6)).isCloseTo(0.06, within(1e-15));
        assertThat(curve.sizeWithin(0.06)).isCloseTo(6, within(1e-12));
        assertThat(curve.isBeyondQuotes(4)).isFalse();
        assertThat(curve.isBeyondQuotes(4.1)).isTrue();
    }

    @Test
    void knowsNothingBeyondTwiceTheLargestQuote() {
        var cheap = ImpactCurve.of(new double[] {1, 4}, new double[] {0.001, 0.001});
        var free = ImpactCurve.of(new double[] {1, 2}, new double[] {0, -0.001});

        assertThat(cheap.impactOf(8)).isLessThan(0.01);
        assertThat(cheap.impactOf(8.1)).isEqualTo(1);
        assertThat(cheap.sizeWithin(0.5)).isEqualTo(8);
        assertThat(free.impactOf(4)).isZero();
        assertThat(free.impactOf(4.1)).isEqualTo(1);
        assertThat(free.sizeWithin(0.1)).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6})
    void isMonotoneAndItsDepthIsItsInverse(long seed) {
        var random = new SeededRandom(seed);
        var sizes = random.doubles(200).map(u -> StrictMath.exp(12 * u)).toArray();
        var impacts = IntStream.range(0, 200)
                .mapToDouble(k -> 0.002 * Math.sqrt(sizes[k] / 1000) + 0.004 * (random.nextDouble() - 0.5))
                .toArray();

        var curve = ImpactCurve.of(sizes, impacts);

        var before = 0.0;
        for (var size = 0.5; size < 1e6; size *= 1.07) {
            var impact = curve.impactOf(size);
            assertThat(impact).isBetween(before, 1.0);
            assertThat(curve.sizeWithin(impact))
                    .isGreaterThanOrEqualTo(Math.min(size, 2 * curve.largestQuote()) * (1 - 1e-12));
            assertThat(curve.stressed(0.5).impactOf(size)).isGreaterThanOrEqualTo(impact);
            before = impact;
        }
        assertThat(curve.stressed(0.5).sizeWithin(0.01)).isCloseTo(curve.sizeWithin(0.01) / 2, within(1e-6));
    }

    @Test
    void findsThePowerLawThatMadeTheQuotes() {
        var sizes = IntStream.rangeClosed(1, 50).mapToDouble(k -> 1000.0 * k).toArray();
        var impacts = IntStream.rangeClosed(1, 50)
                .mapToDouble(k -> 2e-5 * StrictMath.pow(1000.0 * k, 0.7))
                .toArray();

        var law = ImpactCurve.of(sizes, impacts).powerLaw();

        assertThat(law.exponent()).isCloseTo(0.7, within(1e-6));
        assertThat(law.impactOf(20_000)).isCloseTo(impacts[19], within(1e-9));
        assertThat(law.fitError()).isLessThan(1e-9);
        assertThat(ImpactCurve.of(sizes, impacts).squareRoot().fitError()).isGreaterThan(law.fitError());
    }

    @Test
    void sampledPoolsAgreeWithThePool() {
        var pool = new ConstantProduct(1000, 2_000_000, 0.003);

        var curve = ImpactCurve.ofPool(pool::amountOut, 500, 400);

        assertThat(curve.impactOf(137)).isCloseTo(pool.impactOf(137), within(1e-4));
        assertThat(curve.sizeWithin(0.05)).isCloseTo(pool.sizeWithin(0.05), within(0.1));
    }

    @Test
    void refusesQuotesThatCannotBe() {
        assertThatThrownBy(() -> ImpactCurve.of(new double[] {}, new double[] {}))
                .hasMessageContaining("do not fit");
        assertThatThrownBy(() -> ImpactCurve.of(new double[] {0}, new double[] {0.1}))
                .hasMessageContaining("quote cannot be: size=0.0");
        assertThatThrownBy(() -> ImpactCurve.of(new double[] {1}, new double[] {1.5}))
                .hasMessageContaining("impact=1.5");
    }
}
