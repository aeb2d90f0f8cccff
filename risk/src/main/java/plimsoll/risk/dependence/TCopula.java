package plimsoll.risk.dependence;

import plimsoll.risk.strict.StudentT;

/**
 * How likely do assets crash together? The t copula: the dependence of a multivariate t distribution with correlations
 * R and ν degrees of freedom, whatever the margins. Ranks u = rank/(n + 1) of each asset stand for its margin:
 *
 * <pre>
 * C(u) = t_{ν,R}( t_ν⁻¹(u₁), …, t_ν⁻¹(u_p) )                                                         (1)
 * λ_ij = 2·t_{ν+1}( −√((ν + 1)(1 − ρ_ij)/(1 + ρ_ij)) )                                               (5)
 * </pre>
 *
 * λ is the chance that one asset is beyond an extreme quantile given that the other is. ν = ∞ is the Gaussian copula,
 * in which extremes come alone: λ = 0 below perfect correlation.
 *
 * <p>Source: docs/models/t-copula.md, equations 1 to 5; Demarta and McNeil, International Statistical Review 73 (2005).
 *
 * @param nu degrees of freedom, positive; infinite for the Gaussian copula
 */
public record TCopula(CorrelationMatrix correlation, double nu) {

    public TCopula {
        if (!(nu > 0)) {
            throw new IllegalArgumentException("degrees of freedom are not positive: nu=" + nu);
        }
    }

    /**
     * Maximum likelihood from one column for each asset, rows in any order. Up to {@link CopulaFit#MOST_JOINT_ASSETS}
     * assets all correlations and ν are estimated together; beyond, correlations come from ranks and only ν is
     * searched.
     */
    public static CopulaFit fit(double[][] columns) {
        var search = new CopulaSearch(RankScores.of(columns));
        return columns.length <= CopulaFit.MOST_JOINT_ASSETS ? search.joint() : search.profile();
    }

    /** ν from its likelihood alone, correlations from ranks, however few the assets. */
    public static CopulaFit fitByRanks(double[][] columns) {
        return new CopulaSearch(RankScores.of(columns)).profile();
    }

    /** The same without joint extremes: ν = ∞. */
    public static CopulaFit fitGaussian(double[][] columns) {
        var search = new CopulaSearch(RankScores.of(columns));
        return columns.length <= CopulaFit.MOST_JOINT_ASSETS ? search.jointGaussian() : search.gaussianByRanks();
    }

    public boolean isGaussian() {
        return Double.isInfinite(nu);
    }

    /** λ of equation 5, the same for both tails. */
    public double tailDependence(int i, int j) {
        var rho = correlation.get(i, j);
        if (rho >= 1) {
            return 1;
        }
        if (isGaussian() || rho <= -1) {
            return 0;
        }
        return 2 * StudentT.survival(Math.sqrt((nu + 1) * (1 - rho) / (1 + rho)), nu + 1);
    }
}
