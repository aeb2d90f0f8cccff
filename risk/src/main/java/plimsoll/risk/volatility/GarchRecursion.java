package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.ALPHA;
import static plimsoll.risk.volatility.GarchSpecification.BETA;
import static plimsoll.risk.volatility.GarchSpecification.GAMMA;
import static plimsoll.risk.volatility.GarchSpecification.MU;
import static plimsoll.risk.volatility.GarchSpecification.OMEGA;

/**
 * h_t = ω + (α + γ·1[e_{t−1} < 0])·e²_{t−1} + β·h_{t−1}; GARCH(1,1) has no γ.
 * Before the sample, h₀ and e₀² are mean(e²) and the negative part is mean(e²·1[e < 0]), all at the current μ, and are
 * differentiated as such. Source: docs/models/garch.md, equations 1, 2 and 6.
 */
final class GarchRecursion extends VarianceRecursion {

    private final boolean asymmetric;
    private final double[] square;
    /** e·1[e < 0] and e²·1[e < 0]; only for GJR */
    private final double[] bad;

    private final double[] badSquare;
    private double badShare;
    private double alpha;
    private double gamma;
    private double beta;

    GarchRecursion(GarchSpecification specification, int size) {
        super(specification.parameters(), size);
        asymmetric = specification.hasGamma();
        square = new double[size + 1];
        bad = new double[asymmetric ? size + 1 : 0];
        badSquare = new double[asymmetric ? size + 1 : 0];
    }

    @Override
    boolean isLogarithmic() {
        return false;
    }

    @Override
    void run(double[] theta, double[] e, double[] precision) {
        var omega = theta[OMEGA];
        alpha = theta[ALPHA];
        beta = theta[BETA];
        for (var t = 1; t <= size; t++) {
            square[t] = e[t] * e[t];
        }
        square[0] = Columns.sum(square, 1, size) / size;
        state[0] = square[0];
        if (asymmetric) {
            gamma = theta[GAMMA];
            splitBadNews(e);
            for (var t = 0; t <= size; t++) {
                state[t + 1] = omega + alpha * square[t] + gamma * badSquare[t];
            }
        } else {
            for (var t = 0; t <= size; t++) {
                state[t + 1] = omega + alpha * square[t];
            }
        }
        var h = state[0];
        for (var t = 1; t <= size + 1; t++) {
            h = state[t] + beta * h;
            state[t] = h;
        }
        for (var t = 1; t <= size; t++) {
            precision[t] = 1 / state[t];
        }
    }

    /** Index 0 is chosen so that −2·bad[0] is the derivative of the mean of bad squares by μ. */
    private void splitBadNews(double[] e) {
        var count = 0;
        for (var t = 1; t <= size; t++) {
            bad[t] = Math.min(e[t], 0);
            badSquare[t] = bad[t] * bad[t];
            count += e[t] < 0 ? 1 : 0;
        }
        bad[0] = Columns.sum(bad, 1, size) / size;
        badSquare[0] = Columns.sum(badSquare, 1, size) / size;
        badShare = (double) count / size;
    }

    @Override
    double sumOfLogVariances() {
        return Columns.sumOfLogs(state, 1, size);
    }

    @Override
    void sweepBack(double[] e, double[] adjoint, double[] gradient) {
        var byOmega = 0.0;
        var byAlpha = 0.0;
        var byBeta = 0.0;
        var byMu = 0.0;
        var next = 0.0;
        for (var t = size; t >= 1; t--) {
            next = adjoint[t] + beta * next;
            adjoint[t] = next;
            byOmega += next;
            byAlpha += next * square[t - 1];
            byBeta += next * state[t - 1];
            byMu += next * e[t - 1];
        }
        adjoint[0] = beta * next;
        gradient[OMEGA] += byOmega;
        gradient[ALPHA] += byAlpha;
        gradient[BETA] += byBeta;
        // The pre-sample is mean(e²), with derivative −2·e[0] by μ.
        gradient[MU] -= 2 * (alpha * byMu + adjoint[0] * e[0]);
        if (asymmetric) {
            gradient[GAMMA] += Columns.dot(adjoint, 1, badSquare, 0, size);
            gradient[MU] -= 2 * gamma * Columns.dot(adjoint, 1, bad, 0, size);
        }
    }

    @Override
    void sensitivities(double[] e, double[][] first) {
        var mu = first[MU];
        var omega = first[OMEGA];
        var byAlpha = first[ALPHA];
        var byBeta = first[BETA];
        mu[0] = -2 * e[0];
        var h0 = mu[0];
        var h1 = 0.0;
        var h2 = 0.0;
        var h3 = 0.0;
        for (var t = 0; t < size; t++) {
            var news = alpha * e[t] + (asymmetric ? gamma * bad[t] : 0);
            h0 = beta * h0 - 2 * news;
            h1 = beta * h1 + 1;
            h2 = beta * h2 + square[t];
            h3 = beta * h3 + state[t];
            mu[t + 1] = h0;
            omega[t + 1] = h1;
            byAlpha[t + 1] = h2;
            byBeta[t + 1] = h3;
        }
        if (asymmetric) {
            var byGamma = first[GAMMA];
            var h4 = 0.0;
            for (var t = 0; t < size; t++) {
                h4 = beta * h4 + badSquare[t];
                byGamma[t + 1] = h4;
            }
        }
    }

    @Override
    void addCurvature(double[] e, double[] adjoint, double[][] first, double[][] hessian) {
        for (var i = 0; i < n; i++) {
            var sum = Columns.dot(adjoint, 1, first[i], 0, size);
            hessian[Math.max(i, BETA)][Math.min(i, BETA)] += i == BETA ? 2 * sum : sum;
        }
        hessian[ALPHA][MU] -= 2 * Columns.dot(adjoint, 1, e, 0, size);
        hessian[MU][MU] += 2 * (alpha * Columns.sum(adjoint, 1, size) + adjoint[0]);
        if (asymmetric) {
            hessian[GAMMA][MU] -= 2 * Columns.dot(adjoint, 1, bad, 0, size);
            var badNews = adjoint[1] * badShare;
            for (var t = 1; t < size; t++) {
                badNews += e[t] < 0 ? adjoint[t + 1] : 0;
            }
            hessian[MU][MU] += 2 * gamma * badNews;
        }
    }
}
