package plimsoll.risk.dependence;

import java.util.Arrays;
import java.util.Optional;

/**
 * Which correlations can assets have together? A symmetric matrix R with ones on its diagonal and no negative
 * eigenvalue, kept with its lower factor L:
 *
 * <pre>
 * R = L·Lᵀ,   R_ii = 1                                                                                (1)
 * nearest R to a symmetric A = argmin ‖A − X‖_F over such X, by alternating projections               (2)
 * </pre>
 *
 * A perfect correlation leaves R singular: L has a zero on its diagonal then, and serves simulation, while a density
 * (and so {@link #logDeterminant}) does not exist.
 *
 * <p>Source: docs/models/correlation.md, equations 1 and 2; Higham, IMA Journal of Numerical Analysis 22 (2002), 3.3.
 */
public final class CorrelationMatrix {

    /** Rounding that entries may carry. */
    private static final double ROUNDING = 1e-9;
    /** A smaller pivot is a zero that rounding left; its root bounds what may stand below it. */
    private static final double ZERO_PIVOT = 1e-12;

    private static final double ZERO_BELOW_PIVOT = 1e-5;
    /** The least eigenvalue of a repaired matrix: far below what a sample can tell from zero, far above rounding. */
    private static final double REPAIRED_FLOOR = 1e-8;

    private static final int MOST_PROJECTIONS = 500;
    private static final double PROJECTION_TOLERANCE = 1e-8;

    private final double[][] values;
    private final double[][] lower;

    private CorrelationMatrix(double[][] values, double[][] lower) {
        this.values = values;
        this.lower = lower;
    }

    /** Checks and factors; refuses what is no correlation matrix. */
    public static CorrelationMatrix of(double[][] values) {
        var clean = requireSymmetric(values);
        var lower = semiCholesky(clean);
        if (lower.isEmpty()) {
            throw new IllegalArgumentException("correlations contradict each other: smallestEigenvalue="
                    + SymmetricMatrix.eigen(clean).smallest());
        }
        return new CorrelationMatrix(clean, lower.get());
    }

    public static CorrelationMatrix identity(int assets) {
        return uniform(assets, 0);
    }

    /** The same correlation between every two. */
    public static CorrelationMatrix uniform(int assets, double correlation) {
        var values = new double[assets][assets];
        for (var i = 0; i < assets; i++) {
            Arrays.fill(values[i], correlation);
            values[i][i] = 1;
        }
        return of(values);
    }

    /** R_ij = S_ij / √(S_ii·S_jj). */
    public static CorrelationMatrix ofCovariance(double[][] covariance) {
        return of(scaled(covariance));
    }

    /** The matrix itself where it is one, else the nearest (equation 2) with why. */
    public static Repair nearest(double[][] values) {
        var clean = requireSymmetric(values);
        var lower = semiCholesky(clean);
        if (lower.isPresent()) {
            return new Repair(new CorrelationMatrix(clean, lower.get()), Optional.empty());
        }
        var found = SymmetricMatrix.eigen(clean).smallest();
        var repaired = scaled(SymmetricMatrix.eigen(projected(clean)).withFloor(REPAIRED_FLOOR));
        var largest = 0.0;
        for (var i = 0; i < clean.length; i++) {
            for (var j = 0; j < i; j++) {
                largest = Math.max(largest, Math.abs(repaired[i][j] - clean[i][j]));
            }
        }
        return new Repair(
                of(repaired),
                Optional.of("correlations contradicted each other and were moved to the nearest that can be:"
                        + " smallestEigenvalue=" + found + " largestChange=" + largest));
    }

    /** Dykstra's correction of alternating projections onto {eigenvalues ≥ 0} and {unit diagonal}. */
    private static double[][] projected(double[][] values) {
        var n = values.length;
        var y = SymmetricMatrix.copy(values);
        var correction = new double[n][n];
        for (var step = 0; step < MOST_PROJECTIONS; step++) {
            var r = new double[n][n];
            for (var i = 0; i < n; i++) {
                for (var j = 0; j < n; j++) {
                    r[i][j] = y[i][j] - correction[i][j];
                }
            }
            var x = SymmetricMatrix.eigen(r).withFloor(REPAIRED_FLOOR);
            var moved = 0.0;
            for (var i = 0; i < n; i++) {
                for (var j = 0; j < n; j++) {
                    correction[i][j] = x[i][j] - r[i][j];
                    var next = i == j ? 1 : x[i][j];
                    moved = Math.max(moved, Math.abs(next - y[i][j]));
                    y[i][j] = next;
                }
            }
            if (moved < PROJECTION_TOLERANCE) {
                break;
            }
        }
        return y;
    }

    private static double[][] scaled(double[][] covariance) {
        var n = covariance.length;
        var scale = new double[n];
        for (var i = 0; i < n; i++) {
            if (!(covariance[i][i] > 0) || Double.isInfinite(covariance[i][i])) {
                throw new IllegalArgumentException(
                        "asset does not vary: index=%d variance=%s".formatted(i, covariance[i][i]));
            }
            scale[i] = 1 / Math.sqrt(covariance[i][i]);
        }
        var values = new double[n][n];
        for (var i = 0; i < n; i++) {
            for (var j = 0; j < n; j++) {
                values[i][j] = i == j ? 1 : covariance[i][j] * scale[i] * scale[j];
            }
        }
        return values;
    }

    private static double[][] requireSymmetric(double[][] values) {
        var n = values.length;
        if (n == 0) {
            throw new IllegalArgumentException("correlation matrix has no rows");
        }
        var clean = new double[n][n];
        for (var i = 0; i < n; i++) {
            if (values[i].length != n) {
                throw new IllegalArgumentException("correlation matrix is not square: row=%d found=%d needed=%d"
                        .formatted(i, values[i].length, n));
            }
            if (!(Math.abs(values[i][i] - 1) <= ROUNDING)) {
                throw new IllegalArgumentException("diagonal is not one: index=%d found=%s".formatted(i, values[i][i]));
            }
            clean[i][i] = 1;
            for (var j = 0; j < i; j++) {
                var value = values[i][j];
                if (!(Math.abs(value - values[j][i]) <= ROUNDING) || !(Math.abs(value) <= 1 + ROUNDING)) {
                    throw new IllegalArgumentException(
                            "not a correlation, or not symmetric: row=%d column=%d found=%s %s"
                                    .formatted(i, j, value, values[j][i]));
                }
                clean[i][j] = Math.max(-1, Math.min(1, value));
                clean[j][i] = clean[i][j];
            }
        }
        return clean;
    }

    /** Cholesky that lets pivots be zero where all below them is. */
    private static Optional<double[][]> semiCholesky(double[][] values) {
        var n = values.length;
        var lower = new double[n][n];
        for (var j = 0; j < n; j++) {
            var pivot = 1.0;
            for (var k = 0; k < j; k++) {
                pivot -= lower[j][k] * lower[j][k];
            }
            if (pivot < -ROUNDING) {
                return Optional.empty();
            }
            var isZero = pivot <= ZERO_PIVOT;
            lower[j][j] = isZero ? 0 : Math.sqrt(pivot);
            for (var i = j + 1; i < n; i++) {
                var sum = values[i][j];
                for (var k = 0; k < j; k++) {
                    sum -= lower[i][k] * lower[j][k];
                }
                if (isZero && Math.abs(sum) > ZERO_BELOW_PIVOT) {
                    return Optional.empty();
                }
                lower[i][j] = isZero ? 0 : sum / lower[j][j];
            }
        }
        return Optional.of(lower);
    }

    public int size() {
        return values.length;
    }

    public double get(int i, int j) {
        return values[i][j];
    }

    public double[][] rows() {
        return SymmetricMatrix.copy(values);
    }

    /** L of equation 1: L·z has these correlations where the z are independent with variance one. */
    public double[][] lower() {
        return SymmetricMatrix.copy(lower);
    }

    /** Whether no combination of the assets is without risk. */
    public boolean isDefinite() {
        for (var i = 0; i < lower.length; i++) {
            if (lower[i][i] == 0) {
                return false;
            }
        }
        return true;
    }

    /** ln |R|; negative infinity where R is singular. */
    public double logDeterminant() {
        var sum = 0.0;
        for (var i = 0; i < lower.length; i++) {
            sum += lower[i][i] == 0 ? Double.NEGATIVE_INFINITY : 2 * StrictMath.log(lower[i][i]);
        }
        return sum;
    }

    public double smallestEigenvalue() {
        return SymmetricMatrix.eigen(values).smallest();
    }

    /** The correlations among some of the assets, in the given order. */
    public CorrelationMatrix among(int... assets) {
        var part = new double[assets.length][assets.length];
        for (var i = 0; i < assets.length; i++) {
            for (var j = 0; j < assets.length; j++) {
                part[i][j] = values[assets[i]][assets[j]];
            }
        }
        return of(part);
    }

    /** (1 − weight)·this + weight·other: a correlation matrix again, since both are. */
    public CorrelationMatrix mixedWith(CorrelationMatrix other, double weight) {
        if (!(weight >= 0 && weight <= 1) || other.size() != size()) {
            throw new IllegalArgumentException(
                    "cannot mix: weight=%s size=%d other=%d".formatted(weight, size(), other.size()));
        }
        var mixed = new double[size()][size()];
        for (var i = 0; i < size(); i++) {
            for (var j = 0; j < size(); j++) {
                mixed[i][j] = (1 - weight) * values[i][j] + weight * other.values[i][j];
            }
        }
        return of(mixed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof CorrelationMatrix matrix && Arrays.deepEquals(values, matrix.values);
    }

    @Override
    public int hashCode() {
        return Arrays.deepHashCode(values);
    }

    @Override
    public String toString() {
        return Arrays.deepToString(values);
    }

    /** A matrix that can be, and why it is not the one that was given. */
    public record Repair(CorrelationMatrix matrix, Optional<String> reason) {}
}
