package plimsoll.risk.dependence;

import java.util.function.Consumer;

/**
 * How do assets move together now, if what was seen fades by a fixed share? Exponentially weighted products of
 * residuals z with mean zero:
 *
 * <pre>
 * S₁ = (1/n)·Σ z_t·z_tᵀ,   S_{t+1} = λ·S_t + (1 − λ)·z_t·z_tᵀ,   R_ij = S_ij/√(S_ii·S_jj)             (6)
 * </pre>
 *
 * Source: docs/models/correlation.md, equation 6; J.P. Morgan/Reuters, RiskMetrics Technical Document (1996), 5.2.
 */
public final class EwmaCorrelation {

    private EwmaCorrelation() {}

    /** The correlation for the period after the last row of the columns, which are in time order. */
    public static CorrelationMatrix latest(double[][] columns, double lambda) {
        return CorrelationMatrix.ofCovariance(run(columns, lambda, ignored -> {}));
    }

    /** Walks equation 6 over the rows, shows S after each, and returns the last. */
    static double[][] run(double[][] columns, double lambda, Consumer<double[][]> seen) {
        var rows = Columns.require(columns);
        if (!(lambda > 0 && lambda < 1)) {
            throw new IllegalArgumentException("lambda is outside (0, 1): found=" + lambda);
        }
        var products = Columns.meanProducts(columns);
        for (var row = 0; row < rows; row++) {
            for (var i = 0; i < columns.length; i++) {
                for (var j = 0; j <= i; j++) {
                    products[i][j] = lambda * products[i][j] + (1 - lambda) * columns[i][row] * columns[j][row];
                    products[j][i] = products[i][j];
                }
            }
            seen.accept(products);
        }
        return products;
    }
}
