package plimsoll.risk.volatility;

/**
 * Ordinary least squares by Householder's QR: the b that makes |y − Xb| smallest, without forming XᵀX, whose condition is
 * the square of X's. Package-private: a model says what its columns mean. Source: docs/models/har.md, equation 2.
 */
final class LeastSquares {

    private final double[][] columns;
    private final double[] y;
    private final double[] coefficients;
    private final double[] residuals;

    /** (XᵀX)⁻¹ = R⁻¹R⁻ᵀ */
    private final double[][] inverse;

    private LeastSquares(double[][] columns, double[] y) {
        this.columns = columns;
        this.y = y;
        var n = columns.length;
        var work = new double[n][];
        for (var j = 0; j < n; j++) {
            work[j] = columns[j].clone();
        }
        var target = y.clone();
        var diagonal = new double[n];
        for (var j = 0; j < n; j++) {
            diagonal[j] = reflect(work, j, target);
        }
        coefficients = back(work, diagonal, target);
        var rInverse = new double[n][];
        for (var j = 0; j < n; j++) {
            var unit = new double[n];
            unit[j] = 1;
            rInverse[j] = back(work, diagonal, unit);
        }
        inverse = SmallMatrix.times(SmallMatrix.transpose(rInverse), rInverse);
        residuals = y.clone();
        for (var j = 0; j < n; j++) {
            for (var t = 0; t < y.length; t++) {
                residuals[t] -= coefficients[j] * columns[j][t];
            }
        }
    }

    /** @param columns the regressors, each as long as y */
    static LeastSquares of(double[][] columns, double[] y) {
        return new LeastSquares(columns, y);
    }

    /** Clears column j below its diagonal, in all columns to the right and in y; returns the diagonal of R. */
    private static double reflect(double[][] work, int j, double[] target) {
        var v = work[j];
        var count = v.length - j;
        var length = Math.sqrt(Columns.dot(v, j, v, j, count));
        if (!(length > 0)) {
            throw new IllegalArgumentException("regressors are not independent: column=" + j);
        }
        var diagonal = v[j] > 0 ? -length : length;
        v[j] -= diagonal;
        var square = Columns.dot(v, j, v, j, count);
        for (var k = j + 1; k < work.length; k++) {
            mirror(v, work[k], j, square);
        }
        mirror(v, target, j, square);
        return diagonal;
    }

    private static void mirror(double[] v, double[] a, int from, double square) {
        var factor = 2 * Columns.dot(v, from, a, from, v.length - from) / square;
        for (var t = from; t < v.length; t++) {
            a[t] -= factor * v[t];
        }
    }

    private static double[] back(double[][] work, double[] diagonal, double[] target) {
        var n = diagonal.length;
        var x = new double[n];
        for (var i = n - 1; i >= 0; i--) {
            var sum = target[i];
            for (var k = i + 1; k < n; k++) {
                sum -= work[k][i] * x[k];
            }
            x[i] = sum / diagonal[i];
        }
        return x;
    }

    double[] coefficients() {
        return coefficients.clone();
    }

    double meanSquaredError() {
        return Columns.dot(residuals, 0, residuals, 0, y.length) / y.length;
    }

    double rSquared() {
        var mean = Columns.sum(y, 0, y.length) / y.length;
        var total = 0.0;
        for (var value : y) {
            total += (value - mean) * (value - mean);
        }
        return 1 - Columns.dot(residuals, 0, residuals, 0, y.length) / total;
    }

    /**
     * Newey and West's: roots of the diagonal of (XᵀX)⁻¹·S·(XᵀX)⁻¹, S = Γ₀ + Σ_{l≤L} (1 − l/(L+1))·(Γ_l + Γ_lᵀ),
     * Γ_l = Σ_t x_t u_t u_{t−l} x_{t−l}ᵀ, for residuals that are neither equally wide nor independent.
     */
    double[] neweyWestErrors(int lags) {
        var n = columns.length;
        var scores = new double[n][y.length];
        for (var j = 0; j < n; j++) {
            for (var t = 0; t < y.length; t++) {
                scores[j][t] = columns[j][t] * residuals[t];
            }
        }
        var middle = new double[n][n];
        for (var lag = 0; lag <= lags; lag++) {
            var weight = 1 - lag / (lags + 1.0);
            for (var i = 0; i < n; i++) {
                for (var j = 0; j < n; j++) {
                    var sum = weight * Columns.dot(scores[i], lag, scores[j], 0, y.length - lag);
                    middle[i][j] += sum;
                    if (lag > 0) {
                        middle[j][i] += sum;
                    }
                }
            }
        }
        var covariance = SmallMatrix.sandwich(inverse, middle);
        var errors = new double[n];
        for (var i = 0; i < n; i++) {
            errors[i] = Math.sqrt(Math.max(0, covariance[i][i]));
        }
        return errors;
    }
}
