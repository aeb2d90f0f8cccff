package plimsoll.risk.dependence;

/**
 * How much of a sample covariance S is chance? It is moved towards m·I, the target with the same mean variance, by the
 * share δ that makes the expected squared error least. For n rows x_t of p assets, centred, divisor n:
 *
 * <pre>
 * Σ = (1 − δ)·S + δ·m·I,   m = tr(S)/p                                                                (3)
 * Ledoit-Wolf  δ = min(b, d)/d,  d = ‖S − mI‖²/p,  b = ( Σ_t ‖x_t‖⁴/n − ‖S‖² )/(n·p)                  (4)
 * OAS          δ = min(1, (a + m²)/((n + 1)·(a − m²/p))),  a = ‖S‖²/p²                                (5)
 * </pre>
 *
 * Source: docs/models/correlation.md, equations 3 to 5; Ledoit and Wolf, Journal of Multivariate Analysis 88 (2004),
 * 365-411; Chen, Wiesel, Eldar and Hero, IEEE Transactions on Signal Processing 58 (2010), 5016-5029, in the form that
 * leaves out 1 − 2/p and 2/p, as scikit-learn does.
 */
public final class ShrunkCovariance {

    private final double[][] covariance;
    private final double shrinkage;
    private final double logLikelihood;

    private ShrunkCovariance(double[][] sample, double shrinkage, double target, int rows) {
        this.shrinkage = shrinkage;
        covariance = new double[sample.length][sample.length];
        for (var i = 0; i < sample.length; i++) {
            for (var j = 0; j < sample.length; j++) {
                covariance[i][j] = (1 - shrinkage) * sample[i][j] + (i == j ? shrinkage * target : 0);
            }
        }
        logLikelihood = logLikelihood(sample, covariance, rows);
    }

    /** Equation 4 of columns in any unit. */
    public static ShrunkCovariance ledoitWolf(double[][] columns) {
        var rows = Columns.require(columns);
        var centred = Columns.centred(columns);
        var sample = Columns.meanProducts(centred);
        var assets = columns.length;
        var mean = meanVariance(sample);
        var fourth = 0.0;
        for (var row = 0; row < rows; row++) {
            var square = 0.0;
            for (var column : centred) {
                square += column[row] * column[row];
            }
            fourth += square * square;
        }
        var norm = squaredNorm(sample);
        var distance = (norm - assets * mean * mean) / assets;
        var chance = (fourth / rows - norm) / ((double) rows * assets);
        var shrinkage = distance > 0 ? Math.max(0, Math.min(chance, distance)) / distance : 1;
        return new ShrunkCovariance(sample, shrinkage, mean, rows);
    }

    /** Equation 5 of columns in any unit. */
    public static ShrunkCovariance oas(double[][] columns) {
        var rows = Columns.require(columns);
        var sample = Columns.meanProducts(Columns.centred(columns));
        var assets = columns.length;
        var mean = meanVariance(sample);
        var alpha = squaredNorm(sample) / ((double) assets * assets);
        var denominator = (rows + 1) * (alpha - mean * mean / assets);
        var shrinkage = denominator > 0 ? Math.min(1, (alpha + mean * mean) / denominator) : 1;
        return new ShrunkCovariance(sample, shrinkage, mean, rows);
    }

    private static double meanVariance(double[][] sample) {
        var trace = 0.0;
        for (var i = 0; i < sample.length; i++) {
            trace += sample[i][i];
        }
        return trace / sample.length;
    }

    private static double squaredNorm(double[][] matrix) {
        var sum = 0.0;
        for (var row : matrix) {
            for (var value : row) {
                sum += value * value;
            }
        }
        return sum;
    }

    /** Normal rows: −n/2·( p·ln 2π + ln|Σ| + tr(Σ⁻¹S) ); negative infinity where Σ is singular. */
    private static double logLikelihood(double[][] sample, double[][] covariance, int rows) {
        var factor = SymmetricMatrix.cholesky(covariance, 0);
        if (factor.isEmpty()) {
            return Double.NEGATIVE_INFINITY;
        }
        var inverse = SymmetricMatrix.inverse(SymmetricMatrix.inverseOfLower(factor.get()));
        var sum = sample.length * StrictMath.log(2 * Math.PI);
        for (var i = 0; i < sample.length; i++) {
            sum += 2 * StrictMath.log(factor.get()[i][i]);
            for (var j = 0; j < sample.length; j++) {
                sum += inverse[i][j] * sample[i][j];
            }
        }
        return -rows / 2.0 * sum;
    }

    /** δ: the share of the target. */
    public double shrinkage() {
        return shrinkage;
    }

    /** Σ of equation 3, in the square of the columns' unit. */
    public double[][] covariance() {
        return SymmetricMatrix.copy(covariance);
    }

    public CorrelationMatrix correlation() {
        return CorrelationMatrix.ofCovariance(covariance);
    }

    /** Log likelihood of the sample under normal rows with its mean and Σ. */
    public double logLikelihood() {
        return logLikelihood;
    }
}
