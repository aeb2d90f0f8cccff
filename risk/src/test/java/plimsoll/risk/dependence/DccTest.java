package plimsoll.risk.dependence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;

class DccTest {

    @Test
    void slopesEqualDifferenceQuotients() {
        var likelihood = new DccLikelihood(TCopulaTest.sample(CorrelationMatrix.uniform(4, 0.4), 100, 300, 4));

        likelihood.valueAndSlopes(0.05, 0.9);

        var slopeA = likelihood.slopeA();
        var slopeB = likelihood.slopeB();
        var step = 1e-6;
        assertThat(slopeA)
                .isCloseTo(
                        (likelihood.value(0.05 + step, 0.9) - likelihood.value(0.05 - step, 0.9)) / (2 * step),
                        within(1e-5 * Math.abs(slopeA)));
        assertThat(slopeB)
                .isCloseTo(
                        (likelihood.value(0.05, 0.9 + step) - likelihood.value(0.05, 0.9 - step)) / (2 * step),
                        within(1e-5 * Math.abs(slopeB)));
    }

    @ParameterizedTest
    @CsvSource({"0.05,0.90,1", "0.03,0.95,2", "0.10,0.80,3"})
    void recoversTheProcessThatMadeTheReturns(double a, double b, long seed) {
        var fit = Dcc.fit(returns(a, b, 6000, seed));

        // Standard errors at this length are about 0.008 and 0.02.
        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.a()).isCloseTo(a, within(0.03));
        assertThat(fit.b()).isCloseTo(b, within(0.06));
    }

    @Test
    void correlationsThatDoNotChangeStayConstant() {
        var fit = Dcc.fit(TCopulaTest.sample(CorrelationMatrix.uniform(2, 0.5), 100, 2000, 21));

        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.next().get(0, 1)).isCloseTo(0.5, within(0.1));
    }

    @Test
    void refusesPerfectlyDependentColumns() {
        var columns = TCopulaTest.sample(CorrelationMatrix.uniform(2, 0.5), 100, 200, 9);
        columns[1] = columns[0].clone();

        assertThatThrownBy(() -> Dcc.fit(columns)).hasMessageContaining("perfectly dependent");
    }

    /** Three assets of constant variance whose correlations follow equations 2 and 3 around 0.5. */
    private static double[][] returns(double a, double b, int rows, long seed) {
        var random = new SeededRandom(seed);
        var mean = CorrelationMatrix.uniform(3, 0.5).rows();
        var q = CorrelationMatrix.uniform(3, 0.5).rows();
        var columns = new double[3][rows];
        for (var row = 0; row < rows; row++) {
            var lower = CorrelationMatrix.ofCovariance(q).lower();
            var normal = new double[3];
            for (var i = 0; i < 3; i++) {
                normal[i] = SpecialFunctions.normalQuantile(random.nextDouble());
                for (var k = 0; k <= i; k++) {
                    columns[i][row] += lower[i][k] * normal[k];
                }
            }
            for (var i = 0; i < 3; i++) {
                for (var j = 0; j < 3; j++) {
                    q[i][j] = (1 - a - b) * mean[i][j] + a * columns[i][row] * columns[j][row] + b * q[i][j];
                }
            }
        }
        return columns;
    }
}
