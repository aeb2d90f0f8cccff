package plimsoll.risk.strict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.TDistribution;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Second opinion: Apache Commons Statistics 1.3. */
class StudentTTest {

    @ParameterizedTest
    @ValueSource(doubles = {2.05, 3, 4.5, 8, 30, 480})
    void agreesWithCommonsStatistics(double nu) {
        var expected = TDistribution.of(nu);

        for (var p : new double[] {0.001, 0.025, 0.4, 0.5, 0.9, 0.975, 0.99, 0.999}) {
            var q = expected.inverseCumulativeProbability(p);
            assertThat(StudentT.quantile(p, nu)).isCloseTo(q, within(1e-10 * Math.max(1, Math.abs(q))));
            assertThat(StudentT.density(q, nu)).isCloseTo(expected.density(q), within(1e-13));
        }
        assertThat(StudentT.survival(1.3, nu)).isCloseTo(expected.survivalProbability(1.3), within(1e-11));
        assertThat(StudentT.survival(0.01, nu)).isCloseTo(expected.survivalProbability(0.01), within(1e-11));
    }
}
