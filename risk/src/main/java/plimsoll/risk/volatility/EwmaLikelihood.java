package plimsoll.risk.volatility;

/**
 * Log likelihood of returns under an exponentially weighted variance with t innovations, by λ₋, λ₊ and ν, with gradient,
 * Hessian and outer products. Derivatives as in {@link VarianceRecursion}: h_{t+1} = F = r² + λ·(h − r²), so F_h = λ,
 * F_λ = h − r², F_hλ = 1 for the decay of that return's sign. Source: docs/models/ewma.md, equations 2 to 4.
 */
final class EwmaLikelihood {

    static final int DOWN = 0;
    static final int UP = 1;
    static final int NU = 2;
    static final int PARAMETERS = 3;

    private final int size;
    private final StudentTInnovation innovation;
    /** Index 0 is unused: observations are 1 to size, as the innovation counts them. */
    private final double[] e;

    private final double[] h;
    private final double[] precision;
    private final double[] slope;
    private final double[] adjoint;

    EwmaLikelihood(double[] returns) {
        size = returns.length;
        innovation = new StudentTInnovation(size);
        e = new double[size + 1];
        System.arraycopy(returns, 0, e, 1, size);
        h = new double[size + 2];
        h[1] = Ewma.meanSquare(returns);
        precision = new double[size + 1];
        slope = new double[size + 1];
        adjoint = new double[size + 2];
    }

    double valueAndGradient(double[] theta, double[] gradient) {
        for (var t = 1; t <= size; t++) {
            var square = e[t] * e[t];
            h[t + 1] = square + theta[kind(t)] * (h[t] - square);
        }
        for (var t = 1; t <= size; t++) {
            precision[t] = 1 / h[t];
        }
        gradient[NU] = 0;
        innovation.at(theta, NU);
        var value = innovation.slopes(size, e, precision, slope, gradient, NU);
        var byDecay = new double[2];
        adjoint[size + 1] = 0;
        for (var t = size; t >= 1; t--) {
            var kind = kind(t);
            byDecay[kind] += adjoint[t + 1] * (h[t] - e[t] * e[t]);
            adjoint[t] = (-0.5 - e[t] * slope[t] / 2) * precision[t] + theta[kind] * adjoint[t + 1];
        }
        gradient[DOWN] = byDecay[DOWN];
        gradient[UP] = byDecay[UP];
        return value - Columns.sumOfLogs(h, 1, size) / 2;
    }

    private int kind(int t) {
        return e[t] < 0 ? DOWN : UP;
    }

    /** Hessian and outer products at the point of the last gradient. */
    Second second(double[] theta) {
        var curvature = new Innovation.Curvature(size, 1);
        innovation.curvatures(size, e, precision, curvature);
        var second = new Second();
        var hessian = second.hessian;
        var products = second.outerProducts;
        var first = new double[2];
        var score = new double[PARAMETERS];
        for (var t = 1; t <= size; t++) {
            var p = precision[t];
            var pull = e[t] * slope[t];
            var byH = (-0.5 - pull / 2) * p;
            var byHh = ((pull + e[t] * e[t] * p * curvature.curve[t]) / 4 + 0.5 + pull / 2) * p * p;
            var byHNu = -e[t] * curvature.shapeCross[0][t] / 2 * p;
            var kind = kind(t);
            for (var i = 0; i < 2; i++) {
                for (var j = 0; j < 2; j++) {
                    hessian[i][j] += byHh * first[i] * first[j];
                }
                hessian[NU][i] += byHNu * first[i];
                hessian[i][NU] += byHNu * first[i];
                hessian[i][kind] += adjoint[t + 1] * first[i];
                hessian[kind][i] += adjoint[t + 1] * first[i];
                score[i] = byH * first[i];
            }
            score[NU] = curvature.shapeSlope[0][t];
            for (var i = 0; i < PARAMETERS; i++) {
                for (var j = 0; j < PARAMETERS; j++) {
                    products[i][j] += score[i] * score[j];
                }
            }
            for (var i = 0; i < 2; i++) {
                first[i] = theta[kind] * first[i] + (i == kind ? h[t] - e[t] * e[t] : 0);
            }
        }
        hessian[NU][NU] += curvature.shapeSums[0][0];
        return second;
    }

    /** h of every observation and of the period after the last. */
    double[] variances() {
        var variances = new double[size + 1];
        System.arraycopy(h, 1, variances, 0, size + 1);
        return variances;
    }

    /** Of the log likelihood by λ₋, λ₊, ν. */
    static final class Second {

        final double[][] hessian = new double[PARAMETERS][PARAMETERS];
        final double[][] outerProducts = new double[PARAMETERS][PARAMETERS];
    }
}
