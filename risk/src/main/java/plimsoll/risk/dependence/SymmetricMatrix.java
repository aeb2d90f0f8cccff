package plimsoll.risk.dependence;

import java.util.Optional;

/** Symmetric matrices of a few dozen rows: Cholesky factor, inverse of it, eigenvalues and vectors. */
final class SymmetricMatrix {

    private static final int MOST_SWEEPS = 60;

    private SymmetricMatrix() {}

    /** The lower L with L·Lᵀ = matrix; empty where a pivot is not above {@code smallestPivot}. */
    static Optional<double[][]> cholesky(double[][] matrix, double smallestPivot) {
        var n = matrix.length;
        var lower = new double[n][n];
        for (var i = 0; i < n; i++) {
            for (var j = 0; j <= i; j++) {
                var sum = matrix[i][j];
                for (var k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i != j) {
                    lower[i][j] = sum / lower[j][j];
                } else if (sum > smallestPivot) {
                    lower[i][i] = Math.sqrt(sum);
                } else {
                    return Optional.empty();
                }
            }
        }
        return Optional.of(lower);
    }

    /** L⁻¹ of a lower triangular L without zeros on its diagonal. */
    static double[][] inverseOfLower(double[][] lower) {
        var n = lower.length;
        var inverse = new double[n][n];
        for (var column = 0; column < n; column++) {
            inverse[column][column] = 1 / lower[column][column];
            for (var i = column + 1; i < n; i++) {
                var sum = 0.0;
                for (var k = column; k < i; k++) {
                    sum -= lower[i][k] * inverse[k][column];
                }
                inverse[i][column] = sum / lower[i][i];
            }
        }
        return inverse;
    }

    /** (L·Lᵀ)⁻¹ from L⁻¹. */
    static double[][] inverse(double[][] inverseOfLower) {
        var n = inverseOfLower.length;
        var inverse = new double[n][n];
        for (var i = 0; i < n; i++) {
            for (var j = 0; j <= i; j++) {
                var sum = 0.0;
                for (var k = i; k < n; k++) {
                    sum += inverseOfLower[k][i] * inverseOfLower[k][j];
                }
                inverse[i][j] = sum;
                inverse[j][i] = sum;
            }
        }
        return inverse;
    }

    static double[][] copy(double[][] matrix) {
        var copy = new double[matrix.length][];
        for (var i = 0; i < matrix.length; i++) {
            copy[i] = matrix[i].clone();
        }
        return copy;
    }

    /** Jacobi's cyclic rotations: slow for large matrices, accurate to the last digits for all. */
    static Eigen eigen(double[][] matrix) {
        var n = matrix.length;
        var a = copy(matrix);
        var vectors = new double[n][n];
        for (var i = 0; i < n; i++) {
            vectors[i][i] = 1;
        }
        for (var sweep = 0; sweep < MOST_SWEEPS && offDiagonal(a) > 0; sweep++) {
            for (var p = 0; p < n; p++) {
                for (var q = p + 1; q < n; q++) {
                    rotate(a, vectors, p, q);
                }
            }
        }
        var values = new double[n];
        for (var i = 0; i < n; i++) {
            values[i] = a[i][i];
        }
        return new Eigen(values, vectors);
    }

    private static void rotate(double[][] a, double[][] vectors, int p, int q) {
        // Below the last bit of the two eigenvalues an entry is noise.
        if (Math.abs(a[p][q]) <= 1e-18 * (Math.abs(a[p][p]) + Math.abs(a[q][q]))) {
            a[p][q] = 0;
            a[q][p] = 0;
            return;
        }
        var theta = (a[q][q] - a[p][p]) / (2 * a[p][q]);
        var t = (theta < 0 ? -1 : 1) / (Math.abs(theta) + Math.sqrt(theta * theta + 1));
        var c = 1 / Math.sqrt(t * t + 1);
        var s = t * c;
        var n = a.length;
        for (var k = 0; k < n; k++) {
            var kp = a[k][p];
            var kq = a[k][q];
            a[k][p] = c * kp - s * kq;
            a[k][q] = s * kp + c * kq;
        }
        for (var k = 0; k < n; k++) {
            var pk = a[p][k];
            var qk = a[q][k];
            a[p][k] = c * pk - s * qk;
            a[q][k] = s * pk + c * qk;
            var vp = vectors[k][p];
            vectors[k][p] = c * vp - s * vectors[k][q];
            vectors[k][q] = s * vp + c * vectors[k][q];
        }
        a[p][q] = 0;
        a[q][p] = 0;
    }

    private static double offDiagonal(double[][] a) {
        var sum = 0.0;
        for (var i = 0; i < a.length; i++) {
            for (var j = 0; j < i; j++) {
                sum += Math.abs(a[i][j]);
            }
        }
        return sum;
    }

    /** Eigenvalues in no order; the vector of {@code values[k]} is column k of {@code vectors}. */
    static final class Eigen {

        private final double[] values;
        private final double[][] vectors;

        private Eigen(double[] values, double[][] vectors) {
            this.values = values;
            this.vectors = vectors;
        }

        double smallest() {
            var smallest = Double.POSITIVE_INFINITY;
            for (var value : values) {
                smallest = Math.min(smallest, value);
            }
            return smallest;
        }

        /** The matrix with these vectors whose eigenvalues are at least {@code floor}. */
        double[][] withFloor(double floor) {
            var n = values.length;
            var matrix = new double[n][n];
            for (var i = 0; i < n; i++) {
                for (var j = 0; j <= i; j++) {
                    var sum = 0.0;
                    for (var k = 0; k < n; k++) {
                        sum += vectors[i][k] * Math.max(values[k], floor) * vectors[j][k];
                    }
                    matrix[i][j] = sum;
                    matrix[j][i] = sum;
                }
            }
            return matrix;
        }
    }
}
