package plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.StudentT;

class EwmaTest {

    @Test
    void forgetsGeometrically() {
        var variances = Ewma.variances(new double[] {2, 0, 0}, 0.5);

        // h₁ = mean(r²) = 4/3; h₂ = 2/3 + 2 = 8/3; h₃ = 4/3; h₄ = 2/3
        assertThat(variances).containsExactly(new double[] {4 / 3.0, 8 / 3.0, 4 / 3.0, 2 / 3.0}, within(1e-15));
        assertThatThrownBy(() -> Ewma.variances(new double[] {1}, 1)).hasMessageContaining("lambda");
    }

    @Test
    void lossesMoveTheVarianceByTheirOwnDecay() {
        var step = Ewma.step(0.8, 0.9);

        // A loss of two deviations: 0.8·4 + 0.2·16 = 6.4; a gain of as much: 0.9·4 + 0.1·16 = 5.2
        assertThat(step.next(4, -2)).isCloseTo(6.4, within(1e-15));
        assertThat(step.next(4, 2)).isCloseTo(5.2, within(1e-15));
        assertThat(step.after(4, -4)).isCloseTo(6.4, within(1e-15));
    }

    @Test
    void gradientAndHessianEqualFiniteDifferences() {
        var likelihood = new EwmaLikelihood(simulated(400, 0.90, 0.96, 5, 2));
        var theta = new double[] {0.88, 0.95, 4.5};
        var gradient = new double[3];
        likelihood.valueAndGradient(theta, gradient);
        var hessian = likelihood.second(theta).hessian;

        for (var i = 0; i < 3; i++) {
            var step = 1e-6 * theta[i];
            var up = theta.clone();
            up[i] += step;
            var down = theta.clone();
            down[i] -= step;
            var above = new double[3];
            var below = new double[3];
            var slope =
                    (likelihood.valueAndGradient(up, above) - likelihood.valueAndGradient(down, below)) / (2 * step);
            assertThat(slope).isCloseTo(gradient[i], within(1e-6 * (1 + Math.abs(gradient[i]))));
            for (var j = 0; j < 3; j++) {
                var curvature = (above[j] - below[j]) / (2 * step);
                assertThat(hessian[i][j]).isCloseTo(curvature, within(1e-6 * (1 + Math.abs(curvature))));
            }
        }
    }

    @Test
    void recoversTheDecaysThatMadeTheReturns() {
        var fit = Ewma.fitAsymmetric(simulated(8000, 0.90, 0.97, 5, 6));

        var errors = fit.standardErrors().hessian().orElseThrow();
        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.parameters().lambdaDown()).isCloseTo(0.90, within(4 * errors.lambdaDown()));
        assertThat(fit.parameters().lambdaUp()).isCloseTo(0.97, within(4 * errors.lambdaUp()));
        assertThat(fit.parameters().nu()).isCloseTo(5, within(4 * errors.nu()));
        assertThat(errors.lambdaDown()).isBetween(0.001, 0.01);
        // Where the model is true, the sandwich is the Hessian's up to sampling.
        assertThat(fit.standardErrors().quasiMaximumLikelihood().orElseThrow().lambdaDown() / errors.lambdaDown())
                .isBetween(0.8, 1.25);
    }

    /**
     * Daily log returns of ETH-USDT in percent, 2018-01-02 to 2025-06-30, against Nelder and Mead's search, which knows no
     * derivatives, with the density written out once more (a numpy script): log likelihood −7671.042064588.
     */
    @Test
    void equalsASearchWithoutDerivatives() throws IOException {
        var fit = Ewma.fitAsymmetric(DailyReturns.percent("ETH-USDT_binance", "2025-06-30"));

        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.logLikelihood()).isCloseTo(-7671.042064587684, within(1e-7));
        assertThat(fit.parameters().lambdaDown()).isCloseTo(0.95104248, within(1e-6));
        assertThat(fit.parameters().lambdaUp()).isCloseTo(0.94755808, within(1e-6));
        assertThat(fit.parameters().nu()).isCloseTo(3.992966, within(2e-5));
    }

    @Test
    void symmetricFitHasOneDecayAndALowerLikelihood() {
        var returns = simulated(3000, 0.90, 0.97, 5, 8);

        var one = Ewma.fitSymmetric(returns);
        var two = Ewma.fitAsymmetric(returns);

        assertThat(one.isConverged()).isTrue();
        assertThat(one.parameters().lambdaUp()).isEqualTo(one.parameters().lambdaDown());
        assertThat(one.parameters().lambdaUp())
                .isBetween(two.parameters().lambdaDown(), two.parameters().lambdaUp());
        assertThat(two.logLikelihood()).isGreaterThan(one.logLikelihood());
    }

    @Test
    void stepRepeatsTheFittedRecursion() {
        var fit = Ewma.fitAsymmetric(simulated(400, 0.90, 0.97, 5, 9));
        var variances = fit.variances();
        var residuals = fit.standardizedResiduals();

        for (var t = 1; t < variances.length; t++) {
            assertThat(fit.step().next(variances[t - 1], residuals[t - 1]))
                    .isCloseTo(variances[t], within(1e-12 * variances[t]));
        }
        assertThat(fit.step().next(variances[399], residuals[399]))
                .isCloseTo(fit.nextVariance(), within(1e-12 * fit.nextVariance()));
    }

    @Test
    void survivesReturnsThatNeverCluster() {
        var returns = simulated(600, 0.9999, 0.9999, 400, 4);

        var fit = Ewma.fitAsymmetric(returns);

        assertThat(fit.parameters().lambdaDown()).isGreaterThan(0.97);
        assertThat(fit.nextVariance()).isBetween(0.7, 1.3);
    }

    @Test
    void refusesWhatItCannotFit() {
        assertThatThrownBy(() -> Ewma.fitAsymmetric(new double[10])).hasMessageContaining("too few returns");
        assertThatThrownBy(() -> Ewma.fitSymmetric(new double[100])).hasMessageContaining("no finite variation");
    }

    private static double[] simulated(int size, double lambdaDown, double lambdaUp, double nu, long seed) {
        var random = new SeededRandom(seed);
        var step = Ewma.step(lambdaDown, lambdaUp);
        var unit = Math.sqrt((nu - 2) / nu);
        var returns = new double[size];
        var h = 1.0;
        for (var t = 0; t < size; t++) {
            var z = unit * StudentT.quantile(random.nextDouble(), nu);
            returns[t] = Math.sqrt(h) * z;
            h = step.next(h, z);
        }
        return returns;
    }
}
