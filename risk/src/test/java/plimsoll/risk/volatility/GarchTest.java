package plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.risk.volatility.GarchSpecification.Innovations;
import plimsoll.risk.volatility.GarchSpecification.Variance;

class GarchTest {

    static Stream<GarchSpecification> specifications() {
        return Stream.of(Variance.values())
                .flatMap(variance ->
                        Stream.of(Innovations.values()).map(kind -> new GarchSpecification(variance, kind)));
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void gradientAndHessianEqualFiniteDifferences(GarchSpecification specification) {
        var returns = simulated(300, 11);
        var theta = theta(specification);
        var likelihood = new GarchLikelihood(specification, returns);

        likelihood.valueAndGradient(theta);
        var gradient = likelihood.gradient.clone();
        var hessian = likelihood.derivatives(theta).hessian();

        for (var i = 0; i < theta.length; i++) {
            var step = 1e-5 * Math.max(0.1, Math.abs(theta[i]));
            var up = theta.clone();
            up[i] += step;
            var down = theta.clone();
            down[i] -= step;
            var slope = (likelihood.valueAndGradient(up) - likelihood.valueAndGradient(down)) / (2 * step);
            assertThat(slope).isCloseTo(gradient[i], within(1e-6 * (1 + Math.abs(gradient[i]))));
            likelihood.valueAndGradient(up);
            var above = likelihood.gradient.clone();
            likelihood.valueAndGradient(down);
            for (var j = 0; j < theta.length; j++) {
                var curvature = (above[j] - likelihood.gradient[j]) / (2 * step);
                assertThat(hessian[i][j])
                        .describedAs("%s %d %d", specification, i, j)
                        .isCloseTo(curvature, within(1e-6 * (1 + Math.abs(curvature))));
            }
        }
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void recoversTheParametersThatMadeTheReturns(GarchSpecification specification) {
        var fit = Garch.fit(simulated(8000, 5), specification);

        // The sample is GARCH(1,1) with normal innovations, ω 0.02, α 0.08, β 0.90; every model nests it or comes
        // close.
        var p = fit.parameters();
        assertThat(fit.isConverged()).isTrue();
        assertThat(p.mu()).isCloseTo(0, within(0.04));
        if (specification.variance() != Variance.EGARCH) {
            assertThat(p.omega()).isCloseTo(0.02, within(0.012));
            assertThat(p.alpha()).isCloseTo(0.08, within(0.02));
            assertThat(p.beta()).isCloseTo(0.90, within(0.03));
        }
        if (p.gamma().isPresent()) {
            assertThat(p.gamma().getAsDouble()).isCloseTo(0, within(0.03));
        }
        if (p.nu().isPresent()) {
            assertThat(p.nu().getAsDouble()).isGreaterThan(25);
        }
    }

    @ParameterizedTest
    @EnumSource(Variance.class)
    void recoversTheSkewedTThatMadeTheReturns(Variance variance) {
        var specification = new GarchSpecification(variance, Innovations.SKEWED_T);
        var truth = theta(specification);
        truth[GarchSpecification.OMEGA] = 0.02;
        var returns = new double[6000];
        var random = new SeededRandom(17);
        var distribution = new SkewedStudentT(truth[specification.nu()], truth[specification.lambda()]);
        var step = VarianceStep.of(specification, truth);
        var h = 0.5;
        for (var t = 0; t < returns.length; t++) {
            var z = distribution.quantile(random.nextDouble());
            returns[t] = truth[GarchSpecification.MU] + Math.sqrt(h) * z;
            h = step.next(h, z);
        }

        var fit = Garch.fit(returns, specification);

        var p = fit.parameters();
        var errors = fit.standardErrors().quasiMaximumLikelihood().orElseThrow();
        assertThat(fit.isConverged()).isTrue();
        assertThat(p.mu()).isCloseTo(truth[GarchSpecification.MU], within(4 * errors.mu()));
        assertThat(p.omega()).isCloseTo(truth[GarchSpecification.OMEGA], within(4 * errors.omega()));
        assertThat(p.alpha()).isCloseTo(truth[GarchSpecification.ALPHA], within(4 * errors.alpha()));
        assertThat(p.beta()).isCloseTo(truth[GarchSpecification.BETA], within(4 * errors.beta()));
        assertThat(p.nu().orElseThrow())
                .isCloseTo(truth[specification.nu()], within(4 * errors.nu().orElseThrow()));
        assertThat(p.lambda().orElseThrow())
                .isCloseTo(
                        truth[specification.lambda()],
                        within(4 * errors.lambda().orElseThrow()));
        assertThat(errors.lambda().orElseThrow()).isBetween(0.005, 0.04);
    }

    @Test
    void doesNotDependOnTheUnitOfTheReturns() {
        var percent = simulated(1500, 3);
        var fraction = Arrays.stream(percent).map(r -> r / 100).toArray();

        var first = Garch.fit(percent, GarchSpecification.GARCH_T).parameters();
        var second = Garch.fit(fraction, GarchSpecification.GARCH_T).parameters();

        assertThat(second.mu() * 100).isCloseTo(first.mu(), within(1e-9));
        assertThat(second.omega() * 10_000).isCloseTo(first.omega(), within(1e-9));
        assertThat(second.alpha()).isCloseTo(first.alpha(), within(1e-9));
        assertThat(second.beta()).isCloseTo(first.beta(), within(1e-9));
    }

    @Test
    void variancesFollowTheRecursionByHand() {
        var specification = GarchSpecification.GARCH_NORMAL;
        var theta = new double[] {0, 0.2, 0.2, 0.3};
        var returns = new double[] {0.1, 0.1, 0.1, 0.1};

        var variances = new GarchLikelihood(specification, returns).variances(theta);

        // h₀ = e₀² = mean(e²) = 0.01; h₁ = 0.2 + 0.5·0.01 = 0.205; h₂ = 0.2 + 0.2·0.01 + 0.3·0.205 = 0.2635;
        // h₃ = 0.202 + 0.3·0.2635 = 0.28105; √0.205 = 0.452769, √0.2635 = 0.513323, √0.28105 = 0.530141
        assertThat(Arrays.stream(variances).map(Math::sqrt).limit(3).toArray())
                .containsExactly(new double[] {0.452769, 0.513323, 0.530141}, within(1e-6));
        assertThat(variances).hasSize(5);
    }

    @ParameterizedTest
    @MethodSource("specifications")
    void stepRepeatsTheFittedRecursion(GarchSpecification specification) {
        var fit = Garch.fit(simulated(400, 9), specification);
        var variances = fit.variances();
        var residuals = fit.standardizedResiduals();

        var step = fit.step();

        for (var t = 1; t < variances.length; t++) {
            assertThat(step.next(variances[t - 1], residuals[t - 1]))
                    .isCloseTo(variances[t], within(1e-12 * variances[t]));
        }
        assertThat(step.next(variances[399], residuals[399])).isCloseTo(fit.nextVariance(), within(1e-12));
    }

    @Test
    void survivesReturnsWithoutVolatilityClusters() {
        var random = new SeededRandom(4);
        var returns = random.doubles(600).map(SpecialFunctions::normalQuantile).toArray();

        for (var specification : List.of(GarchSpecification.GARCH_NORMAL, GarchSpecification.GARCH_T)) {
            var fit = Garch.fit(returns, specification);

            assertThat(fit.nextVariance()).isBetween(0.7, 1.3);
            assertThat(fit.parameters().alpha()).isBetween(0.0, 0.1);
        }
    }

    @Test
    void refusesWhatItCannotFit() {
        assertThatThrownBy(() -> Garch.fit(new double[10], GarchSpecification.GARCH_T))
                .hasMessageContaining("too few returns");
        assertThatThrownBy(() -> Garch.fit(new double[100], GarchSpecification.GARCH_T))
                .hasMessageContaining("no finite variation");
    }

    private static double[] theta(GarchSpecification specification) {
        var theta = new double[specification.parameters()];
        theta[GarchSpecification.MU] = 0.03;
        theta[GarchSpecification.OMEGA] = specification.variance() == Variance.EGARCH ? 0.01 : 0.05;
        theta[GarchSpecification.ALPHA] = 0.12;
        theta[GarchSpecification.BETA] = 0.83;
        if (specification.hasGamma()) {
            theta[GarchSpecification.GAMMA] = 0.04;
        }
        if (specification.hasNu()) {
            theta[specification.nu()] = 5.5;
        }
        if (specification.hasLambda()) {
            theta[specification.lambda()] = -0.2;
        }
        return theta;
    }

    /** GARCH(1,1) with ω 0.02, α 0.08, β 0.90, normal innovations: unconditional variance 1. */
    static double[] simulated(int size, long seed) {
        var random = new SeededRandom(seed);
        var returns = new double[size];
        var h = 1.0;
        for (var t = 0; t < size; t++) {
            returns[t] = Math.sqrt(h) * SpecialFunctions.normalQuantile(random.nextDouble());
            h = 0.02 + 0.08 * returns[t] * returns[t] + 0.90 * h;
        }
        return returns;
    }
}
