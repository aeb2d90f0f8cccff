package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.ALPHA;
import static plimsoll.risk.volatility.GarchSpecification.BETA;
import static plimsoll.risk.volatility.GarchSpecification.GAMMA;
import static plimsoll.risk.volatility.GarchSpecification.MU;
import static plimsoll.risk.volatility.GarchSpecification.OMEGA;

import java.util.ArrayList;
import plimsoll.risk.volatility.GarchSpecification.Variance;

/**
 * One search for the maximum of a likelihood from one start. BFGS runs in unbounded coordinates of returns
 * scaled to standard deviation one, Newton's method in θ itself.
 */
final class GarchSearch {

    private static final int MOST_NEWTON_STEPS = 30;
    /** BFGS stops here, on the mean log likelihood; Newton's method doubles the digits from there on. */
    private static final double FUNCTION_TOLERANCE = 1e-8;

    private static final double GRADIENT_TOLERANCE = 1e-4;
    /** The Newton decrement gᵀH⁻¹g is the squared distance to the maximum in standard errors: 1e-9 of one is enough. */
    private static final double DECREMENT_TOLERANCE = 1e-18;

    private static final double KINK_TOLERANCE = 1e-4;

    private static final double OFF_BOUND = 1e-3;
    /** Nearer to a bound than this, a parameter is on it. */
    private static final double AT_BOUND = 1e-7;

    private final GarchSpecification specification;
    private final GarchLikelihood likelihood;
    private final double[] returns;
    private final boolean persistenceHeld;
    private double[] theta = {};
    private double logLikelihood;
    private int iterations;
    private boolean converged;

    private GarchSearch(
            GarchLikelihood likelihood, double[] returns, GarchSpecification specification, boolean persistenceHeld) {
        this.likelihood = likelihood;
        this.returns = returns;
        this.specification = specification;
        this.persistenceHeld = persistenceHeld;
    }

    /** @param start in units of the returns' standard deviation, which is the scale */
    static GarchSearch from(
            double[] start,
            GarchLikelihood likelihood,
            double[] returns,
            double scale,
            GarchSpecification specification,
            boolean persistenceHeld) {
        var search = new GarchSearch(likelihood, returns, specification, persistenceHeld);
        search.quasiNewton(
                start, new ParameterTransform(specification, persistenceHeld, Garch.LARGEST_PERSISTENCE, scale));
        search.newton();
        return search;
    }

    private void quasiNewton(double[] start, ParameterTransform transform) {
        var minimum = QuasiNewton.minimize(
                (x, gradient) -> {
                    var point = transform.toTheta(x);
                    var value = likelihood.valueAndGradient(point);
                    transform.pullBack(x, point, likelihood.gradient, gradient);
                    for (var i = 0; i < gradient.length; i++) {
                        gradient[i] /= -returns.length;
                    }
                    return -value / returns.length;
                },
                transform.toX(start),
                FUNCTION_TOLERANCE,
                GRADIENT_TOLERANCE);
        iterations = minimum.steps;
        theta = transform.toTheta(minimum.x);
        logLikelihood = likelihood.valueAndGradient(theta);
    }

    private void newton() {
        for (var step = 0; step < MOST_NEWTON_STEPS; step++) {
            var derivatives = likelihood.derivatives(theta);
            var directions = freeDirections();
            var gradient = SmallMatrix.times(SmallMatrix.transpose(directions), likelihood.gradient);
            var curvature = SmallMatrix.negated(SmallMatrix.reduced(derivatives.hessian(), directions));
            var inverse = SmallMatrix.inverse(curvature);
            if (inverse.isEmpty()) {
                return;
            }
            var move = SmallMatrix.times(inverse.get(), gradient);
            var decrement = 0.0;
            for (var i = 0; i < move.length; i++) {
                decrement += move[i] * gradient[i];
            }
            if (decrement < DECREMENT_TOLERANCE) {
                converged = true;
                return;
            }
            if (!advance(SmallMatrix.times(directions, move), decrement)) {
                converged = decrement < stuckTolerance();
                return;
            }
            iterations++;
        }
    }

    /**
     * What a decrement may be where no step goes up any more. Rounding noise alone for smooth likelihoods; |z| in EGARCH has
     * a kink by μ at every observation, and a maximum between kinks is known to a hundredth of a standard error.
     */
    private double stuckTolerance() {
        return specification.variance() == Variance.EGARCH ? KINK_TOLERANCE : Math.sqrt(DECREMENT_TOLERANCE);
    }

    /** Takes the largest halved part of the move that stays legal and does not lower the likelihood. */
    private boolean advance(double[] move, double decrement) {
        // Rounding noise of a sum of n logarithms; below it, comparing likelihoods says nothing.
        var noise = 1e-13 * (returns.length + Math.abs(logLikelihood));
        var share = 1.0;
        for (var halving = 0; halving < 30; halving++) {
            var moved = theta.clone();
            for (var i = 0; i < moved.length; i++) {
                moved[i] += share * move[i];
            }
            if (isLegal(moved)) {
                var value = likelihood.valueAndGradient(moved);
                if (value > logLikelihood || (decrement < noise && value > logLikelihood - noise)) {
                    theta = moved;
                    logLikelihood = value;
                    return true;
                }
            }
            share /= 2;
        }
        return false;
    }

    /** Columns span the directions in which θ may move: parameters on a bound stay, a held persistence stays held. */
    private double[][] freeDirections() {
        var columns = new ArrayList<double[]>();
        for (var i = 0; i < theta.length; i++) {
            if (isOnBound(i) || (persistenceHeld && i == BETA)) {
                continue;
            }
            var column = new double[theta.length];
            column[i] = 1;
            if (persistenceHeld && specification.variance() != Variance.EGARCH) {
                column[BETA] = i == ALPHA ? -1 : i == GAMMA && specification.hasGamma() ? -0.5 : 0;
            }
            columns.add(column);
        }
        return SmallMatrix.transpose(columns.toArray(double[][]::new));
    }

    private boolean isOnBound(int i) {
        if (specification.hasNu() && i == specification.nu()) {
            return theta[i] > ParameterTransform.LARGEST_NU - 1;
        }
        if (specification.hasLambda() && i == specification.lambda()) {
            return Math.abs(theta[i]) > ParameterTransform.LARGEST_LAMBDA - 1e-3;
        }
        if (specification.variance() == Variance.EGARCH) {
            return i == BETA && theta[BETA] > Garch.LARGEST_PERSISTENCE - AT_BOUND;
        }
        return switch (i) {
            case ALPHA, BETA -> theta[i] < AT_BOUND;
            case GAMMA -> specification.hasGamma() && theta[ALPHA] + theta[GAMMA] < AT_BOUND;
            default -> false;
        };
    }

    private boolean isLegal(double[] moved) {
        if (specification.hasNu()) {
            var nu = moved[specification.nu()];
            if (!(nu > 2 && nu <= ParameterTransform.LARGEST_NU)) {
                return false;
            }
        }
        if (specification.hasLambda() && Math.abs(moved[specification.lambda()]) > ParameterTransform.LARGEST_LAMBDA) {
            return false;
        }
        if (specification.variance() == Variance.EGARCH) {
            return Math.abs(moved[BETA]) <= Garch.LARGEST_PERSISTENCE;
        }
        return moved[OMEGA] > 0
                && moved[ALPHA] >= 0
                && moved[BETA] >= 0
                && moved[BETA] < 1
                && (!specification.hasGamma() || moved[ALPHA] + moved[GAMMA] >= 0);
    }

    double logLikelihood() {
        return logLikelihood;
    }

    boolean isInterior() {
        return converged && freeDirections()[0].length == theta.length - (persistenceHeld ? 1 : 0);
    }

    /**
     * Where a held search had better start, in units of the returns' deviation: news and memory shrunk alike to the bound,
     * and everything off its own bound, where unbounded coordinates would be infinite.
     */
    double[] heldStart(double scale) {
        var start = theta.clone();
        var share = Garch.LARGEST_PERSISTENCE / persistence();
        start[MU] /= scale;
        start[OMEGA] /= scale * scale;
        start[ALPHA] = Math.max(OFF_BOUND, start[ALPHA] * share);
        if (specification.hasGamma()) {
            start[GAMMA] = Math.max(OFF_BOUND - start[ALPHA], start[GAMMA] * share);
        }
        start[BETA] = Math.max(OFF_BOUND, start[BETA] * share);
        if (specification.hasNu()) {
            start[specification.nu()] = Math.min(start[specification.nu()], ParameterTransform.LARGEST_NU / 2);
        }
        if (specification.hasLambda()) {
            var lambda = specification.lambda();
            start[lambda] = Math.max(-0.9, Math.min(0.9, start[lambda]));
        }
        return start;
    }

    double persistence() {
        return GarchParameters.of(specification, theta).persistence(specification);
    }

    GarchFit finish() {
        var derivatives = likelihood.derivatives(theta);
        return new GarchFit(
                specification,
                theta,
                logLikelihood,
                iterations,
                converged,
                persistenceHeld || (specification.variance() == Variance.EGARCH && isOnBound(BETA)),
                StandardErrors.of(specification, derivatives, freeDirections()),
                returns,
                likelihood.variances(theta));
    }
}
