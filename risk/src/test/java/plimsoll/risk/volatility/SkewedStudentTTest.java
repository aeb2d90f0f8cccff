package plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.risk.strict.StudentT;

class SkewedStudentTTest {

    /** Moments by the midpoint rule over the density, on a grid that stretches with |z|. */
    @ParameterizedTest
    @CsvSource({"5,-0.3", "5,0.3", "3.5,-0.1", "30,0.8", "8,0"})
    void hasTotalOneMeanZeroAndVarianceOne(double nu, double lambda) {
        var distribution = new SkewedStudentT(nu, lambda);
        var total = 0.0;
        var mean = 0.0;
        var variance = 0.0;

        // z = sinh(u): dz = cosh(u) du; |z| up to e²⁰/2
        var step = 0.001;
        for (var u = -20 + step / 2; u < 20; u += step) {
            var z = StrictMath.sinh(u);
            var weight = StrictMath.exp(distribution.logDensity(z)) * StrictMath.cosh(u) * step;
            total += weight;
            mean += weight * z;
            variance += weight * z * z;
        }

        assertThat(total).isCloseTo(1, within(1e-6));
        assertThat(mean).isCloseTo(0, within(1e-6));
        assertThat(variance).isCloseTo(1, within(1e-5));
    }

    @Test
    void negativeSkewnessIsTheLongerLeftTail() {
        var distribution = new SkewedStudentT(5, -0.2);

        assertThat(-distribution.quantile(0.01)).isGreaterThan(distribution.quantile(0.99));
        assertThat(distribution.quantile(0.5)).isPositive();
    }

    @Test
    void withoutSkewnessItIsTheScaledT() {
        var distribution = new SkewedStudentT(6, 0);

        assertThat(distribution.quantile(0.99))
                .isCloseTo(Math.sqrt(4 / 6.0) * StudentT.quantile(0.99, 6), within(1e-13));
        assertThat(distribution.logDensity(1.5))
                .isCloseTo(StrictMath.log(StudentT.density(1.5 * Math.sqrt(1.5), 6) * Math.sqrt(1.5)), within(1e-13));
    }

    @ParameterizedTest
    @CsvSource({"5,-0.3", "3.5,0.5"})
    void quantileInvertsTheDensity(double nu, double lambda) {
        var distribution = new SkewedStudentT(nu, lambda);

        for (var p = 0.05; p < 0.96; p += 0.05) {
            var step = 1e-5;
            var slope = (distribution.quantile(p + step) - distribution.quantile(p - step)) / (2 * step);

            assertThat(slope * StrictMath.exp(distribution.logDensity(distribution.quantile(p))))
                    .isCloseTo(1, within(1e-4));
        }
    }

    @Test
    void refusesWhatIsNoDistribution() {
        assertThatThrownBy(() -> new SkewedStudentT(2, 0)).hasMessageContaining("degrees of freedom");
        assertThatThrownBy(() -> new SkewedStudentT(5, 1)).hasMessageContaining("skewness");
        assertThatThrownBy(() -> new SkewedStudentT(5, 0).quantile(1)).hasMessageContaining("probability");
    }
}
