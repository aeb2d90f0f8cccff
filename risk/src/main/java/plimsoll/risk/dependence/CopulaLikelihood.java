package plimsoll.risk.dependence;

import plimsoll.risk.strict.SpecialFunctions;

/**
 * Log likelihood of a t or Gaussian copula and its slope in every correlation. With x the scores of a row, p assets,
 * q = xᵀR⁻¹x and w = (ν + p)/(ν + q), or 1 for the Gaussian:
 *
 * <pre>
 * l = Σ_t [ c_p − p·c₁ − ½ln|R| − ½(ν + p)·ln(1 + q/ν) + ½(ν + 1)·Σ_i ln(1 + x_i²/ν) ],
 *     c_k = ln Γ((ν + k)/2) − ln Γ(ν/2) − k/2·ln(πν)
 * Gaussian  l = −½·Σ_t [ ln|R| + q − Σ_i x_i² ]
 * ∂l/∂ρ_ij = Σ_t [ w·v_i·v_j − (R⁻¹)_ij ],  v = R⁻¹x
 * </pre>
 *
 * Source: docs/models/t-copula.md, equations 2 and 3.
 */
final class CopulaLikelihood {

    private final RankScores ranks;
    private double nu = Double.NaN;
    /** Scores and their share Σ of the margins, by doubled rank, for the ν above. */
    private double[] scores = {};

    private double[] margins = {};

    CopulaLikelihood(RankScores ranks) {
        this.ranks = ranks;
    }

    /**
     * The log likelihood; negative infinity where R is not positive definite. ν may be infinite: the Gaussian copula.
     */
    double value(double[][] correlation, double nu) {
        return run(correlation, nu, new double[0][]);
    }

    /** The log likelihood; fills the slopes by correlation, both halves alike. */
    double valueAndSlopes(double[][] correlation, double nu, double[][] slopes) {
        return run(correlation, nu, slopes);
    }

    private double run(double[][] correlation, double nu, double[][] slopes) {
        var factor = SymmetricMatrix.cholesky(correlation, 1e-12);
        if (factor.isEmpty()) {
            return Double.NEGATIVE_INFINITY;
        }
        prepare(nu);
        var assets = ranks.assets();
        var rows = ranks.rows();
        var gaussian = Double.isInfinite(nu);
        var half = SymmetricMatrix.inverseOfLower(factor.get());
        var inverse = SymmetricMatrix.inverse(half);
        var doubled = new int[assets][];
        var constant = 0.0;
        for (var i = 0; i < assets; i++) {
            doubled[i] = ranks.doubledRanks(i);
            constant += StrictMath.log(half[i][i]);
            for (var j = 0; j < slopes.length; j++) {
                slopes[i][j] = -rows * inverse[i][j];
            }
        }
        constant += gaussian ? 0 : normaliser(assets, nu) - assets * normaliser(1, nu);
        var x = new double[assets];
        var v = new double[assets];
        var sum = rows * constant;
        for (var row = 0; row < rows; row++) {
            var margin = 0.0;
            for (var i = 0; i < assets; i++) {
                x[i] = scores[doubled[i][row]];
                margin += margins[doubled[i][row]];
            }
            var q = squaredNorm(half, x);
            sum += margin - (gaussian ? q / 2 : (nu + assets) / 2 * StrictMath.log1p(q / nu));
            if (slopes.length > 0) {
                addSlopes(inverse, x, v, gaussian ? 1 : (nu + assets) / (nu + q), slopes);
            }
        }
        return sum;
    }

    private static double squaredNorm(double[][] lower, double[] x) {
        var q = 0.0;
        for (var i = 0; i < x.length; i++) {
            var row = lower[i];
            var y = 0.0;
            for (var j = 0; j <= i; j++) {
                y = Math.fma(row[j], x[j], y);
            }
            q = Math.fma(y, y, q);
        }
        return q;
    }

    private static void addSlopes(double[][] inverse, double[] x, double[] v, double weight, double[][] slopes) {
        for (var i = 0; i < x.length; i++) {
            v[i] = 0;
            for (var j = 0; j < x.length; j++) {
                v[i] += inverse[i][j] * x[j];
            }
        }
        for (var i = 0; i < x.length; i++) {
            for (var j = 0; j < x.length; j++) {
                slopes[i][j] += weight * v[i] * v[j];
            }
        }
    }

    private void prepare(double newNu) {
        if (newNu == nu) {
            return;
        }
        nu = newNu;
        var gaussian = Double.isInfinite(nu);
        scores = gaussian ? ranks.normal() : ranks.studentT(nu);
        margins = new double[scores.length];
        for (var rank = 0; rank < scores.length; rank++) {
            var square = scores[rank] * scores[rank];
            margins[rank] = gaussian ? square / 2 : (nu + 1) / 2 * StrictMath.log1p(square / nu);
        }
    }

    private static double normaliser(int assets, double nu) {
        return SpecialFunctions.logGamma((nu + assets) / 2)
                - SpecialFunctions.logGamma(nu / 2)
                - assets / 2.0 * StrictMath.log(Math.PI * nu);
    }
}
