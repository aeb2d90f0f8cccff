package plimsoll.risk.dependence;

import java.util.ArrayList;
import plimsoll.risk.volatility.Garch;
import plimsoll.risk.volatility.GarchFit;
import plimsoll.risk.volatility.GarchSpecification;

/**
 * How do correlations change from day to day? Dynamic conditional correlation DCC(1,1), estimated in two steps: a
 * GARCH(1,1) with normal errors and constant mean for each asset, then, for their residuals z,
 *
 * <pre>
 * H_t = D_t·R_t·D_t,  D_t = diag √h_t,  z_t = D_t⁻¹(r_t − μ)                                          (1)
 * Q₁ = Q̄ = (1/n)·Σ z_t·z_tᵀ,   Q_{t+1} = (1 − a − b)·Q̄ + a·z_t·z_tᵀ + b·Q_t                          (2)
 * R_t = diag(Q_t)^−½ · Q_t · diag(Q_t)^−½                                                            (3)
 * l = Σ_assets l_GARCH − ½·Σ_t ( ln|R_t| + z_tᵀR_t⁻¹z_t − z_tᵀz_t )                                   (4)
 * </pre>
 *
 * The first step takes the maximum wherever its persistence is: its variances stay within the sample. In the second
 * a ≥ 0, b ≥ 0, a + b ≤ {@link #LARGEST_PERSISTENCE}. Where the search finds no a above zero that raises the
 * likelihood, correlations are constant: a = b = 0.
 *
 * <p>Source: docs/models/dcc.md, equations 1 to 4; Engle, Journal of Business and Economic Statistics 20
 * (2002), 339-350.
 */
public final class Dcc {

    public static final double LARGEST_PERSISTENCE = 0.9999;

    private static final double[][] STARTS = {{0.02, 0.95}, {0.05, 0.90}, {0.01, 0.98}, {0.05, 0.60}};
    private static final int MOST_STEPS = 60;
    /** The Newton decrement is the squared distance to the maximum in standard errors. */
    private static final double DECREMENT_TOLERANCE = 1e-16;
    /** Step of the difference quotient of the slopes. */
    private static final double STEP = 1e-6;
    /** How far to climb where the likelihood is not concave. */
    private static final double CLIMB = 0.01;
    /** A weight this small moves no correlation that anyone could see. */
    private static final double NO_NEWS = 1e-6;

    private final DccLikelihood likelihood;
    private double a;
    private double b;
    private double value;
    private boolean converged;

    private Dcc(DccLikelihood likelihood) {
        this.likelihood = likelihood;
        value = Double.NEGATIVE_INFINITY;
    }

    /** Fits returns, one column for each asset, rows in time order. */
    public static DccFit fit(double[][] returns) {
        Columns.require(returns);
        var marginals = new ArrayList<GarchFit>();
        var residuals = new double[returns.length][];
        for (var i = 0; i < returns.length; i++) {
            var marginal = Garch.fitWithinSample(returns[i], GarchSpecification.GARCH_NORMAL);
            marginals.add(marginal);
            residuals[i] = marginal.standardizedResiduals();
        }
        var likelihood = new DccLikelihood(residuals);
        var constant = likelihood.value(0, 0);
        if (!Double.isFinite(constant)) {
            throw new IllegalArgumentException("columns are perfectly dependent: correlations have no density");
        }
        var search = new Dcc(likelihood);
        search.run();
        var changes = search.value > constant && search.a > NO_NEWS;
        return new DccFit(
                marginals,
                likelihood,
                returns[0].length,
                changes ? search.a : 0,
                changes ? search.b : 0,
                changes ? search.value : constant,
                !changes || search.converged);
    }

    private void run() {
        for (var start : STARTS) {
            moveTo(start[0], start[1]);
        }
        for (var step = 0; step < MOST_STEPS && !converged; step++) {
            likelihood.valueAndSlopes(a, b);
            var slopeA = likelihood.slopeA();
            var slopeB = likelihood.slopeB();
            var move = move(slopeA, slopeB);
            var decrement = move[0] * slopeA + move[1] * slopeB;
            if (decrement < DECREMENT_TOLERANCE || !advance(move)) {
                converged = decrement < Math.sqrt(DECREMENT_TOLERANCE);
                return;
            }
        }
    }

    /** Newton's step along what may move: a bound that the slope points across holds its weight. */
    private double[] move(double slopeA, double slopeB) {
        likelihood.valueAndSlopes(a + STEP, b);
        var byA = new double[] {(slopeA - likelihood.slopeA()) / STEP, (slopeB - likelihood.slopeB()) / STEP};
        likelihood.valueAndSlopes(a, b + STEP);
        var byB = new double[] {(slopeA - likelihood.slopeA()) / STEP, (slopeB - likelihood.slopeB()) / STEP};
        var cross = (byA[1] + byB[0]) / 2;
        if (b <= 0 && slopeB <= 0) {
            return new double[] {along(slopeA, byA[0]), 0};
        }
        if (a <= 0 && slopeA <= 0) {
            return new double[] {0, along(slopeB, byB[1])};
        }
        if (a + b >= LARGEST_PERSISTENCE - STEP && slopeA + slopeB > 0) {
            var exchange = along(slopeA - slopeB, byA[0] - 2 * cross + byB[1]);
            return new double[] {exchange, -exchange};
        }
        var determinant = byA[0] * byB[1] - cross * cross;
        if (byA[0] > 0 && determinant > 0) {
            return new double[] {
                (byB[1] * slopeA - cross * slopeB) / determinant, (byA[0] * slopeB - cross * slopeA) / determinant
            };
        }
        var length = Math.sqrt(slopeA * slopeA + slopeB * slopeB);
        return new double[] {CLIMB * slopeA / length, CLIMB * slopeB / length};
    }

    private static double along(double slope, double curvature) {
        return curvature > 0 ? slope / curvature : CLIMB * Math.signum(slope);
    }

    private boolean advance(double[] move) {
        for (var share = 1.0; share > 1e-6; share /= 2) {
            if (moveTo(a + share * move[0], b + share * move[1])) {
                return true;
            }
        }
        return false;
    }

    /** Moves to the nearest legal point if the likelihood is higher there. */
    private boolean moveTo(double wantedA, double wantedB) {
        var nextA = Math.max(0, Math.min(wantedA, LARGEST_PERSISTENCE));
        var nextB = Math.max(0, Math.min(wantedB, LARGEST_PERSISTENCE - nextA));
        var reached = likelihood.value(nextA, nextB);
        if (!(reached > value)) {
            return false;
        }
        a = nextA;
        b = nextB;
        value = reached;
        return true;
    }
}
