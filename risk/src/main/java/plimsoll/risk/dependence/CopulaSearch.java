package plimsoll.risk.dependence;

import java.util.Optional;
import plimsoll.risk.dependence.CopulaFit.Method;
import plimsoll.risk.dependence.CopulaFit.StandardErrors;

/**
 * The search for the maximum of a copula's likelihood: correlations from ranks and the best ν for them, by bracketing
 * in ln ν; then, where wanted, Newton's method in all correlations and ln ν together.
 */
final class CopulaSearch {

    /** Beyond these, ν says "Gaussian" or "no more than two moments' worth of sense"; the likelihood is flat there. */
    private static final double SMALLEST_NU = 1;

    private static final double LARGEST_NU = 200;
    private static final double GOLDEN = 0.3819660112501051;
    /** Of ln ν. The likelihood is flat to rounding within about the root of a double's precision. */
    private static final double NU_TOLERANCE = 1e-6;

    private static final int MOST_STEPS = 40;
    private static final double CORRELATION_STEP = 1e-5;
    private static final double LOG_NU_STEP = 1e-3;
    /** The Newton decrement is the squared distance to the maximum in standard errors. */
    private static final double DECREMENT_TOLERANCE = 1e-12;

    private final RankScores ranks;
    private final CopulaLikelihood likelihood;
    private final CorrelationMatrix.Repair fromRanks;
    private final double shrinkage;

    CopulaSearch(RankScores ranks) {
        this.ranks = ranks;
        likelihood = new CopulaLikelihood(ranks);
        shrinkage = ShrunkCovariance.ledoitWolf(ranks.normalColumns()).shrinkage();
        var values = KendallCorrelation.of(ranks);
        for (var i = 0; i < values.length; i++) {
            for (var j = 0; j < values.length; j++) {
                values[i][j] *= i == j ? 1 : 1 - shrinkage;
            }
        }
        fromRanks = CorrelationMatrix.nearest(values);
        if (!fromRanks.matrix().isDefinite()) {
            throw new IllegalArgumentException("two columns have the same ranks: a copula of them has no density");
        }
    }

    CopulaFit profile() {
        var correlation = fromRanks.matrix().rows();
        var logNu = bestLogNu(correlation);
        var nu = StrictMath.exp(logNu);
        var value = likelihood.value(correlation, nu);
        var above = likelihood.value(correlation, StrictMath.exp(logNu + LOG_NU_STEP));
        var below = likelihood.value(correlation, StrictMath.exp(logNu - LOG_NU_STEP));
        var information = (2 * value - above - below) / (LOG_NU_STEP * LOG_NU_STEP);
        var errors = information > 0 && !isAtBound(logNu)
                ? Optional.of(
                        new StandardErrors(new double[ranks.assets()][ranks.assets()], nu / Math.sqrt(information)))
                : Optional.<StandardErrors>empty();
        return byRanks(nu, value, errors);
    }

    CopulaFit gaussianByRanks() {
        var value = likelihood.value(fromRanks.matrix().rows(), Double.POSITIVE_INFINITY);
        return byRanks(Double.POSITIVE_INFINITY, value, Optional.empty());
    }

    private CopulaFit byRanks(double nu, double value, Optional<StandardErrors> errors) {
        return new CopulaFit(
                new TCopula(fromRanks.matrix(), nu),
                value,
                ranks.rows(),
                Method.RANKS,
                shrinkage,
                fromRanks.reason(),
                errors,
                true);
    }

    CopulaFit joint() {
        var start = fromRanks.matrix().rows();
        var logNu = bestLogNu(start);
        return new Newton(start, logNu, !isAtBound(logNu)).run();
    }

    CopulaFit jointGaussian() {
        return new Newton(fromRanks.matrix().rows(), Double.POSITIVE_INFINITY, false).run();
    }

    private static boolean isAtBound(double logNu) {
        return logNu < StrictMath.log(SMALLEST_NU) + 0.01 || logNu > StrictMath.log(LARGEST_NU) - 0.01;
    }

    /** Brent's minimum of a function of one variable: parabolas where they help, golden sections where not. */
    private double bestLogNu(double[][] correlation) {
        var low = StrictMath.log(SMALLEST_NU);
        var high = StrictMath.log(LARGEST_NU);
        var x = StrictMath.log(6);
        var fx = minus(correlation, x);
        var w = x;
        var fw = fx;
        var v = x;
        var fv = fx;
        var last = 0.0;
        var beforeLast = 0.0;
        for (var step = 0; step < MOST_STEPS; step++) {
            var middle = (low + high) / 2;
            if (Math.abs(x - middle) <= 2 * NU_TOLERANCE - (high - low) / 2) {
                break;
            }
            var r = (x - w) * (fx - fv);
            var q = (x - v) * (fx - fw);
            var p = (x - v) * q - (x - w) * r;
            q = 2 * (q - r);
            p = q > 0 ? -p : p;
            q = Math.abs(q);
            var usable = Math.abs(p) < Math.abs(q * beforeLast / 2) && p > q * (low - x) && p < q * (high - x);
            beforeLast = usable ? last : x < middle ? high - x : low - x;
            last = usable ? p / q : GOLDEN * beforeLast;
            var u = x + (Math.abs(last) >= NU_TOLERANCE ? last : last > 0 ? NU_TOLERANCE : -NU_TOLERANCE);
            var fu = minus(correlation, u);
            if (fu <= fx) {
                low = u >= x ? x : low;
                high = u >= x ? high : x;
                v = w;
                fv = fw;
                w = x;
                fw = fx;
                x = u;
                fx = fu;
            } else {
                low = u < x ? u : low;
                high = u < x ? high : u;
                if (fu <= fw || w == x) {
                    v = w;
                    fv = fw;
                    w = u;
                    fw = fu;
                } else if (fu <= fv || v == x || v == w) {
                    v = u;
                    fv = fu;
                }
            }
        }
        return x;
    }

    private double minus(double[][] correlation, double logNu) {
        return -likelihood.value(correlation, StrictMath.exp(logNu));
    }

    /** Newton's method in θ: the correlations below the diagonal, row by row, then ln ν where it is free. */
    private final class Newton {

        private final int assets = ranks.assets();
        private final int pairs = assets * (assets - 1) / 2;
        private final boolean nuIsFree;
        private final double fixedLogNu;
        private double[] theta;

        Newton(double[][] correlation, double logNu, boolean nuIsFree) {
            this.nuIsFree = nuIsFree;
            fixedLogNu = logNu;
            theta = new double[pairs + (nuIsFree ? 1 : 0)];
            for (int i = 1, k = 0; i < assets; i++) {
                for (var j = 0; j < i; j++) {
                    theta[k++] = correlation[i][j];
                }
            }
            if (nuIsFree) {
                theta[pairs] = logNu;
            }
        }

        CopulaFit run() {
            var value = value(theta);
            var converged = false;
            for (var step = 0; step < MOST_STEPS && !converged; step++) {
                var gradient = gradient(theta);
                var information = information();
                var inverse = SymmetricMatrix.cholesky(information, 0)
                        .map(factor -> SymmetricMatrix.inverse(SymmetricMatrix.inverseOfLower(factor)));
                var move = new double[theta.length];
                var decrement = 0.0;
                for (var i = 0; i < theta.length; i++) {
                    for (var j = 0; j < theta.length; j++) {
                        // Where the likelihood is not concave, climb along its slope.
                        move[i] += inverse.isPresent()
                                ? inverse.get()[i][j] * gradient[j]
                                : i == j ? 0.1 * gradient[j] / ranks.rows() : 0;
                    }
                    decrement += move[i] * gradient[i];
                }
                converged = inverse.isPresent() && decrement < DECREMENT_TOLERANCE;
                if (!converged) {
                    var reached = advance(move, value);
                    if (!(reached > value)) {
                        converged = inverse.isPresent() && decrement < Math.sqrt(DECREMENT_TOLERANCE);
                        break;
                    }
                    value = reached;
                }
            }
            return fit(value, converged);
        }

        private double advance(double[] move, double value) {
            for (var share = 1.0; share > 1e-6; share /= 2) {
                var next = theta.clone();
                for (var i = 0; i < next.length; i++) {
                    next[i] += share * move[i];
                }
                var reached = value(next);
                if (reached > value) {
                    theta = next;
                    return reached;
                }
            }
            return value;
        }

        private CopulaFit fit(double value, boolean converged) {
            var matrix = CorrelationMatrix.of(correlation(theta));
            var inverse = SymmetricMatrix.cholesky(information(), 0)
                    .map(factor -> SymmetricMatrix.inverse(SymmetricMatrix.inverseOfLower(factor)));
            return new CopulaFit(
                    new TCopula(matrix, nu(theta)),
                    value,
                    ranks.rows(),
                    Method.JOINT,
                    0,
                    Optional.empty(),
                    inverse.map(this::standardErrors),
                    converged);
        }

        private StandardErrors standardErrors(double[][] inverse) {
            var correlation = new double[assets][assets];
            for (int i = 1, k = 0; i < assets; i++) {
                for (var j = 0; j < i; j++, k++) {
                    correlation[i][j] = Math.sqrt(inverse[k][k]);
                    correlation[j][i] = correlation[i][j];
                }
            }
            return new StandardErrors(correlation, nuIsFree ? nu(theta) * Math.sqrt(inverse[pairs][pairs]) : 0);
        }

        private double[][] correlation(double[] at) {
            var values = new double[assets][assets];
            for (int i = 0, k = 0; i < assets; i++) {
                values[i][i] = 1;
                for (var j = 0; j < i; j++) {
                    values[i][j] = at[k];
                    values[j][i] = at[k++];
                }
            }
            return values;
        }

        private double nu(double[] at) {
            return StrictMath.exp(nuIsFree ? at[pairs] : fixedLogNu);
        }

        private double value(double[] at) {
            return likelihood.value(correlation(at), nu(at));
        }

        /** Analytic in the correlations, a central difference in ln ν. */
        private double[] gradient(double[] at) {
            var slopes = new double[assets][assets];
            likelihood.valueAndSlopes(correlation(at), nu(at), slopes);
            var gradient = new double[at.length];
            for (int i = 1, k = 0; i < assets; i++) {
                for (var j = 0; j < i; j++) {
                    gradient[k++] = slopes[i][j];
                }
            }
            if (nuIsFree) {
                gradient[pairs] = (value(moved(at, pairs, LOG_NU_STEP)) - value(moved(at, pairs, -LOG_NU_STEP)))
                        / (2 * LOG_NU_STEP);
            }
            return gradient;
        }

        /** Minus the second derivatives: differences of the gradient. */
        private double[][] information() {
            var information = new double[theta.length][theta.length];
            for (var k = 0; k < theta.length; k++) {
                var step = k < pairs ? CORRELATION_STEP : LOG_NU_STEP;
                var above = slopes(moved(theta, k, step));
                var below = slopes(moved(theta, k, -step));
                for (var i = 0; i < pairs; i++) {
                    information[i][k] = (below[i] - above[i]) / (2 * step);
                }
            }
            for (var k = 0; k < theta.length; k++) {
                for (var i = 0; i < Math.min(k, pairs); i++) {
                    var mean = k == pairs ? information[i][k] : (information[i][k] + information[k][i]) / 2;
                    information[i][k] = mean;
                    information[k][i] = mean;
                }
            }
            if (nuIsFree) {
                var around = value(moved(theta, pairs, LOG_NU_STEP)) + value(moved(theta, pairs, -LOG_NU_STEP));
                information[pairs][pairs] = (2 * value(theta) - around) / (LOG_NU_STEP * LOG_NU_STEP);
            }
            return information;
        }

        private double[] slopes(double[] at) {
            var slopes = new double[assets][assets];
            likelihood.valueAndSlopes(correlation(at), nu(at), slopes);
            var flat = new double[pairs];
            for (int i = 1, k = 0; i < assets; i++) {
                for (var j = 0; j < i; j++) {
                    flat[k++] = slopes[i][j];
                }
            }
            return flat;
        }

        private static double[] moved(double[] at, int index, double by) {
            var moved = at.clone();
            moved[index] += by;
            return moved;
        }
    }
}
