package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.ALPHA;
import static plimsoll.risk.volatility.GarchSpecification.BETA;
import static plimsoll.risk.volatility.GarchSpecification.GAMMA;
import static plimsoll.risk.volatility.GarchSpecification.MU;
import static plimsoll.risk.volatility.GarchSpecification.OMEGA;

import plimsoll.risk.volatility.GarchSpecification.Variance;

/**
 * Unbounded coordinates x for the quasi-Newton search, so that every x is a legal θ.
 *
 * <p>GARCH and GJR: ω = exp(x₁); mean news weight t = α + γ/2 = exp(x₂), or P·logistic(x₂) with β = P − t where the
 * persistence is held at P; β = logistic(x₃) otherwise; γ by the share of good news, α = 2t·logistic(x₄).
 * EGARCH: β = P·(2·logistic(x₃) − 1), the rest free. ν = 2 + 498·logistic(x),
 * λ = 0.99·(2·logistic(x) − 1). x belongs to returns of standard deviation one, θ to the returns as they are.
 */
final class ParameterTransform {

    /** Above this the t is a normal for every purpose, and the likelihood flat. */
    static final double LARGEST_NU = 500;

    /** Nearer to one, half of the distribution is a point. */
    static final double LARGEST_LAMBDA = 0.99;

    private static final double NU_RANGE = LARGEST_NU - 2;

    private final GarchSpecification specification;
    private final boolean persistenceHeld;
    private final double persistence;
    private final double scale;
    private final double logVariance;

    /** @param scale the standard deviation of the returns */
    ParameterTransform(GarchSpecification specification, boolean persistenceHeld, double persistence, double scale) {
        this.specification = specification;
        this.persistenceHeld = persistenceHeld;
        this.persistence = persistence;
        this.scale = scale;
        logVariance = 2 * StrictMath.log(scale);
    }

    double[] toTheta(double[] x) {
        var theta = new double[x.length];
        theta[MU] = x[MU] * scale;
        if (specification.variance() == Variance.EGARCH) {
            theta[ALPHA] = x[ALPHA];
            theta[BETA] = persistence * (2 * logistic(x[BETA]) - 1);
            theta[OMEGA] = x[OMEGA] + (1 - theta[BETA]) * logVariance;
            theta[GAMMA] = x[GAMMA];
        } else {
            theta[OMEGA] = scale * scale * exp(x[OMEGA]);
            var news = persistenceHeld ? persistence * logistic(x[ALPHA]) : exp(x[ALPHA]);
            theta[BETA] = persistenceHeld ? persistence - news : logistic(x[BETA]);
            theta[ALPHA] = news;
            if (specification.hasGamma()) {
                var share = logistic(x[GAMMA]);
                theta[ALPHA] = 2 * news * share;
                theta[GAMMA] = 2 * news * (1 - 2 * share);
            }
        }
        if (specification.hasNu()) {
            var nu = specification.nu();
            theta[nu] = 2 + NU_RANGE * logistic(x[nu]);
        }
        if (specification.hasLambda()) {
            var lambda = specification.lambda();
            theta[lambda] = LARGEST_LAMBDA * (2 * logistic(x[lambda]) - 1);
        }
        return theta;
    }

    /** The x of a θ strictly inside the legal region, for returns of standard deviation one. */
    double[] toX(double[] theta) {
        var x = new double[theta.length];
        x[MU] = theta[MU];
        if (specification.variance() == Variance.EGARCH) {
            x[OMEGA] = theta[OMEGA];
            x[ALPHA] = theta[ALPHA];
            x[BETA] = logit((theta[BETA] / persistence + 1) / 2);
            x[GAMMA] = theta[GAMMA];
        } else {
            x[OMEGA] = StrictMath.log(theta[OMEGA]);
            var news = theta[ALPHA] + (specification.hasGamma() ? theta[GAMMA] / 2 : 0);
            x[ALPHA] = persistenceHeld ? logit(news / persistence) : StrictMath.log(news);
            x[BETA] = persistenceHeld ? 0 : logit(theta[BETA]);
            if (specification.hasGamma()) {
                x[GAMMA] = logit(theta[ALPHA] / (2 * news));
            }
        }
        if (specification.hasNu()) {
            var nu = specification.nu();
            x[nu] = logit((theta[nu] - 2) / NU_RANGE);
        }
        if (specification.hasLambda()) {
            var lambda = specification.lambda();
            x[lambda] = logit((theta[lambda] / LARGEST_LAMBDA + 1) / 2);
        }
        return x;
    }

    /** The gradient by x of a function whose gradient by θ is known, at the θ that belongs to x. */
    void pullBack(double[] x, double[] theta, double[] byTheta, double[] byX) {
        byX[MU] = byTheta[MU] * scale;
        if (specification.variance() == Variance.EGARCH) {
            byX[OMEGA] = byTheta[OMEGA];
            byX[ALPHA] = byTheta[ALPHA];
            var share = logistic(x[BETA]);
            byX[BETA] = (byTheta[BETA] - byTheta[OMEGA] * logVariance) * persistence * 2 * share * (1 - share);
            byX[GAMMA] = byTheta[GAMMA];
        } else {
            pullBackLinear(x, theta, byTheta, byX);
        }
        if (specification.hasNu()) {
            var nu = specification.nu();
            var share = logistic(x[nu]);
            byX[nu] = byTheta[nu] * NU_RANGE * share * (1 - share);
        }
        if (specification.hasLambda()) {
            var lambda = specification.lambda();
            var share = logistic(x[lambda]);
            byX[lambda] = byTheta[lambda] * LARGEST_LAMBDA * 2 * share * (1 - share);
        }
    }

    private void pullBackLinear(double[] x, double[] theta, double[] byTheta, double[] byX) {
        byX[OMEGA] = byTheta[OMEGA] * theta[OMEGA];
        var byNews = byTheta[ALPHA];
        var news = theta[ALPHA];
        if (specification.hasGamma()) {
            var share = logistic(x[GAMMA]);
            news += theta[GAMMA] / 2;
            byNews = byTheta[ALPHA] * 2 * share + byTheta[GAMMA] * 2 * (1 - 2 * share);
            byX[GAMMA] = (byTheta[ALPHA] - 2 * byTheta[GAMMA]) * 2 * news * share * (1 - share);
        }
        if (persistenceHeld) {
            byX[ALPHA] = (byNews - byTheta[BETA]) * news * (1 - news / persistence);
            byX[BETA] = 0;
        } else {
            byX[ALPHA] = byNews * news;
            byX[BETA] = byTheta[BETA] * theta[BETA] * (1 - theta[BETA]);
        }
    }

    /** Bounded exponent: a wild step of the line search must not turn into infinity. */
    private static double exp(double x) {
        return StrictMath.exp(Math.max(-60, Math.min(60, x)));
    }

    private static double logistic(double x) {
        return 1 / (1 + exp(-x));
    }

    private static double logit(double share) {
        return StrictMath.log(share / (1 - share));
    }
}
