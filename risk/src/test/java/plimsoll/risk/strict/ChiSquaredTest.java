package plimsoll.risk.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.ChiSquaredDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Against commons-statistics 1.3. */
class ChiSquaredTest {

    @ParameterizedTest
    @ValueSource(doubles = {0.7, 1, 2, 3.3, 5, 12.5, 200})
    void probabilitiesAndQuantilesAreTheKnownOnes(double nu) {
        var known = ChiSquaredDistribution.of(nu);
        for (var p : new double[] {1e-9, 1e-4, 0.01, 0.3, 0.5, 0.8, 0.99, 0.99999}) {
            var x = known.inverseCumulativeProbability(p);

            assertThat(ChiSquared.probability(x, nu)).isCloseTo(p, within(1e-10 * p));
            assertThat(ChiSquared.survival(x, nu)).isCloseTo(known.survivalProbability(x), within(1e-11));
            assertThat(ChiSquared.quantile(p, nu)).isCloseTo(x, within(1e-9 * x));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -1, Double.NaN})
    void refusesWhatIsNoProbability(double p) {
        assertThatThrownBy(() -> ChiSquared.quantile(p, 4)).isInstanceOf(IllegalArgumentException.class);
    }
}
