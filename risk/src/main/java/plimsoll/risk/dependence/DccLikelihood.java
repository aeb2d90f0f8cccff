package plimsoll.risk.dependence;

/**
 * The correlation part of the likelihood of DCC(1,1) and its slopes in a and b, by the recursion of the slopes:
 *
 * <pre>
 * l = −½·Σ_t ( ln|R_t| + z_tᵀR_t⁻¹z_t − z_tᵀz_t ),   ∂l/∂θ = ½·Σ_t Σ_ij ∂R_ij/∂θ·( v_i·v_j − (R_t⁻¹)_ij ),
 *     v = R_t⁻¹z_t
 * ∂Q_{t+1}/∂a = −Q̄ + z_t·z_tᵀ + b·∂Q_t/∂a,   ∂Q_{t+1}/∂b = −Q̄ + Q_t + b·∂Q_t/∂b
 * </pre>
 *
 * Source: docs/models/dcc.md, equations 2 to 4.
 */
final class DccLikelihood {

    /** Residuals, row after row. */
    private final double[] z;

    private final int assets;
    private final int rows;
    private final double[][] mean;
    private final double[][] q;
    private final double[][] qByA;
    private final double[][] qByB;
    private final double[][] inverse;
    private final double[][] lower;
    private final double[] scale;
    private final double[] v;
    private double slopeA;
    private double slopeB;

    DccLikelihood(double[][] residuals) {
        assets = residuals.length;
        rows = residuals[0].length;
        z = new double[rows * assets];
        for (var i = 0; i < assets; i++) {
            for (var row = 0; row < rows; row++) {
                z[row * assets + i] = residuals[i][row];
            }
        }
        mean = Columns.meanProducts(residuals);
        q = new double[assets][assets];
        qByA = new double[assets][assets];
        qByB = new double[assets][assets];
        inverse = new double[assets][assets];
        lower = new double[assets][assets];
        scale = new double[assets];
        v = new double[assets];
    }

    /** Q̄, the mean product of the residuals. */
    double[][] mean() {
        return SymmetricMatrix.copy(mean);
    }

    /** Q after {@code moves} rows: 0 for the first row's own, the number of rows for the one after the last. */
    double[][] state(double a, double b, int moves) {
        start();
        for (var row = 0; row < moves; row++) {
            move(row, a, b, false);
        }
        return SymmetricMatrix.copy(q);
    }

    /** l; negative infinity where some R_t is not positive definite. */
    double value(double a, double b) {
        return run(a, b, false);
    }

    /** l; leaves its slopes in {@link #slopeA} and {@link #slopeB}. */
    double valueAndSlopes(double a, double b) {
        return run(a, b, true);
    }

    double slopeA() {
        return slopeA;
    }

    double slopeB() {
        return slopeB;
    }

    private double run(double a, double b, boolean withSlopes) {
        start();
        slopeA = 0;
        slopeB = 0;
        var sum = 0.0;
        // ln|R| of many rows as the logarithm of one product, taken before it can underflow.
        var product = 1.0;
        for (var row = 0; row < rows; row++) {
            var determinant = factor();
            if (!(determinant > 0)) {
                return Double.NEGATIVE_INFINITY;
            }
            product *= determinant;
            if (product < 1e-200) {
                sum += StrictMath.log(product);
                product = 1;
            }
            sum += withSlopes ? addSlopes(row) : squares(row);
            move(row, a, b, withSlopes);
        }
        return -(sum + StrictMath.log(product)) / 2;
    }

    private void start() {
        for (var i = 0; i < assets; i++) {
            for (var j = 0; j <= i; j++) {
                q[i][j] = mean[i][j];
                q[j][i] = mean[i][j];
                qByA[i][j] = 0;
                qByB[i][j] = 0;
            }
        }
    }

    /** Leaves L with L·Lᵀ = R of the current Q; returns |R|, or 0 where there is none. */
    private double factor() {
        var determinant = 1.0;
        for (var i = 0; i < assets; i++) {
            scale[i] = 1 / Math.sqrt(q[i][i]);
            for (var j = 0; j <= i; j++) {
                var sum = i == j ? 1 : q[i][j] * scale[i] * scale[j];
                for (var k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (i != j) {
                    lower[i][j] = sum / lower[j][j];
                } else if (sum > 0) {
                    lower[i][i] = Math.sqrt(sum);
                    determinant *= sum;
                } else {
                    return 0;
                }
            }
        }
        return determinant;
    }

    /** zᵀR⁻¹z − zᵀz = ‖L⁻¹z‖² − ‖z‖² of one row; leaves L⁻¹z in v. */
    private double squares(int row) {
        var at = row * assets;
        var sum = 0.0;
        for (var i = 0; i < assets; i++) {
            var y = z[at + i];
            for (var k = 0; k < i; k++) {
                y -= lower[i][k] * v[k];
            }
            v[i] = y / lower[i][i];
            sum += v[i] * v[i] - z[at + i] * z[at + i];
        }
        return sum;
    }

    private double addSlopes(int row) {
        var squares = squares(row);
        for (var i = assets - 1; i >= 0; i--) {
            var y = v[i];
            for (var k = i + 1; k < assets; k++) {
                y -= lower[k][i] * v[k];
            }
            v[i] = y / lower[i][i];
        }
        invert();
        var byA = 0.0;
        var byB = 0.0;
        for (var i = 0; i < assets; i++) {
            // A diagonal entry moves the row's correlations through its root; the diagonal of R stays one.
            var diagonal = 0.0;
            for (var j = 0; j < assets; j++) {
                if (j != i) {
                    var weight = v[i] * v[j] - inverse[i][j];
                    diagonal += weight * q[i][j] * scale[i] * scale[j];
                    if (j < i) {
                        var share = weight * scale[i] * scale[j];
                        byA += share * qByA[i][j];
                        byB += share * qByB[i][j];
                    }
                }
            }
            var share = diagonal / 2 * scale[i] * scale[i];
            byA -= share * qByA[i][i];
            byB -= share * qByB[i][i];
        }
        slopeA += byA;
        slopeB += byB;
        return squares;
    }

    /** R⁻¹ below and above the diagonal from L, column by column. */
    private void invert() {
        for (var column = 0; column < assets; column++) {
            for (var i = column; i < assets; i++) {
                var sum = i == column ? 1.0 : 0.0;
                for (var k = column; k < i; k++) {
                    sum -= lower[i][k] * inverse[k][column];
                }
                inverse[i][column] = sum / lower[i][i];
            }
            for (var i = assets - 1; i >= column; i--) {
                var sum = inverse[i][column];
                for (var k = i + 1; k < assets; k++) {
                    sum -= lower[k][i] * inverse[k][column];
                }
                inverse[i][column] = sum / lower[i][i];
            }
            for (var i = column + 1; i < assets; i++) {
                inverse[column][i] = inverse[i][column];
            }
        }
    }

    private void move(int row, double a, double b, boolean withSlopes) {
        var at = row * assets;
        for (var i = 0; i < assets; i++) {
            for (var j = 0; j <= i; j++) {
                var product = z[at + i] * z[at + j];
                if (withSlopes) {
                    qByA[i][j] = product - mean[i][j] + b * qByA[i][j];
                    qByB[i][j] = q[i][j] - mean[i][j] + b * qByB[i][j];
                }
                q[i][j] = (1 - a - b) * mean[i][j] + a * product + b * q[i][j];
                q[j][i] = q[i][j];
            }
        }
    }
}
