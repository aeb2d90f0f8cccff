package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.ALPHA;
import static plimsoll.risk.volatility.GarchSpecification.BETA;
import static plimsoll.risk.volatility.GarchSpecification.GAMMA;
import static plimsoll.risk.volatility.GarchSpecification.MU;
import static plimsoll.risk.volatility.GarchSpecification.OMEGA;

import plimsoll.risk.strict.SpecialFunctions;

/**
 * ln h_t = ω + γ·z_{t−1} + α·(|z_{t−1}| − E|z|) + β·ln h_{t−1}, z = e/√h.
 * Before the sample, h₀ = mean(e²) and z₀ = mean(e)/√h₀ at the current μ, differentiated as such.
 * E|z| is √(2/π) for the normal and √((ν−2)/π)·Γ((ν−1)/2)/Γ(ν/2) for the t scaled to variance 1. The skewed t is centred by
 * the same: where its own E|z| differs, ω takes up the difference and h is what it was.
 * Source: docs/models/garch.md, equations 3 and 6.
 */
final class EgarchRecursion extends VarianceRecursion {

    private final GarchSpecification specification;
    private final double[] z;
    private final double[] w;
    /** z_i of one observation */
    private final double[] byParameter;

    private double alpha;
    private double gamma;
    private double beta;
    private double meanSize = Math.sqrt(2 / Math.PI);
    private double meanSizeNu;
    private double meanSizeNuNu;

    EgarchRecursion(GarchSpecification specification, int size) {
        super(specification.parameters(), size);
        this.specification = specification;
        z = new double[size + 1];
        w = new double[size + 1];
        byParameter = new double[n];
    }

    @Override
    boolean isLogarithmic() {
        return true;
    }

    @Override
    void run(double[] theta, double[] e, double[] precision) {
        var omega = theta[OMEGA];
        alpha = theta[ALPHA];
        beta = theta[BETA];
        gamma = theta[GAMMA];
        if (specification.hasNu()) {
            setMeanSize(theta[specification.nu()]);
        }
        var s = StrictMath.log(Columns.dot(e, 1, e, 1, size) / size);
        state[0] = s;
        for (var t = 0; t <= size; t++) {
            w[t] = StrictMath.exp(-s / 2);
            z[t] = e[t] * w[t];
            s = omega + gamma * z[t] + alpha * (Math.abs(z[t]) - meanSize) + beta * s;
            state[t + 1] = s;
        }
        for (var t = 1; t <= size; t++) {
            precision[t] = w[t] * w[t];
        }
    }

    @Override
    double sumOfLogVariances() {
        return Columns.sum(state, 1, size);
    }

    /** ∂F/∂z */
    private double slope(int t) {
        return gamma + (z[t] < 0 ? -alpha : alpha);
    }

    @Override
    void sweepBack(double[] e, double[] adjoint, double[] gradient) {
        var byOmega = 0.0;
        var byAlpha = 0.0;
        var byBeta = 0.0;
        var byGamma = 0.0;
        var byMu = 0.0;
        var next = 0.0;
        for (var t = size; t >= 0; t--) {
            var slope = slope(t);
            if (t < size) {
                byOmega += next;
                byAlpha += next * (Math.abs(z[t]) - meanSize);
                byBeta += next * state[t];
                byGamma += next * z[t];
                byMu -= next * slope * w[t];
            }
            next = adjoint[t] + (beta - slope * z[t] / 2) * next;
            adjoint[t] = next;
        }
        gradient[OMEGA] += byOmega;
        gradient[ALPHA] += byAlpha;
        gradient[BETA] += byBeta;
        gradient[GAMMA] += byGamma;
        gradient[MU] += byMu + adjoint[0] * presampleMu(e);
        if (specification.hasNu()) {
            gradient[specification.nu()] -= alpha * meanSizeNu * byOmega;
        }
    }

    /** ∂ ln mean(e²)/∂μ */
    private double presampleMu(double[] e) {
        return -2 * e[0] / StrictMath.exp(state[0]);
    }

    @Override
    void sensitivities(double[] e, double[][] first) {
        for (var column : first) {
            column[0] = 0;
        }
        first[MU][0] = presampleMu(e);
        for (var t = 0; t < size; t++) {
            var slope = slope(t);
            var keep = beta - slope * z[t] / 2;
            for (var column : first) {
                column[t + 1] = keep * column[t];
            }
            first[MU][t + 1] -= slope * w[t];
            first[OMEGA][t + 1] += 1;
            first[ALPHA][t + 1] += Math.abs(z[t]) - meanSize;
            first[BETA][t + 1] += state[t];
            first[GAMMA][t + 1] += z[t];
            if (specification.hasNu()) {
                first[specification.nu()][t + 1] -= alpha * meanSizeNu;
            }
        }
    }

    @Override
    void addCurvature(double[] e, double[] adjoint, double[][] first, double[][] hessian) {
        for (var t = 0; t < size; t++) {
            var weight = adjoint[t + 1];
            var slope = slope(t);
            var sign = z[t] < 0 ? -1 : 1;
            for (var i = 0; i < n; i++) {
                byParameter[i] = -z[t] / 2 * first[i][t];
            }
            byParameter[MU] -= w[t];
            for (var i = 0; i < n; i++) {
                var row = hessian[i];
                var sensitivity = first[i][t];
                // z_ij without the second derivative of the state: z/4·s_i·s_j + w/2·(s_i where j is μ, and the
                // reverse)
                var bent = weight * slope * z[t] / 4 * sensitivity;
                for (var j = 0; j <= i; j++) {
                    row[j] += bent * first[j][t];
                }
                row[MU] += weight * slope * w[t] / 2 * (i == MU ? 2 * sensitivity : sensitivity);
                // What parameter i moves, times what a parameter multiplies: |z| for α, ln h for β, z for γ.
                add(hessian, i, ALPHA, weight * sign * byParameter[i]);
                add(hessian, i, BETA, weight * sensitivity);
                add(hessian, i, GAMMA, weight * byParameter[i]);
            }
        }
        var presampleMu = presampleMu(e);
        hessian[MU][MU] += adjoint[0] * (2 / StrictMath.exp(state[0]) - presampleMu * presampleMu);
        if (specification.hasNu()) {
            var nu = specification.nu();
            var weights = Columns.sum(adjoint, 1, size);
            hessian[nu][ALPHA] -= meanSizeNu * weights;
            hessian[nu][nu] -= alpha * meanSizeNuNu * weights;
        }
    }

    private static void add(double[][] hessian, int i, int j, double value) {
        hessian[Math.max(i, j)][Math.min(i, j)] += i == j ? 2 * value : value;
    }

    /** E|z| at these parameters. */
    static double meanSize(GarchSpecification specification, double[] theta) {
        var recursion = new EgarchRecursion(specification, 0);
        if (specification.hasNu()) {
            recursion.setMeanSize(theta[specification.nu()]);
        }
        return recursion.meanSize;
    }

    private void setMeanSize(double nu) {
        var m = nu - 2;
        meanSize = Math.sqrt(m / Math.PI)
                * StrictMath.exp(SpecialFunctions.logGamma((nu - 1) / 2) - SpecialFunctions.logGamma(nu / 2));
        var logSlope = (1 / m + SpecialFunctions.digamma((nu - 1) / 2) - SpecialFunctions.digamma(nu / 2)) / 2;
        var logCurvature =
                -1 / (2 * m * m) + (SpecialFunctions.trigamma((nu - 1) / 2) - SpecialFunctions.trigamma(nu / 2)) / 4;
        meanSizeNu = meanSize * logSlope;
        meanSizeNuNu = meanSize * (logSlope * logSlope + logCurvature);
    }
}
