package plimsoll.risk.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
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
        assertRelative(errors.covariance(), expected.get("cov").asDouble());
        assertRelative(fit.logLikelihood(), -expected.get("nll").asDouble());
        assertRelative(fit.valueAtRisk(0.99), expected.get("VaR_0.99").asDouble());
        assertRelative(fit.expectedShortfall(0.99), expected.get("ES_0.99").asDouble());
        assertRelative(fit.valueAtRisk(0.995), expected.get("VaR_0.995").asDouble());
        assertRelative(fit.expectedShortfall(0.995), expected.get("ES_0.995").asDouble());
        assertRelative(fit.valueAtRisk(0.999), expected.get("VaR_0.999").asDouble());
        assertRelative(fit.expectedShortfall(0.999), expected.get("ES_0.999").asDouble());
    }

    /** Coles, An Introduction to Statistical Modeling of Extreme Values (2001), section 4.4.1, as printed. */
    @Test
    void equalsColesOnDailyRain() throws IOException {
        var fit = GeneralizedPareto.fit(ReferenceData.column("ismev_rain.csv", 0), 30);

        var errors = fit.standardErrors().orElseThrow();
        assertThat(fit.observations()).isEqualTo(17_531);
        assertThat(fit.exceedances()).isEqualTo(152);
        assertThat(fit.beta()).isCloseTo(7.44, within(0.005));
        assertThat(fit.xi()).isCloseTo(0.184, within(0.001));
        assertThat(fit.logLikelihood()).isCloseTo(-485.1, within(0.05));
        assertThat(errors.beta()).isCloseTo(0.959, within(0.001));
        assertThat(errors.xi()).isCloseTo(0.101, within(0.0005));
    }

    /**
     * Grimshaw's way: with θ = ξ/β the likelihood is a function of θ alone, whose derivative was bisected in 80-bit
     * arithmetic by a script of its own (numpy 2.4.6); ξ, β and the log likelihood it found.
     */
    @ParameterizedTest
    @CsvSource({
        "ismev_rain.csv,0,1,30,0.1844990527015,7.440269033247,-485.09372131386",
        "evir_bmw.csv,1,-1,0.03,0.14281531684988,0.012562604944681,439.85329746576",
        "evir_bmw.csv,1,1,0.03,0.11895730035051,0.012003214654444,528.57975629582"
    })
    void equalsAOneDimensionalSearchInBothTails(
            String file, int column, int sign, double threshold, double xi, double beta, double logLikelihood)
            throws IOException {
        var losses = Arrays.stream(ReferenceData.column(file, column))
                .map(value -> sign * value)
                .toArray();

        var fit = GeneralizedPareto.fit(losses, threshold);

        assertRelative(fit.xi(), xi);
        assertRelative(fit.beta(), beta);
        assertRelative(fit.logLikelihood(), logLikelihood);
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
        var cents = Arrays.stream(losses).map(loss -> loss * 100).toArray();

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
