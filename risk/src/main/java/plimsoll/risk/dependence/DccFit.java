package plimsoll.risk.dependence;

import java.util.List;
import plimsoll.risk.volatility.GarchFit;

/** A fitted DCC(1,1): each asset's volatility, how fast correlations learn and forget, and where they stand. */
public final class DccFit {

    private final List<GarchFit> marginals;
    private final DccLikelihood likelihood;
    private final int rows;
    private final double a;
    private final double b;
    private final double correlationLogLikelihood;
    private final boolean converged;

    DccFit(
            List<GarchFit> marginals,
            DccLikelihood likelihood,
            int rows,
            double a,
            double b,
            double correlationLogLikelihood,
            boolean converged) {
        this.marginals = List.copyOf(marginals);
        this.likelihood = likelihood;
        this.rows = rows;
        this.a = a;
        this.b = b;
        this.correlationLogLikelihood = correlationLogLikelihood;
        this.converged = converged;
    }

    /** Step one, in the order of the columns. */
    public List<GarchFit> marginals() {
        return marginals;
    }

    /** How much a row moves the next row's correlations. */
    public double a() {
        return a;
    }

    /** How much of the correlations stays from row to row. */
    public double b() {
        return b;
    }

    /** Q̄: the mean product of residuals, to which Q returns. */
    public double[][] meanProduct() {
        return likelihood.mean();
    }

    /** The second sum of equation 4. */
    public double correlationLogLikelihood() {
        return correlationLogLikelihood;
    }

    /** Equation 4. */
    public double logLikelihood() {
        return marginals.stream().mapToDouble(GarchFit::logLikelihood).sum() + correlationLogLikelihood;
    }

    /** Whether the second step ended at a maximum; the marginals answer for theirs. */
    public boolean isConverged() {
        return converged;
    }

    /** R of a row, the first being 0; the number of rows stands for the one after the last. */
    public CorrelationMatrix correlation(int row) {
        if (row < 0 || row > rows) {
            throw new IllegalArgumentException("no such row: found=%d rows=%d".formatted(row, rows));
        }
        return CorrelationMatrix.ofCovariance(likelihood.state(a, b, row));
    }

    /** R of the last row. */
    public CorrelationMatrix last() {
        return correlation(rows - 1);
    }

    /** R of the period after the last row. */
    public CorrelationMatrix next() {
        return correlation(rows);
    }
}
