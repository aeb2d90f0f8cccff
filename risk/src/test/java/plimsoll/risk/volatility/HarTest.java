package plimsoll.risk.volatility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import plimsoll.risk.ReferenceData;
import plimsoll.risk.strict.SeededRandom;

/** S&P 500 realised variance of Bollerslev, Patton and Quaedvlieg (2016), n = 4096. */
class HarTest {

    private static final String DATA = "sp500rm_bpq2016.csv";
    private static final int RV = 1;
    private static final int BPV = 4;
    private static final int TPQ = 7;

    @Test
    void equalsThePublishedRegressionToSevenDigits() throws IOException {
        var expected = ReferenceData.json("har_reference.json");

        var fit = Har.fit(ReferenceData.column(DATA, RV));

        var c = fit.coefficients();
        var found = new double[] {c.constant(), c.day(), c.week(), c.month()};
        assertThat(fit.rows()).isEqualTo(4074);
        for (var i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected.get("expected").get(i).asDouble(), within(5e-8));
            assertThat(found[i]).isCloseTo(expected.get("ols_12digits").get(i).asDouble(), within(1e-12));
        }
        assertThat(fit.rSquared()).isCloseTo(expected.get("r2").asDouble(), within(1e-11));
        assertThat(fit.meanSquaredError()).isCloseTo(expected.get("mse").asDouble(), within(1e-10));
    }

    /** RV on bipower variation, its weekly and monthly means, and yesterday's times how far √TPQ is from its mean. */
    @Test
    void leastSquaresReproducesTheCharqRegression() throws IOException {
        var expected = ReferenceData.json("har_reference.json").get("charq_expected");
        var variance = ReferenceData.column(DATA, RV);
        var bipower = ReferenceData.column(DATA, BPV);
        var quarticity = ReferenceData.column(DATA, TPQ);
        var rows = variance.length - Har.MONTH;
        var meanError = Arrays.stream(quarticity).map(Math::sqrt).average().orElseThrow();
        var columns = new double[5][rows];
        for (var t = 0; t < rows; t++) {
            var now = t + Har.MONTH;
            columns[0][t] = 1;
            columns[1][t] = bipower[now - 1];
            columns[2][t] = mean(bipower, now - Har.WEEK, now);
            columns[3][t] = mean(bipower, now - Har.MONTH, now);
            columns[4][t] = (Math.sqrt(quarticity[now - 1]) - meanError) * bipower[now - 1];
        }

        var found = LeastSquares.of(columns, Arrays.copyOfRange(variance, Har.MONTH, variance.length))
                .coefficients();

        for (var i = 0; i < found.length; i++) {
            assertThat(found[i]).isCloseTo(expected.get(i).asDouble(), within(5e-9));
        }
    }

    private static double mean(double[] values, int from, int to) {
        return Arrays.stream(values, from, to).average().orElseThrow();
    }

    @Test
    void findsTheRegressionThatMadeTheVariances() {
        var variances = new SeededRandom(3).doubles(90).map(u -> 1 + u).toArray();
        for (var t = Har.MONTH; t < variances.length; t++) {
            variances[t] =
                    0.1 + 0.3 * variances[t - 1] + 0.4 * mean(variances, t - 5, t) + 0.2 * mean(variances, t - 22, t);
        }
        var next = 0.1 + 0.3 * variances[89] + 0.4 * mean(variances, 85, 90) + 0.2 * mean(variances, 68, 90);

        var fit = Har.fit(variances);

        assertThat(fit.coefficients().day()).isCloseTo(0.3, within(1e-7));
        assertThat(fit.coefficients().week()).isCloseTo(0.4, within(1e-7));
        assertThat(fit.coefficients().month()).isCloseTo(0.2, within(1e-7));
        assertThat(fit.nextVariance()).isCloseTo(next, within(1e-9));
        assertThat(fit.standardErrors().day()).isLessThan(1e-6);
    }

    @Test
    void refusesWhatItCannotFit() {
        assertThatThrownBy(() -> Har.fit(new double[30])).hasMessageContaining("too few realised variances");
        assertThatThrownBy(() -> Har.fit(new double[100])).hasMessageContaining("not independent");
        var negative = new double[100];
        negative[7] = -1;
        assertThatThrownBy(() -> Har.fit(negative)).hasMessageContaining("no finite number");
    }
}
