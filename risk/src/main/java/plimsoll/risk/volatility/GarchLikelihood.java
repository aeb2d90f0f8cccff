package plimsoll.risk.volatility;

import static plimsoll.risk.volatility.GarchSpecification.MU;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Log likelihood of returns under a conditional variance, with gradient, Hessian, sum of outer products of scores and,
 * for normal innovations, expected information. Not thread-safe: it holds the columns that one fit reuses.
 *
 * <p>l_t = −½ ln h_t + φ(e_t/√h_t; shape), e_t = r_t − μ. With ℓ = ln h, w = 1/√h and φ_z by the innovation,
 * l_ℓ = −½ − ½zφ_z and l_e = wφ_z; second derivatives follow by the chain.
 * Source: docs/models/garch.md, equations 4, 5 and 7.
 */
final class GarchLikelihood {

    private final GarchSpecification specification;
    private final VarianceRecursion recursion;
    private final Innovation innovation;
    private final double[] returns;
    private final int n;
    private final int size;

    private final double[] e;
    private final double[] precision;
    /** l_e of each observation: φ_z·w */
    private final double[] slope;
    /** l_s of each observation, then what the whole likelihood loses or gains by the state there */
    private final double[] adjoint;

    final double[] gradient;
    private double[] current = {};
    private double currentValue;
    private @Nullable Derivatives derivatives;
    private boolean differentiated;

    GarchLikelihood(GarchSpecification specification, double[] returns) {
        this.specification = specification;
        this.returns = returns;
        size = returns.length;
        n = specification.parameters();
        recursion = VarianceRecursion.of(specification, size);
        innovation = Innovation.of(specification.innovations(), size);
        e = new double[size + 1];
        precision = new double[size + 1];
        slope = new double[size + 1];
        adjoint = new double[size + 1];
        gradient = new double[n];
    }

    /** The log likelihood, not finite where the model has none; leaves its gradient in {@link #gradient}. */
    double valueAndGradient(double[] theta) {
        if (Arrays.equals(theta, current)) {
            return currentValue;
        }
        current = theta.clone();
        differentiated = false;
        moveTo(theta);
        Arrays.fill(gradient, 0);
        var firstShape = specification.firstShape();
        innovation.at(theta, firstShape);
        var shapes = innovation.slopes(size, e, precision, slope, gradient, firstShape);
        stateSlopes();
        gradient[MU] = -Columns.sum(slope, 1, size);
        recursion.sweepBack(e, adjoint, gradient);
        currentValue = shapes - recursion.sumOfLogVariances() / 2;
        return currentValue;
    }

    private void moveTo(double[] theta) {
        var mu = theta[MU];
        for (var t = 1; t <= size; t++) {
            e[t] = returns[t - 1] - mu;
        }
        e[0] = Columns.sum(e, 1, size) / size;
        recursion.run(theta, e, precision);
    }

    private void stateSlopes() {
        adjoint[0] = 0;
        if (recursion.isLogarithmic()) {
            for (var t = 1; t <= size; t++) {
                adjoint[t] = -0.5 - e[t] * slope[t] / 2;
            }
        } else {
            for (var t = 1; t <= size; t++) {
                adjoint[t] = (-0.5 - e[t] * slope[t] / 2) * precision[t];
            }
        }
    }

    /** The gradient, Hessian, outer products and information at this point. */
    Derivatives derivatives(double[] theta) {
        valueAndGradient(theta);
        var result = derivatives == null ? new Derivatives() : derivatives;
        derivatives = result;
        if (!differentiated) {
            result.refresh();
            differentiated = true;
        }
        return result;
    }

    /** The variance h of each observation, and of the one after the last as an extra element. */
    double[] variances(double[] theta) {
        valueAndGradient(theta);
        var variances = Arrays.copyOfRange(recursion.state, 1, size + 2);
        if (recursion.isLogarithmic()) {
            for (var t = 0; t < variances.length; t++) {
                variances[t] = StrictMath.exp(variances[t]);
            }
        }
        return variances;
    }

    /** Second derivatives at the point of the last gradient; good until the likelihood moves on. */
    final class Derivatives {

        private final double[][] first = new double[n][size + 1];
        private final Innovation.Curvature curvature = new Innovation.Curvature(size, n - specification.firstShape());
        /** ∂ ln h/∂s */
        private final double[] unit = new double[size + 1];

        private final int firstShape = specification.firstShape();
        private final int shapes = n - firstShape;

        // l_ss, l_ee, l_es of each observation
        private final double[] bySs = new double[size + 1];
        private final double[] byEe = new double[size + 1];
        private final double[] byEs = new double[size + 1];
        private final double[] weighted = new double[size + 1];
        private final double[][] scores = new double[n][size + 1];

        private void refresh() {
            innovation.curvatures(size, e, precision, curvature);
            recursion.sensitivities(e, first);
            if (recursion.isLogarithmic()) {
                Arrays.fill(unit, 1);
            } else {
                System.arraycopy(precision, 0, unit, 0, size + 1);
            }
        }

        double[][] hessian() {
            var hessian = new double[n][n];
            var curve = curvature.curve;
            var logarithmic = recursion.isLogarithmic();
            for (var t = 1; t <= size; t++) {
                var pull = e[t] * slope[t];
                var bend = precision[t] * curve[t];
                // By ln h: ¼(zφ_z + z²φ_zz), less l_ℓ where the state is h.
                var byLl = (pull + e[t] * e[t] * bend) / 4;
                bySs[t] = (logarithmic ? byLl : byLl + 0.5 + pull / 2) * unit[t] * unit[t];
                byEe[t] = bend;
                byEs[t] = -(slope[t] + e[t] * bend) / 2 * unit[t];
            }
            for (var i = 0; i < n; i++) {
                var column = first[i];
                for (var t = 1; t <= size; t++) {
                    weighted[t] = bySs[t] * column[t];
                }
                for (var j = 0; j <= i; j++) {
                    hessian[i][j] += Columns.dot(weighted, 1, first[j], 1, size);
                }
                // e depends on μ alone, with derivative −1.
                var cross = Columns.dot(byEs, 1, column, 1, size);
                hessian[i][MU] -= i == MU ? 2 * cross : cross;
            }
            hessian[MU][MU] += Columns.sum(byEe, 1, size);
            recursion.addCurvature(e, adjoint, first, hessian);
            for (var k = 0; k < shapes; k++) {
                addShape(hessian, k);
            }
            return mirrored(hessian);
        }

        private void addShape(double[][] hessian, int k) {
            var cross = curvature.shapeCross[k];
            var row = firstShape + k;
            for (var t = 1; t <= size; t++) {
                weighted[t] = -e[t] * cross[t] / 2 * unit[t];
            }
            for (var i = 0; i < n; i++) {
                var sum = Columns.dot(weighted, 1, first[i], 1, size);
                hessian[Math.max(row, i)][Math.min(row, i)] += i == row ? 2 * sum : sum;
            }
            hessian[row][MU] -= Columns.sum(cross, 1, size);
            for (var j = 0; j <= k; j++) {
                hessian[row][firstShape + j] += curvature.shapeSums[k][j];
            }
        }

        /** Σ of the outer products of the scores. */
        double[][] outerProducts() {
            for (var i = 0; i < n; i++) {
                var score = scores[i];
                for (var t = 1; t <= size; t++) {
                    score[t] = (-0.5 - e[t] * slope[t] / 2) * unit[t] * first[i][t];
                }
                if (i == MU) {
                    for (var t = 1; t <= size; t++) {
                        score[t] -= slope[t];
                    }
                } else if (i >= firstShape) {
                    for (var t = 1; t <= size; t++) {
                        score[t] += curvature.shapeSlope[i - firstShape][t];
                    }
                }
            }
            return products(scores);
        }

        /** Expected information of normal innovations: Σ ½ℓ_iℓ_j, and Σ 1/h for the mean. */
        double[][] information() {
            var scaled = scores;
            for (var i = 0; i < n; i++) {
                for (var t = 1; t <= size; t++) {
                    scaled[i][t] = unit[t] * first[i][t];
                }
            }
            var information = products(scaled);
            for (var row : information) {
                for (var j = 0; j < n; j++) {
                    row[j] /= 2;
                }
            }
            information[MU][MU] += Columns.sum(precision, 1, size);
            if (specification.variance() == GarchSpecification.Variance.GARCH) {
                // The expectation of the blocks between mean and variance is zero where news of both signs weighs the
                // same.
                for (var i = 1; i < n; i++) {
                    information[i][MU] = 0;
                    information[MU][i] = 0;
                }
            }
            return information;
        }

        private double[][] products(double[][] columns) {
            var products = new double[n][n];
            for (var i = 0; i < n; i++) {
                for (var j = 0; j <= i; j++) {
                    products[i][j] = Columns.dot(columns[i], 1, columns[j], 1, size);
                }
            }
            return mirrored(products);
        }

        private static double[][] mirrored(double[][] matrix) {
            for (var i = 0; i < matrix.length; i++) {
                for (var j = 0; j < i; j++) {
                    matrix[j][i] = matrix[i][j];
                }
            }
            return matrix;
        }
    }
}
