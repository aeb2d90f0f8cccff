package plimsoll.risk.volatility;

import java.util.Optional;

/** Symmetric positive definite matrices of a handful of rows, by Cholesky after scaling the diagonal to one. */
final class SmallMatrix {

    private SmallMatrix() {}

    /** The inverse; empty where the matrix is not numerically positive definite. */
    static Optional<double[][]> inverse(double[][] matrix) {
        var n = matrix.length;
        var scale = new double[n];
        for (var i = 0; i < n; i++) {
            if (!(matrix[i][i] > 0) || Double.isInfinite(matrix[i][i])) {
                return Optional.empty();
            }
            scale[i] = 1 / Math.sqrt(matrix[i][i]);
        }
        var lower = new double[n][n];
        for (var i = 0; i < n; i++) {
            for (var j = 0; j <= i; j++) {
                var sum = matrix[i][j] * scale[i] * scale[j];
                for (var k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i != j) {
                    lower[i][j] = sum / lower[j][j];
                } else if (sum > 1e-14) {
                    lower[i][i] = Math.sqrt(sum);
                } else {
                    return Optional.empty();
                }
            }
        }
        var inverse = new double[n][n];
        for (var column = 0; column < n; column++) {
            solveUnit(lower, column, scale, inverse);
        }
        return Optional.of(inverse);
    }

    private static void solveUnit(double[][] lower, int column, double[] scale, double[][] inverse) {
        var n = lower.length;
        var x = new double[n];
        for (var i = 0; i < n; i++) {
            var sum = i == column ? 1.0 : 0.0;
            for (var k = 0; k < i; k++) {
                sum -= lower[i][k] * x[k];
            }
            x[i] = sum / lower[i][i];
        }
        for (var i = n - 1; i >= 0; i--) {
            var sum = x[i];
            for (var k = i + 1; k < n; k++) {
                sum -= lower[k][i] * x[k];
            }
            x[i] = sum / lower[i][i];
            inverse[i][column] = x[i] * scale[i] * scale[column];
        }
    }

    static double[][] times(double[][] a, double[][] b) {
        var product = new double[a.length][b[0].length];
        for (var i = 0; i < a.length; i++) {
            for (var j = 0; j < b[0].length; j++) {
                for (var k = 0; k < b.length; k++) {
                    product[i][j] += a[i][k] * b[k][j];
                }
            }
        }
        return product;
    }

    static double[] times(double[][] a, double[] b) {
        var product = new double[a.length];
        for (var i = 0; i < a.length; i++) {
            for (var k = 0; k < b.length; k++) {
                product[i] += a[i][k] * b[k];
            }
        }
        return product;
    }

    static double[][] transpose(double[][] a) {
        var transposed = new double[a[0].length][a.length];
        for (var i = 0; i < a.length; i++) {
            for (var j = 0; j < a[0].length; j++) {
                transposed[j][i] = a[i][j];
            }
        }
        return transposed;
    }

    static double[][] negated(double[][] a) {
        var negated = new double[a.length][];
        for (var i = 0; i < a.length; i++) {
            negated[i] = a[i].clone();
            for (var j = 0; j < negated[i].length; j++) {
                negated[i][j] = -negated[i][j];
            }
        }
        return negated;
    }

    /** DᵀMD: a matrix in the directions that D's columns span. */
    static double[][] reduced(double[][] matrix, double[][] directions) {
        return times(times(transpose(directions), matrix), directions);
    }

    static double[][] sandwich(double[][] bread, double[][] filling) {
        return times(times(bread, filling), bread);
    }

    /** Roots of the diagonal of DCDᵀ: standard errors in full coordinates from a covariance in D's directions. */
    static double[] deviations(double[][] covariance, double[][] directions) {
        var roots = new double[directions.length];
        if (covariance.length == 0) {
            return roots;
        }
        var full = times(times(directions, covariance), transpose(directions));
        for (var i = 0; i < roots.length; i++) {
            roots[i] = Math.sqrt(Math.max(0, full[i][i]));
        }
        return roots;
    }
}
