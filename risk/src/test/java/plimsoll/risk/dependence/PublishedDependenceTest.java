package plimsoll.risk.dependence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.risk.ReferenceData;

/** Against scikit-learn's intensities and against maximum likelihood of copulas computed independently. */
class PublishedDependenceTest {

    @Test
    void shrinksByTheIntensitiesOfScikitLearn() throws IOException {
        var columns = columns("dji30retw_10cols.csv", 10);
        var expected = ReferenceData.json("shrinkage_reference.json");

        assertThat(ShrunkCovariance.ledoitWolf(columns).shrinkage())
                .isCloseTo(expected.get("lw").asDouble(), within(1e-14));
        assertThat(ShrunkCovariance.oas(columns).shrinkage())
                .isCloseTo(expected.get("oas").asDouble(), within(1e-14));
    }

    @Test
    void fitsTheTCopulaOfThreeStocks() throws IOException {
        var expected = ReferenceData.json("tcopula_rdj_reference.json").get("t");
        var parameters = expected.get("rho12_rho13_rho23_nu");

        var fit = TCopula.fit(columns("rdj_intc_msft_ge.csv", 3));

        var correlation = fit.copula().correlation();
        var errors = fit.standardErrors().orElseThrow();
        assertThat(fit.isConverged()).isTrue();
        assertThat(correlation.get(0, 1)).isCloseTo(parameters.get(0).asDouble(), within(1e-6));
        assertThat(correlation.get(0, 2)).isCloseTo(parameters.get(1).asDouble(), within(1e-6));
        assertThat(correlation.get(1, 2)).isCloseTo(parameters.get(2).asDouble(), within(1e-6));
        assertThat(fit.copula().nu()).isCloseTo(parameters.get(3).asDouble(), within(1e-4));
        assertThat(fit.logLikelihood()).isCloseTo(expected.get("loglik").asDouble(), within(1e-6));
        assertThat(errors.correlation(0, 1)).isCloseTo(expected.get("se").get(0).asDouble(), within(1e-5));
        assertThat(errors.correlation(1, 2)).isCloseTo(expected.get("se").get(2).asDouble(), within(1e-5));
        assertThat(errors.nu()).isCloseTo(expected.get("se").get(3).asDouble(), within(1e-3));
    }

    @Test
    void fitsTheGaussianCopulaOfThreeStocks() throws IOException {
        var expected = ReferenceData.json("tcopula_rdj_reference.json").get("gauss");
        var parameters = expected.get("rho12_rho13_rho23");

        var fit = TCopula.fitGaussian(columns("rdj_intc_msft_ge.csv", 3));

        var correlation = fit.copula().correlation();
        assertThat(fit.isConverged()).isTrue();
        assertThat(correlation.get(0, 1)).isCloseTo(parameters.get(0).asDouble(), within(1e-6));
        assertThat(correlation.get(0, 2)).isCloseTo(parameters.get(1).asDouble(), within(1e-6));
        assertThat(correlation.get(1, 2)).isCloseTo(parameters.get(2).asDouble(), within(1e-6));
        assertThat(fit.logLikelihood()).isCloseTo(expected.get("loglik").asDouble(), within(1e-6));
    }

    @Test
    void correlationsFromRanksAreNearTheJointEstimate() throws IOException {
        var columns = columns("rdj_intc_msft_ge.csv", 3);

        var joint = TCopula.fit(columns);
        var ranks = TCopula.fitByRanks(columns);

        // Within two standard errors (0.018 to 0.026, and 0.84 for ν) of the joint maximum.
        assertThat(ranks.copula().correlation().get(0, 1))
                .isCloseTo(joint.copula().correlation().get(0, 1), within(0.04));
        assertThat(ranks.copula().nu()).isCloseTo(joint.copula().nu(), within(1.7));
        assertThat(ranks.logLikelihood()).isLessThan(joint.logLikelihood());
    }

    /** Two-step estimates at 40 digits; conventions in the file. */
    @Test
    void fitsTheDccOfThreeStocks() throws IOException {
        var expected = ReferenceData.json("dcc_reference.json");
        var dcc = expected.get("dcc");

        var fit = Dcc.fit(columns("dji30retw_10cols.csv", 3));

        assertThat(fit.isConverged()).isTrue();
        for (var i = 0; i < 3; i++) {
            var marginal = expected.get(List.of("AA", "AXP", "BA").get(i));
            var parameters = fit.marginals().get(i).parameters();
            assertSixDigits(parameters.omega(), marginal.get("params").get("omega"));
            assertSixDigits(parameters.alpha(), marginal.get("params").get("alpha"));
            assertSixDigits(parameters.beta(), marginal.get("params").get("beta"));
            assertSixDigits(fit.marginals().get(i).logLikelihood(), marginal.get("loglik"));
            for (var j = 0; j < 3; j++) {
                assertSixDigits(fit.meanProduct()[i][j], dcc.get("Qbar").get(i).get(j));
            }
        }
        assertSixDigits(fit.a(), dcc.get("a"));
        assertSixDigits(fit.b(), dcc.get("b"));
        assertSixDigits(fit.correlationLogLikelihood(), dcc.get("corr_part_loglik"));
        assertSixDigits(fit.logLikelihood(), dcc.get("total_loglik"));
        assertSixDigits(fit.last().get(0, 1), dcc.get("last_R").get("AA_AXP"));
        assertSixDigits(fit.last().get(0, 2), dcc.get("last_R").get("AA_BA"));
        assertSixDigits(fit.last().get(1, 2), dcc.get("last_R").get("AXP_BA"));
    }

    private static void assertSixDigits(double found, JsonNode expected) {
        assertThat(found / expected.asDouble())
                .describedAs("found %s, expected %s", found, expected)
                .isCloseTo(1, within(5e-7));
    }

    static double[][] columns(String file, int assets) throws IOException {
        var columns = new double[assets][];
        for (var i = 0; i < assets; i++) {
            columns[i] = ReferenceData.column(file, i + 1);
        }
        return columns;
    }
}
