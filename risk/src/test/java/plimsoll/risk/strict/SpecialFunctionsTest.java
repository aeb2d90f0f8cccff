package plimsoll.risk.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.numbers.gamma.Digamma;
import org.apache.commons.numbers.gamma.Erfc;
import org.apache.commons.numbers.gamma.LogGamma;
import org.apache.commons.numbers.gamma.Trigamma;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Second opinion: Apache Commons Numbers 1.3 and Statistics 1.3; exact values where they are known. */
class SpecialFunctionsTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.3, 0.5, 1, 1.5, 2, 3.3, 7, 11.99, 12, 25.5, 100, 12345})
    void agreesWithCommonsNumbers(double x) {
        assertThat(SpecialFunctions.logGamma(x)).isCloseTo(LogGamma.value(x), close(LogGamma.value(x)));
        assertThat(SpecialFunctions.digamma(x)).isCloseTo(Digamma.value(x), close(Digamma.value(x)));
        assertThat(SpecialFunctions.trigamma(x)).isCloseTo(Trigamma.value(x), close(Trigamma.value(x)));
    }

    @Test
    void logGammaOfAHalfIsHalfLogPi() {
        // Γ(1/2) = √π, so ln Γ(1/2) = ½ ln π = 0.5723649429247001
        assertThat(SpecialFunctions.logGamma(0.5)).isCloseTo(0.5723649429247001, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-6, -2.5, -0.1, 0, 1e-3, 0.5, 1.7, 1.7499, 1.75, 2.5, 3.3, 5, 9, 20})
    void errorFunctionHoldsItsRelativeAccuracyInTheTail(double x) {
        assertThat(SpecialFunctions.complementaryErrorFunction(x) / Erfc.value(x))
                .isCloseTo(1, within(2e-13));
    }

    @Test
    void chiSquaredTailsAreTheTextbookOnes() {
        // 95 % points of χ²: 3.841458820694124 (1 df) and 5.991464547107979 (2 df)
        assertThat(SpecialFunctions.chiSquaredOneSurvival(3.841458820694124)).isCloseTo(0.05, within(1e-14));
        assertThat(SpecialFunctions.chiSquaredTwoSurvival(5.991464547107979)).isCloseTo(0.05, within(1e-14));
    }

    @ParameterizedTest
    @ValueSource(doubles = {1e-12, 1e-4, 0.01, 0.3, 0.5, 0.9, 0.99, 0.9999})
    void normalQuantileInvertsTheDistribution(double p) {
        var expected = NormalDistribution.of(0, 1).inverseCumulativeProbability(p);

        assertThat(SpecialFunctions.normalQuantile(p)).isCloseTo(expected, within(1e-12));
    }

    @Test
    void refusesAnArgumentOutsideTheDomain() {
        assertThatThrownBy(() -> SpecialFunctions.logGamma(0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> SpecialFunctions.normalQuantile(1)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Offset<Double> close(double expected) {
        return within(1e-13 * Math.max(1, Math.abs(expected)));
    }
}
