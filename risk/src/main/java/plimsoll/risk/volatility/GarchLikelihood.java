package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.MU;

import java.util.Arrays;

/**
 * Log likelihood of returns under a conditional variance, with gradient, Hessian, sum of outer products of scores and,
 * for normal innovations, expected information. Not thread-safe: it holds the buffers that one fit reuses.
 *
 * <p>l_t = −½ ln h_t + φ(e_t²/h_t, ν), e_t = r_t − μ. Source: docs/models/garch.md, equations 4, 5 and 7.
 */
final class GarchLikelihood {

    private final GarchSpecification specification;
    private final VarianceRecursion recursion;
    private final Innovation innovation;
    private final double[] returns;
    private final int n;

    private final double[] score;
    private final double[] dq;
    final double[] gradient;
    final double[][] hessian;
    final double[][] outerProducts;
    final double[][] information;

    GarchLikelihood(GarchSpecification specification, double[] returns) {
        this.specification = specification;
        this.returns = returns;
        recursion = VarianceRecursion.of(specification);
        innovation = Innovation.of(specification.innovations());
        n = specification.parameters();
        score = new double[n];
        dq = new double[n];
        gradient = new double[n];
        hessian = new double[n][n];
        outerProducts = new double[n][n];
        information = new double[n][n];
    }

    /** The log likelihood; leaves its gradient in {@link #gradient}. */
    double valueAndGradient(double[] theta) {
        start(theta, 1);
        Arrays.fill(gradient, 0);
        var logs = new LogOfProduct();
        var variances = new LogOfProduct();
        var squares = 0.0;
        var tails = 0.0;
        var logarithmic = recursion.isLogarithmic();
        var logVariances = 0.0;
        for (var r : returns) {
            var e = r - theta[MU];
            var s = recursion.s;
            var inverse = 1 / (logarithmic ? StrictMath.exp(s) : s);
            var q = e * e * inverse;
            squares += q;
            logs.times(innovation.logArgument(q));
            tails += innovation.nuTail(q);
            var phi = innovation.dq(q);
            double ds;
            if (logarithmic) {
                logVariances += s;
                ds = -0.5 - phi * q;
            } else {
                variances.times(s);
                ds = (-0.5 - phi * q) * inverse;
            }
            for (var i = 0; i < n; i++) {
                gradient[i] += ds * recursion.first[i];
            }
            gradient[MU] -= 2 * phi * e * inverse;
            recursion.advance(e);
        }
        if (specification.hasNu()) {
            gradient[specification.nu()] += innovation.totalNu(returns.length, logs.value(), tails);
        }
        return -(logVariances + variances.value()) / 2 + innovation.total(returns.length, logs.value(), squares);
    }

    /** Leaves gradient, Hessian, outer products and information (lower triangles mirrored) in the fields. */
    void derivatives(double[] theta) {
        start(theta, 2);
        Arrays.fill(gradient, 0);
        clear(hessian);
        clear(outerProducts);
        clear(information);
        for (var r : returns) {
            var e = r - theta[MU];
            accumulate(e);
            recursion.advance(e);
        }
        if (specification.variance() == GarchSpecification.Variance.GARCH) {
            // The expectation of the blocks between mean and variance is zero where news of both signs weighs the same.
            for (var i = 1; i < n; i++) {
                information[i][MU] = 0;
            }
        }
        mirror(hessian);
        mirror(outerProducts);
        mirror(information);
    }

    private void accumulate(double e) {
        var logarithmic = recursion.isLogarithmic();
        var s = recursion.s;
        var first = recursion.first;
        var inverse = 1 / (logarithmic ? StrictMath.exp(s) : s);
        var q = e * e * inverse;
        // unit: ∂ ln h/∂s, so that q_s = −q·unit and the second derivatives follow for both kinds of state.
        var unit = logarithmic ? 1 : inverse;
        var phi = innovation.dq(q);
        var phiQq = innovation.dqq(q);
        var ds = (-0.5 - phi * q) * unit;
        // ∂²/∂s² of −½ ln h + φ at fixed q-derivative: h: 1/(2h²) + φ_q·2q/h²; ln h: φ_q·q
        var dss = logarithmic ? phi * q : (0.5 + 2 * phi * q) * unit * unit;
        var des = -2 * e * inverse * unit * phi;
        var qs = -q * unit;
        for (var i = 0; i < n; i++) {
            dq[i] = qs * first[i];
            score[i] = ds * first[i];
        }
        dq[MU] -= 2 * e * inverse;
        score[MU] -= 2 * phi * e * inverse;
        if (specification.hasNu()) {
            score[specification.nu()] += innovation.dnu(q);
            addNu(q);
        }
        for (var i = 0; i < n; i++) {
            gradient[i] += score[i];
            for (var j = 0; j <= i; j++) {
                hessian[i][j] += dss * first[i] * first[j] + ds * recursion.second[i][j] + phiQq * dq[i] * dq[j];
                outerProducts[i][j] += score[i] * score[j];
                information[i][j] += 0.5 * unit * unit * first[i] * first[j];
            }
            // e depends on μ alone, with derivative −1.
            hessian[i][MU] -= des * (i == MU ? 2 * first[i] : first[i]);
        }
        hessian[MU][MU] += 2 * phi * inverse;
        information[MU][MU] += inverse;
    }

    private void addNu(double q) {
        var nu = specification.nu();
        var cross = innovation.dqnu(q);
        for (var i = 0; i < nu; i++) {
            hessian[nu][i] += cross * dq[i];
        }
        hessian[nu][nu] += innovation.dnunu(q) + 2 * cross * dq[nu];
    }

    /** The variance h of each observation, and of the one after the last as an extra element. */
    double[] variances(double[] theta) {
        start(theta, 0);
        var variances = new double[returns.length + 1];
        for (var t = 0; t <= returns.length; t++) {
            variances[t] = recursion.isLogarithmic() ? StrictMath.exp(recursion.s) : recursion.s;
            if (t < returns.length) {
                recursion.advance(returns[t] - theta[MU]);
            }
        }
        return variances;
    }

    private void start(double[] theta, int order) {
        if (specification.hasNu()) {
            innovation.at(theta[specification.nu()]);
        }
        recursion.start(theta, returns, order);
    }

    private static void clear(double[][] matrix) {
        for (var row : matrix) {
            Arrays.fill(row, 0);
        }
    }

    private static void mirror(double[][] matrix) {
        for (var i = 0; i < matrix.length; i++) {
            for (var j = 0; j < i; j++) {
                matrix[j][i] = matrix[i][j];
            }
        }
    }

    /** ln of a long product of positive numbers: one logarithm for many factors, taken before the product over- or underflows. */
    private static final class LogOfProduct {

        private static final double HIGH = 1e140;
        private static final double LOW = 1e-140;

        private double product = 1;
        private double sum;

        void times(double factor) {
            product *= factor;
            if (!(product < HIGH && product > LOW)) {
                sum += StrictMath.log(product);
                product = 1;
            }
        }

        double value() {
            return sum + StrictMath.log(product);
        }
    }
}
