package plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.risk.ReferenceData;
import plimsoll.risk.volatility.GarchSpecification.Innovations;
import plimsoll.risk.volatility.GarchSpecification.Variance;

/** DEM/GBP daily returns in percent (Bollerslev and Ghysels), n = 1974, against published estimates. */
class PublishedGarchTest {

    @Test
    void equalsFiorentiniCalzolariPanattoniToEightDigits() throws IOException {
        var published = ReferenceData.json("garch_published.json").get("garch11");

        var fit = Garch.fit(demGbp(), GarchSpecification.GARCH_NORMAL);

        var p = fit.parameters();
        var expected = published.get("params");
        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.isPersistenceHeld()).isFalse();
        assertDigits(8, p.mu(), expected.get("mu").asDouble());
        assertDigits(8, p.omega(), expected.get("a0").asDouble());
        assertDigits(8, p.alpha(), expected.get("a1").asDouble());
        assertDigits(8, p.beta(), expected.get("b1").asDouble());
        assertDigits(12, fit.logLikelihood(), published.get("loglik").asDouble());
    }

    @Test
    void standardErrorsEqualAllFiveToSixDigits() throws IOException {
        var published = ReferenceData.json("garch_published.json").get("garch11");

        var errors = Garch.fit(demGbp(), GarchSpecification.GARCH_NORMAL).standardErrors();

        var se = published.get("se");
        assertErrors(6, errors.hessian().orElseThrow(), se.get("hessian"));
        assertErrors(6, errors.informationMatrix().orElseThrow(), se.get("im"));
        assertErrors(6, errors.bollerslevWooldridge().orElseThrow(), se.get("bollerslev_wooldridge"));
        assertErrors(6, errors.quasiMaximumLikelihood().orElseThrow(), se.get("qmle_white"));
        assertErrors(8, errors.hessian().orElseThrow(), published.get("se_hessian_16digits_here"));
        assertErrors(8, errors.outerProducts().orElseThrow(), published.get("se_opg_16digits_here"));
        assertErrors(8, errors.quasiMaximumLikelihood().orElseThrow(), published.get("se_qmle_16digits_here"));
    }

    @Test
    void gjrEqualsTheFortyDigitFit() throws IOException {
        var expected = ReferenceData.json("garch_mle_40digit.json").get("gjr_presample_meanneg");

        var fit = Garch.fit(demGbp(), new GarchSpecification(Variance.GJR, Innovations.NORMAL));

        assertParameters(8, fit.parameters(), expected.get("params"));
        assertParameters(6, fit.standardErrors().hessian().orElseThrow(), expected.get("se_hessian"));
        assertDigits(10, fit.logLikelihood(), expected.get("loglik").asDouble());
    }

    @Test
    void egarchEqualsTheFortyDigitFit() throws IOException {
        var expected = ReferenceData.json("garch_published.json")
                .get("egarch11")
                .get("e0_mean")
                .get("here_40digit");

        var fit = Garch.fit(demGbp(), new GarchSpecification(Variance.EGARCH, Innovations.NORMAL));

        assertParameters(8, fit.parameters(), expected);
        assertParameters(6, fit.standardErrors().hessian().orElseThrow(), expected.get("se_hessian"));
        assertDigits(10, fit.logLikelihood(), expected.get("loglik").asDouble());
    }

    @Test
    void studentTIsHeldAtTheLargestPersistence() throws IOException {
        var fit = Garch.fit(demGbp(), GarchSpecification.GARCH_T);

        // Without the constraint the maximum has α + β = 1.009: the variance forecast would explode.
        assertThat(fit.isPersistenceHeld()).isTrue();
        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.parameters().persistence(fit.specification()))
                .isCloseTo(Garch.LARGEST_PERSISTENCE, within(1e-15));
        assertThat(fit.parameters().nu().orElseThrow()).isBetween(3.0, 6.0);
    }

    /** The other half of that decision: nothing but the bound keeps it there. */
    @Test
    void studentTWouldGoOnPastTheBound() throws IOException {
        var returns = demGbp();
        var fit = Garch.fit(returns, GarchSpecification.GARCH_T);
        var p = fit.parameters();
        var likelihood = new GarchLikelihood(GarchSpecification.GARCH_T, returns);
        likelihood.valueAndGradient(new double[] {p.mu(), p.omega(), p.alpha(), p.beta(), p.nu().orElseThrow()});
        var gradient = likelihood.gradient;

        // Along the bound α + β = 0.9999 the likelihood is flat; across it, still rising.
        assertThat(gradient[GarchSpecification.ALPHA])
                .isPositive()
                .isCloseTo(gradient[GarchSpecification.BETA], within(1e-5 * gradient[GarchSpecification.ALPHA]));
        assertThat(gradient[GarchSpecification.OMEGA] * p.omega()).isCloseTo(0, within(1e-5));
        var free = GarchSearch.from(
                new double[] {0, 0.02, 0.1, 0.88, 5}, likelihood, returns, 0.47, GarchSpecification.GARCH_T, false);
        assertThat(free.persistence()).isCloseTo(1.009, within(0.0005));
        assertThat(free.logLikelihood()).isGreaterThan(fit.logLikelihood());
    }

    /**
     * EGARCH with skewed t innovations against Nelder and Mead's search, which knows no derivatives, with recursion and
     * density written out once more (a numpy script): log likelihood −980.466652108 and the parameters below.
     */
    @Test
    void skewedTEqualsASearchWithoutDerivatives() throws IOException {
        var fit = Garch.fit(demGbp(), new GarchSpecification(Variance.EGARCH, Innovations.SKEWED_T));

        var p = fit.parameters();
        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.logLikelihood()).isCloseTo(-980.466652107624, within(1e-8));
        assertThat(p.mu()).isCloseTo(-0.01208237, within(1e-7));
        assertThat(p.omega()).isCloseTo(-0.0383995, within(2e-7));
        assertThat(p.alpha()).isCloseTo(0.2552851, within(2e-7));
        assertThat(p.beta()).isCloseTo(0.9768866, within(2e-7));
        assertThat(p.gamma().orElseThrow()).isCloseTo(-0.0396980, within(2e-7));
        assertThat(p.nu().orElseThrow()).isCloseTo(4.211571, within(2e-6));
        assertThat(p.lambda().orElseThrow()).isCloseTo(-0.1001193, within(2e-7));
    }

    /** The same of GJR on the first 2,000 daily log returns of Boeing, in percent. */
    @Test
    void skewedTGjrEqualsASearchWithoutDerivatives() throws IOException {
        var boeing = Arrays.stream(ReferenceData.column("dji30ret_5cols.csv", 3))
                .limit(2000)
                .map(r -> 100 * r)
                .toArray();

        var fit = Garch.fit(boeing, new GarchSpecification(Variance.GJR, Innovations.SKEWED_T));

        var p = fit.parameters();
        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.logLikelihood()).isCloseTo(-3642.4464824967304, within(1e-7));
        assertThat(p.mu()).isCloseTo(0.039679, within(1e-5));
        assertThat(p.omega()).isCloseTo(0.070704, within(1e-5));
        assertThat(p.alpha()).isCloseTo(0.022857, within(1e-5));
        assertThat(p.beta()).isCloseTo(0.931368, within(1e-5));
        assertThat(p.gamma().orElseThrow()).isCloseTo(0.038035, within(1e-5));
        assertThat(p.nu().orElseThrow()).isCloseTo(5.077354, within(1e-4));
        assertThat(p.lambda().orElseThrow()).isCloseTo(0.057315, within(1e-5));
    }

    static double[] demGbp() throws IOException {
        return ReferenceData.column("dem2gbp.csv", 1);
    }

    private static void assertParameters(int digits, GarchParameters found, JsonNode expected) {
        assertDigits(digits, found.mu(), expected.get("mu").asDouble());
        assertDigits(digits, found.omega(), expected.get("omega").asDouble());
        assertDigits(digits, found.alpha(), expected.get("alpha").asDouble());
        assertDigits(digits, found.beta(), expected.get("beta").asDouble());
        assertDigits(digits, found.gamma().orElseThrow(), expected.get("gamma").asDouble());
    }

    private static void assertErrors(int digits, GarchParameters found, JsonNode expected) {
        var values = List.of(found.mu(), found.omega(), found.alpha(), found.beta());
        for (var i = 0; i < values.size(); i++) {
            assertDigits(digits, values.get(i), expected.get(i).asDouble());
        }
    }

    private static void assertDigits(int digits, double found, double expected) {
        assertThat(found / expected)
                .describedAs("found %s, expected %s", found, expected)
                .isCloseTo(1, within(0.5 * StrictMath.pow(10, 1 - digits)));
    }
}
