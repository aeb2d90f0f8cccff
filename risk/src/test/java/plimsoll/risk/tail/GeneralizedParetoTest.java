package plimsoll.risk.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.ReferenceData;
import plimsoll.risk.strict.SeededRandom;

class GeneralizedParetoTest {

    /** Danish fire losses (McNeil 1997), n = 2167, against a 40-digit maximum likelihood fit. */
    @ParameterizedTest
    @CsvSource({"10,danish_u10", "20,danish_u20"})
    void equalsTheFortyDigitFitOfTheDanishFireLosses(double threshold, String name) throws IOException {
        var losses = ReferenceData.column("danish_fire.csv", 1);
        var expected = ReferenceData.json("gpd_mle_40digit.json").get(name);

        var fit = GeneralizedPareto.fit(losses, threshold);

        var errors = fit.standardErrors().orElseThrow();
        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.exceedances()).isEqualTo(expected.get("n_exceed").asInt());
        assertRelative(fit.xi(), expected.get("xi").asDouble());
        assertRelative(fit.beta(), expected.get("beta").asDouble());
        assertRelative(errors.xi(), expected.get("se_xi").asDouble());
        assertRelative(errors.beta(), expected.get("se_beta").asDouble());
        assertRelative(fit.logLikelihood(), -expected.get("nll").asDouble());
        assertRelative(fit.valueAtRisk(0.99), expected.get("VaR_0.99").asDouble());
        assertRelative(fit.expectedShortfall(0.99), expected.get("ES_0.99").asDouble());
        assertRelative(fit.valueAtRisk(0.999), expected.get("VaR_0.999").asDouble());
        assertRelative(fit.expectedShortfall(0.999), expected.get("ES_0.999").asDouble());
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.3, -0.05, 0, 1e-9, 0.2, 0.5, 1.2})
    void recoversTheTailThatMadeTheLosses(double xi) {
        var fit = GeneralizedPareto.fit(sample(20_000, xi, 2.5, 3), 0);

        // Asymptotic standard error of ξ: (1 + ξ)/√n, at most 0.016; the bound is four of them.
        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.xi()).isCloseTo(xi, within(4 * (1 + xi) / Math.sqrt(20_000)));
        assertThat(fit.beta()).isCloseTo(2.5, within(0.15));
        assertThat(fit.standardErrors().orElseThrow().xi()).isCloseTo((1 + xi) / Math.sqrt(20_000), within(0.002));
    }

    @Test
    void doesNotDependOnTheUnit() {
        var losses = sample(300, 0.3, 1, 1);
        var cents = java.util.Arrays.stream(losses).map(loss -> loss * 100).toArray();

        var first = GeneralizedPareto.fit(losses, 0.5);
        var second = GeneralizedPareto.fit(cents, 50);

        assertThat(second.xi()).isCloseTo(first.xi(), within(1e-10));
        assertThat(second.beta()).isCloseTo(first.beta() * 100, within(1e-8));
    }

    @Test
    void exponentialTailByHand() {
        var fit = new TailFit(1000, 2, 100, 0, 0.5, java.util.Optional.empty(), 0, true);

        // VaR = 2 − 0.5·ln(0.01·1000/100) = 2 + 0.5·2.302585 = 3.151293; memoryless: ES = VaR + β
        assertThat(fit.valueAtRisk(0.99)).isCloseTo(3.151293, within(1e-6));
        assertThat(fit.expectedShortfall(0.99)).isCloseTo(3.651293, within(1e-6));
        assertThat(fit.valueAtRisk(0.9)).isEqualTo(2);
        assertThatThrownBy(() -> fit.valueAtRisk(0.5)).hasMessageContaining("not in the tail");
    }

    @Test
    void meanOfAVeryHeavyTailIsInfinite() {
        var fit = new TailFit(1000, 2, 100, 1, 0.5, java.util.Optional.empty(), 0, true);

        assertThat(fit.expectedShortfall(0.99)).isInfinite();
    }

    @Test
    void refusesTooFewExcesses() {
        assertThatThrownBy(() -> GeneralizedPareto.fit(sample(20, 0, 1, 1), 100))
                .hasMessageContaining("too few losses above the threshold");
    }

    private static double[] sample(int size, double xi, double beta, long seed) {
        var tail = new TailFit(size, 0, size, xi, beta, java.util.Optional.empty(), 0, true);
        return new SeededRandom(seed).doubles(size).map(tail::quantile).toArray();
    }

    private static void assertRelative(double found, double expected) {
        assertThat(found / expected)
                .describedAs("found %s, expected %s", found, expected)
                .isCloseTo(1, within(1e-10));
    }
}
