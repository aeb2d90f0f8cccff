package plimsoll.risk.backtest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How much a backtest can see at all: Kupiec's power, and how green a correct model is. */
class PowerAndBandTest {

    /**
     * Expected: Python 3.12, exact rational arithmetic ({@code fractions}) over the binomial counts whose two-sided ratio has
     * erfc(√(LR/2)) ≥ 0.05.
     */
    @ParameterizedTest
    @CsvSource({
        "250, 0.99, 0.02, 0.24273203702850243",
        "250, 0.99, 0.01, 0.09475996401738511",
        "1000, 0.99, 0.02, 0.7815492160041904",
        "1000, 0.995, 0.01, 0.5431786522786881",
        "500, 0.995, 0.01, 0.2436491469931705",
        "2007, 0.995, 0.01, 0.7847302935863683",
        "2007, 0.995, 0.005, 0.055797082646378136",
        "2007, 0.99, 0.02, 0.960155708779831"
    })
    void powerIsExact(int forecasts, double level, double rate, double expected) {
        assertThat(CoverageTest.power(forecasts, level, rate)).isCloseTo(expected, within(1e-11));
    }

    /**
     * Expected: numpy 2.4.6, 20,000 histories of {@code default_rng(1)}; our 2,000 know a 5 % quantile to about ± 0.02.
     * The Basel window is green with probability 0.8922 (Basel Committee 1996, table 2), so the mean must be near that.
     */
    @ParameterizedTest
    @CsvSource({"1000, 0.99, 0.6085, 0.8911", "2007, 0.99, 0.7162, 0.8923", "1000, 0.995, 0.5539, 0.8696"})
    void bandIsThatOfIndependentExceptions(int forecasts, double level, double low, double mean) {
        var band = TrafficLight.band(forecasts, level);

        assertThat(band.low()).isCloseTo(low, within(0.03));
        assertThat(band.mean()).isCloseTo(mean, within(0.01));
        assertThat(band.high()).isEqualTo(1);
        assertThat(band.holds(mean)).isTrue();
        assertThat(band.holds(low - 0.1)).isFalse();
    }
}
