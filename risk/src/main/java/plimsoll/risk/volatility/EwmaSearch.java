package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.EwmaLikelihood.DOWN;
import static plimsoll.risk.volatility.EwmaLikelihood.NU;
import static plimsoll.risk.volatility.EwmaLikelihood.PARAMETERS;
import static plimsoll.risk.volatility.EwmaLikelihood.UP;

import java.util.ArrayList;

/** The decays and tail of the highest likelihood: BFGS in unbounded coordinates, then Newton steps with the analytic Hessian. */
final class EwmaSearch {

    /** Below, a moving average of less than two periods; above, none that moves. */
    private static final double SMALLEST_LAMBDA = 0.5;

    private static final double LARGEST_LAMBDA = 0.9999;
    private static final double AT_BOUND = 1e-6;

    private static final double FUNCTION_TOLERANCE = 1e-9;
    private static final double GRADIENT_TOLERANCE = 1e-5;
    private static final int MOST_NEWTON_STEPS = 30;
    private static final double DECREMENT_TOLERANCE = 1e-18;

    private final EwmaLikelihood likelihood;
    private final boolean symmetric;
    private final int size;
    private final double[] gradient = new double[PARAMETERS];
    private double[] theta = {};
    private double logLikelihood;
    private boolean converged;

    private EwmaSearch(double[] returns, boolean symmetric) {
        likelihood = new EwmaLikelihood(returns);
        this.symmetric = symmetric;
        size = returns.length;
    }

    static EwmaFit run(double[] returns, boolean symmetric) {
        var search = new EwmaSearch(returns, symmetric);
        search.quasiNewton();
        search.newton();
        return search.finish(returns);
    }

    private void quasiNewton() {
        var start = toX(new double[] {Ewma.DAILY_LAMBDA, Ewma.DAILY_LAMBDA, 5});
        theta = toTheta(QuasiNewton.minimize(this::mean, start, FUNCTION_TOLERANCE, GRADIENT_TOLERANCE).x);
    }

    /** Mean negative log likelihood by x; the tail comes last, one or two decays before it. */
    private double mean(double[] x, double[] byX) {
        var value = likelihood.valueAndGradient(toTheta(x), gradient);
        var last = x.length - 1;
        for (var i = 0; i < last; i++) {
            var byTheta = symmetric ? gradient[DOWN] + gradient[UP] : gradient[i];
            byX[i] = -byTheta * slope(x[i], LARGEST_LAMBDA - SMALLEST_LAMBDA) / size;
        }
        byX[last] = -gradient[NU] * slope(x[last], ParameterTransform.LARGEST_NU - 2) / size;
        return -value / size;
    }

    private double[] toTheta(double[] x) {
        var last = x.length - 1;
        var range = LARGEST_LAMBDA - SMALLEST_LAMBDA;
        return new double[] {
            SMALLEST_LAMBDA + range * logistic(x[DOWN]),
            SMALLEST_LAMBDA + range * logistic(x[symmetric ? DOWN : UP]),
            2 + (ParameterTransform.LARGEST_NU - 2) * logistic(x[last])
        };
    }

    private double[] toX(double[] point) {
        var range = LARGEST_LAMBDA - SMALLEST_LAMBDA;
        var down = logit((point[DOWN] - SMALLEST_LAMBDA) / range);
        var tail = logit((point[NU] - 2) / (ParameterTransform.LARGEST_NU - 2));
        return symmetric
                ? new double[] {down, tail}
                : new double[] {down, logit((point[UP] - SMALLEST_LAMBDA) / range), tail};
    }

    private static double slope(double x, double range) {
        var share = logistic(x);
        return range * share * (1 - share);
    }

    private static double logistic(double x) {
        return 1 / (1 + StrictMath.exp(-Math.max(-60, Math.min(60, x))));
    }

    private static double logit(double share) {
        return StrictMath.log(share / (1 - share));
    }

    private void newton() {
        logLikelihood = likelihood.valueAndGradient(theta, gradient);
        for (var step = 0; step < MOST_NEWTON_STEPS; step++) {
            var directions = directions();
            var slopes = SmallMatrix.times(SmallMatrix.transpose(directions), gradient);
            var hessian = likelihood.second(theta).hessian;
            var inverse = SmallMatrix.inverse(SmallMatrix.negated(SmallMatrix.reduced(hessian, directions)));
            if (inverse.isEmpty()) {
                return;
            }
            var move = SmallMatrix.times(inverse.get(), slopes);
            var decrement = 0.0;
            for (var i = 0; i < move.length; i++) {
                decrement += move[i] * slopes[i];
            }
            var moved = advance(SmallMatrix.times(directions, move), decrement);
            if (!moved || decrement < DECREMENT_TOLERANCE) {
                converged = decrement < Math.sqrt(DECREMENT_TOLERANCE);
                return;
            }
        }
    }

    private boolean advance(double[] move, double decrement) {
        var noise = 1e-13 * (size + Math.abs(logLikelihood));
        var before = theta;
        for (var share = 1.0; share > 1e-9; share /= 2) {
            var next = before.clone();
            for (var i = 0; i < next.length; i++) {
                next[i] += share * move[i];
            }
            if (!isLegal(next)) {
                continue;
            }
            var value = likelihood.valueAndGradient(next, gradient);
            if (value > logLikelihood || (decrement < noise && value > logLikelihood - noise)) {
                theta = next;
                logLikelihood = value;
                return true;
            }
        }
        likelihood.valueAndGradient(before, gradient);
        return false;
    }

    private static boolean isLegal(double[] point) {
        for (var i = DOWN; i <= UP; i++) {
            if (!(point[i] >= SMALLEST_LAMBDA && point[i] <= LARGEST_LAMBDA)) {
                return false;
            }
        }
        return point[NU] > 2 && point[NU] <= ParameterTransform.LARGEST_NU;
    }

    /** Columns span the directions in which θ may move: decays together where they are one, none that is on a bound. */
    private double[][] directions() {
        var columns = new ArrayList<double[]>();
        for (var i = 0; i < PARAMETERS; i++) {
            if (isOnBound(i) || (symmetric && i == UP)) {
                continue;
            }
            var column = new double[PARAMETERS];
            column[i] = 1;
            if (symmetric && i == DOWN) {
                column[UP] = 1;
            }
            columns.add(column);
        }
        var directions = new double[PARAMETERS][columns.size()];
        for (var j = 0; j < columns.size(); j++) {
            for (var i = 0; i < PARAMETERS; i++) {
                directions[i][j] = columns.get(j)[i];
            }
        }
        return directions;
    }

    private boolean isOnBound(int i) {
        return i == NU
                ? theta[NU] > ParameterTransform.LARGEST_NU - 1
                : theta[i] > LARGEST_LAMBDA - AT_BOUND || theta[i] < SMALLEST_LAMBDA + AT_BOUND;
    }

    private EwmaFit finish(double[] returns) {
        var second = likelihood.second(theta);
        var directions = directions();
        var inverse = SmallMatrix.inverse(SmallMatrix.negated(SmallMatrix.reduced(second.hessian, directions)));
        var products = SmallMatrix.reduced(second.outerProducts, directions);
        return new EwmaFit(
                new Ewma.Parameters(theta[DOWN], theta[UP], theta[NU]),
                new Ewma.StandardErrors(
                        inverse.map(covariance -> errors(covariance, directions)),
                        inverse.map(bread -> errors(SmallMatrix.sandwich(bread, products), directions))),
                logLikelihood,
                converged,
                returns,
                likelihood.variances());
    }

    private static Ewma.Parameters errors(double[][] covariance, double[][] directions) {
        var roots = SmallMatrix.deviations(covariance, directions);
        return new Ewma.Parameters(roots[DOWN], roots[UP], roots[NU]);
    }
}
