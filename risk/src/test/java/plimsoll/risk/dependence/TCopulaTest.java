package plimsoll.risk.dependence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.Samples;
import plimsoll.risk.dependence.JointResiduals.Series;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.risk.strict.StudentT;

class TCopulaTest {

    /** McNeil, Frey and Embrechts, Quantitative Risk Management (2005), table 5.1: λ of the bivariate t copula. */
    @ParameterizedTest
    @CsvSource({
        "2,-0.5,0.06",
        "2,0,0.18",
        "2,0.5,0.39",
        "2,0.9,0.72",
        "4,0,0.08",
        "4,0.5,0.25",
        "4,0.9,0.63",
        "10,-0.5,0.00",
        "10,0,0.01",
        "10,0.5,0.08",
        "10,0.9,0.46"
    })
    void tailDependenceEqualsThePublishedTable(double nu, double rho, double expected) {
        var copula = new TCopula(CorrelationMatrix.of(new double[][] {{1, rho}, {rho, 1}}), nu);

        assertThat(copula.tailDependence(0, 1)).isCloseTo(expected, within(0.005));
    }

    @Test
    void gaussianExtremesComeAlone() {
        var correlation = CorrelationMatrix.of(new double[][] {{1, 0.9}, {0.9, 1}});

        assertThat(new TCopula(correlation, Double.POSITIVE_INFINITY).tailDependence(0, 1))
                .isZero();
        assertThat(new TCopula(CorrelationMatrix.uniform(2, 1), 4).tailDependence(0, 1))
                .isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void recoversTheCopulaThatMadeTheRows(long seed) {
        var correlation = CorrelationMatrix.of(new double[][] {{1, 0.7, 0.3}, {0.7, 1, 0.1}, {0.3, 0.1, 1}});
        var columns = sample(correlation, 5, 4000, seed);

        var fit = TCopula.fit(columns);

        // Four standard errors: (1 − ρ²)/√n at most 0.016 each, of ν about 0.35.
        assertThat(fit.isConverged()).isTrue();
        assertThat(fit.copula().nu()).isCloseTo(5, within(1.4));
        assertThat(fit.copula().correlation().get(0, 1)).isCloseTo(0.7, within(0.05));
        assertThat(fit.copula().correlation().get(0, 2)).isCloseTo(0.3, within(0.08));
        assertThat(fit.copula().correlation().get(1, 2)).isCloseTo(0.1, within(0.08));
    }

    @Test
    void doesNotDependOnTheMargins() {
        var columns = sample(CorrelationMatrix.uniform(2, 0.5), 4, 500, 3);
        var other = new double[][] {
            Arrays.stream(columns[0]).map(x -> 3 * x - 7).toArray(),
            Arrays.stream(columns[1]).map(StrictMath::exp).toArray()
        };

        assertThat(TCopula.fit(other).copula()).isEqualTo(TCopula.fit(columns).copula());
    }

    @Test
    void fitsManyAssetsByRanks() {
        var columns = sample(CorrelationMatrix.uniform(30, 0.6), 6, 3000, 5);

        var fit = TCopula.fit(columns);

        assertThat(fit.method()).isEqualTo(CopulaFit.Method.RANKS);
        assertThat(fit.shrinkage()).isBetween(0.0, 0.05);
        assertThat(fit.copula().nu()).isCloseTo(6, within(1.0));
        assertThat(fit.copula().correlation().get(7, 23)).isCloseTo(0.6, within(0.06));
    }

    @Test
    void independentNormalRowsHaveNoTails() {
        var fit = TCopula.fitByRanks(sample(CorrelationMatrix.identity(10), 1e6, 2000, 8));

        assertThat(fit.copula().nu()).isGreaterThan(50);
    }

    @Test
    void refusesColumnsThatSayNothing() {
        var column = new SeededRandom(1).doubles(100).toArray();

        assertThatThrownBy(() -> TCopula.fit(new double[][] {column, new double[100]}))
                .hasMessageContaining("column does not vary: index=1");
        assertThatThrownBy(() -> TCopula.fit(new double[][] {column})).hasMessageContaining("needs two columns");
        assertThatThrownBy(() -> TCopula.fit(new double[][] {{1, 2}, {3, 4}})).hasMessageContaining("too few rows");
    }

    @ParameterizedTest
    @CsvSource({"1.5", "3", "6.5", "40"})
    void tabulatedScoresEqualTheQuantile(double nu) {
        var column = new SeededRandom(2).doubles(999).toArray();
        var ranks = RankScores.of(new double[][] {column, column});

        var scores = ranks.studentT(nu);

        for (var row = 0; row < 999; row += 37) {
            var rank = ranks.doubledRanks(0)[row];
            var expected = StudentT.quantile(rank / 2000.0, nu);
            assertThat(scores[rank]).isCloseTo(expected, within(1e-9 * Math.max(1, Math.abs(expected))));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void kendallsTauEqualsItsDefinitionWithTies(long seed) {
        var random = new SeededRandom(seed);
        var columns = new double[2][200];
        for (var row = 0; row < 200; row++) {
            columns[0][row] = random.nextIndex(seed == 1 ? 1_000_000 : 15);
            columns[1][row] = random.nextIndex(40) + columns[0][row] / 2;
        }
        var concordant = 0;
        var untied = new int[2];
        for (var a = 0; a < 200; a++) {
            for (var b = 0; b < a; b++) {
                var x = Math.signum(columns[0][a] - columns[0][b]);
                var y = Math.signum(columns[1][a] - columns[1][b]);
                concordant += (int) (x * y);
                untied[0] += (int) (x * x);
                untied[1] += (int) (y * y);
            }
        }

        var found = KendallCorrelation.of(RankScores.of(columns))[1][0];

        var tau = concordant / Math.sqrt((double) untied[0] * untied[1]);
        assertThat(found).isCloseTo(StrictMath.sin(Math.PI / 2 * tau), within(1e-12));
    }

    @Test
    void ewmaOfAConstantProductIsThatProduct() {
        var columns = new double[2][40];
        for (var row = 0; row < 40; row++) {
            columns[0][row] = row % 2 == 0 ? 1 : -1;
            columns[1][row] = columns[0][row] * (row < 20 ? 1 : -1);
        }

        // S₁₂ starts at 0, rises to 1 − 0.9²⁰ and falls: 0.9²⁰·(1 − 0.9²⁰) − (1 − 0.9²⁰) = −(1 − 0.9²⁰)²
        var faded = 1 - StrictMath.pow(0.9, 20);
        assertThat(EwmaCorrelation.latest(columns, 0.9).get(0, 1)).isCloseTo(-faded * faded, within(1e-12));
    }

    @Test
    void alignsByTimeAndSaysWhatItDropped() {
        var start = Samples.START;
        var a = new Series("A", List.of(start, start.plusSeconds(1), start.plusSeconds(3)), new double[] {1, 2, 3});
        var b = new Series(
                "B", List.of(start.plusSeconds(1), start.plusSeconds(2), start.plusSeconds(3)), new double[] {4, 5, 6});

        var joint = JointResiduals.aligned(List.of(a, b));

        assertThat(joint.columns()).isDeepEqualTo(new double[][] {{2, 3}, {4, 6}});
        assertThat(joint.dropped())
                .containsExactly(new JointResiduals.Dropped("A", 1, 3), new JointResiduals.Dropped("B", 1, 3));
    }

    /** Rows of a multivariate t with these correlations; its ranks are a sample of the t copula. */
    static double[][] sample(CorrelationMatrix correlation, double nu, int rows, long seed) {
        var random = new SeededRandom(seed);
        var lower = correlation.lower();
        var assets = correlation.size();
        var columns = new double[assets][rows];
        var z = new double[assets];
        for (var row = 0; row < rows; row++) {
            var chiSquared = 0.0;
            for (var k = 0; k < Math.min(nu, 50); k++) {
                var normal = SpecialFunctions.normalQuantile(random.nextDouble());
                chiSquared += normal * normal;
            }
            for (var i = 0; i < assets; i++) {
                z[i] = SpecialFunctions.normalQuantile(random.nextDouble());
                for (var j = 0; j <= i; j++) {
                    columns[i][row] += lower[i][j] * z[j];
                }
                columns[i][row] *= nu > 50 ? 1 : Math.sqrt(nu / chiSquared);
            }
        }
        return columns;
    }
}
