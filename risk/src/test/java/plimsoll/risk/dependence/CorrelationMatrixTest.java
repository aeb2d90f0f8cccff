package plimsoll.risk.dependence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.strict.SeededRandom;

class CorrelationMatrixTest {

    @Test
    void itsLowerFactorMultipliesBackToIt() {
        var matrix = CorrelationMatrix.of(new double[][] {{1, 0.6, 0.2}, {0.6, 1, -0.3}, {0.2, -0.3, 1}});

        var lower = matrix.lower();

        assertThat(product(lower, 0, 1)).isCloseTo(0.6, within(1e-15));
        assertThat(product(lower, 1, 2)).isCloseTo(-0.3, within(1e-15));
        assertThat(product(lower, 2, 2)).isCloseTo(1, within(1e-15));
        // |R| = 1 + 2·0.6·0.2·(−0.3) − 0.36 − 0.04 − 0.09 = 0.438
        assertThat(matrix.logDeterminant()).isCloseTo(StrictMath.log(0.438), within(1e-14));
    }

    @Test
    void perfectlyDependentAssetsAreAllowedAndSingular() {
        var matrix = CorrelationMatrix.of(new double[][] {{1, 1, 0.5}, {1, 1, 0.5}, {0.5, 0.5, 1}});

        assertThat(matrix.isDefinite()).isFalse();
        assertThat(matrix.logDeterminant()).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(matrix.lower()[1]).containsExactly(1, 0, 0);
        assertThat(product(matrix.lower(), 1, 2)).isCloseTo(0.5, within(1e-15));
    }

    @Test
    void refusesWhatIsNoCorrelationMatrix() {
        assertThatThrownBy(() -> CorrelationMatrix.of(new double[][] {{1, 0.9, -0.9}, {0.9, 1, 0.9}, {-0.9, 0.9, 1}}))
                .hasMessageStartingWith("correlations contradict each other: smallestEigenvalue=-0.8");
        assertThatThrownBy(() -> CorrelationMatrix.of(new double[][] {{1, 0.5}, {0.4, 1}}))
                .hasMessageContaining("not symmetric");
        assertThatThrownBy(() -> CorrelationMatrix.of(new double[][] {{2, 0.5}, {0.5, 1}}))
                .hasMessageContaining("diagonal is not one");
        assertThatThrownBy(() -> CorrelationMatrix.of(new double[][] {{1, Double.NaN}, {Double.NaN, 1}}))
                .hasMessageContaining("not a correlation");
    }

    /** Higham (2002), section 4: the nearest correlation matrix to this one, published to four digits. */
    @Test
    void repairsHighamsExample() {
        var repair = CorrelationMatrix.nearest(new double[][] {{1, 1, 0}, {1, 1, 1}, {0, 1, 1}});

        assertThat(repair.reason())
                .hasValueSatisfying(reason ->
                        assertThat(reason).contains("smallestEigenvalue=-0.414").contains("largestChange=0.239"));
        assertThat(repair.matrix().get(0, 1)).isCloseTo(0.7607, within(5e-5));
        assertThat(repair.matrix().get(0, 2)).isCloseTo(0.1573, within(5e-5));
        assertThat(repair.matrix().get(1, 2)).isCloseTo(0.7607, within(5e-5));
        assertThat(repair.matrix().isDefinite()).isTrue();
    }

    @Test
    void leavesACorrelationMatrixAlone() {
        var repair = CorrelationMatrix.nearest(new double[][] {{1, 0.3}, {0.3, 1}});

        assertThat(repair.reason()).isEmpty();
        assertThat(repair.matrix().get(1, 0)).isEqualTo(0.3);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void everyRepairIsACorrelationMatrix(long seed) {
        var random = new SeededRandom(seed);
        var size = 30;
        var values = new double[size][size];
        for (var i = 0; i < size; i++) {
            values[i][i] = 1;
            for (var j = 0; j < i; j++) {
                values[i][j] = 1.6 * random.nextDouble() - 0.6;
                values[j][i] = values[i][j];
            }
        }

        var matrix = CorrelationMatrix.nearest(values).matrix();

        assertThat(matrix.smallestEigenvalue()).isGreaterThan(0);
        assertThat(CorrelationMatrix.of(matrix.rows())).isEqualTo(matrix);
    }

    @Test
    void mixesTowardsPerfectCorrelation() {
        var matrix = CorrelationMatrix.of(new double[][] {{1, 0.5}, {0.5, 1}});

        assertThat(matrix.mixedWith(CorrelationMatrix.uniform(2, 1), 0.4).get(0, 1))
                .isCloseTo(0.7, within(1e-15));
    }

    private static double product(double[][] lower, int i, int j) {
        var sum = 0.0;
        for (var k = 0; k < lower.length; k++) {
            sum += lower[i][k] * lower[j][k];
        }
        return sum;
    }
}
