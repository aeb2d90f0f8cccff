package plimsoll.risk.calibration;

import java.util.List;

/**
 * The answer as margin ratios: what must be put up to open, and to keep open, a position of value 1.
 *
 * <pre>
 * isolated:  initial = 1 − LTV*,  maintenance = 1 − LT*                                    (6)
 * cross:     margin  = Σ w_i·c_i + √( Σ_ij w_i·w_j·a_i·a_j·ρ_ij ),   c = 1 − (1 − g)/(1 + b)  (7)
 * </pre>
 *
 * w: weights of the collaterals in the portfolio, adding to 1; c: what gap and bonus take, which nothing diversifies;
 * a: the rest of an isolated margin, 1 − LT* − c or 1 − LTV* − c; ρ: correlation of the falls. With ρ = 1 throughout, cross is the
 * weighted sum of the isolated margins; it is never more.
 *
 * <p>Source: docs/models/protocol-views.md, equations 6 and 7.
 */
public record MarginView(double initial, double maintenance) {

    /** One collateral of a portfolio. */
    public record Holding(double weight, ReserveParameters parameters) {
        public Holding {
            Ranges.within("weight", weight, 0, 1);
        }
    }

    public static MarginView isolated(ReserveParameters made) {
        return new MarginView(
                1 - made.ltv().value(), 1 - made.liquidationThreshold().value());
    }

    /**
     * One margin for a portfolio.
     *
     * @param correlations of the falls, in the order of the holdings: symmetric, 1 on the diagonal
     */
    public static MarginView cross(List<Holding> holdings, double[][] correlations) {
        if (correlations.length != holdings.size()) {
            throw new IllegalArgumentException("Correlations do not fit the holdings: found=%d needed=%d"
                    .formatted(correlations.length, holdings.size()));
        }
        var size = holdings.size();
        var maintenance = new double[size];
        var initial = new double[size];
        var costs = 0.0;
        for (var i = 0; i < size; i++) {
            var holding = holdings.get(i);
            var cost = cost(holding.parameters());
            var alone = isolated(holding.parameters());
            costs += holding.weight() * cost;
            maintenance[i] = holding.weight() * Math.max(0, alone.maintenance() - cost);
            initial[i] = holding.weight() * Math.max(0, alone.initial() - cost);
        }
        return new MarginView(
                Math.min(1, costs + netted(initial, correlations)),
                Math.min(1, costs + netted(maintenance, correlations)));
    }

    /** What the closed form's (1 − g)/(1 + b) leaves out; the whole where the fall leaves nothing to divide by. */
    private static double cost(ReserveParameters made) {
        var left = 1 - made.fallInHorizon().value();
        return left <= 0 ? 1 : 1 - made.closedForm().solvencyBound() / left;
    }

    private static double netted(double[] parts, double[][] correlations) {
        var sum = 0.0;
        for (var i = 0; i < parts.length; i++) {
            for (var j = 0; j < parts.length; j++) {
                Ranges.within("correlation", correlations[i][j], -1, 1);
                sum += parts[i] * parts[j] * correlations[i][j];
            }
        }
        return Math.sqrt(Math.max(0, sum));
    }
}
