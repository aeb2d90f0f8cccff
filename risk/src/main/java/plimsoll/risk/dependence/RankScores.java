package plimsoll.risk.dependence;

import java.util.Arrays;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.risk.strict.StudentT;

/**
 * Columns as ranks, and the quantiles of their pseudo-observations rank/(n + 1), ties sharing the average rank. All
 * columns share the same few possible ranks, so a quantile is computed once for each rank and not for each number.
 */
final class RankScores {

    /** Width of a cell of the table behind {@link #studentT}; its quintic interpolation is then exact to 1e-10. */
    private static final double CELL = 0.05;

    private static final int NEWTON_STEPS = 4;

    private final int rows;
    /** Twice the average rank, an integer from 2 to 2n, by asset and row. */
    private final int[][] doubled;

    private final double[] normal;

    private RankScores(int rows, int[][] doubled, double[] normal) {
        this.rows = rows;
        this.doubled = doubled;
        this.normal = normal;
    }

    static RankScores of(double[][] columns) {
        var rows = Columns.require(columns);
        var doubled = new int[columns.length][];
        var used = new boolean[2 * rows + 1];
        for (var i = 0; i < columns.length; i++) {
            doubled[i] = doubledRanks(columns[i]);
            for (var rank : doubled[i]) {
                used[rank] = true;
            }
        }
        return new RankScores(rows, doubled, normalScores(rows, used));
    }

    private static int[] doubledRanks(double[] column) {
        var sorted = column.clone();
        for (var i = 0; i < sorted.length; i++) {
            // Negative zero sorts before zero and is the same number.
            sorted[i] += 0.0;
        }
        Arrays.sort(sorted);
        var ends = new int[sorted.length];
        for (var k = sorted.length - 1; k >= 0; k--) {
            ends[k] = k + 1 < sorted.length && sorted[k] == sorted[k + 1] ? ends[k + 1] : k + 1;
        }
        var ranks = new int[column.length];
        for (var row = 0; row < column.length; row++) {
            var first = firstAtLeast(sorted, column[row]);
            ranks[row] = first + ends[first] + 1;
        }
        return ranks;
    }

    private static int firstAtLeast(double[] sorted, double value) {
        var low = 0;
        var high = sorted.length;
        while (low < high) {
            var middle = (low + high) >>> 1;
            if (sorted[middle] < value) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double[] normalScores(int rows, boolean[] used) {
        var scores = new double[2 * rows + 1];
        for (var rank = 2; rank <= rows; rank++) {
            if (used[rank] || used[2 * (rows + 1) - rank]) {
                scores[rank] = SpecialFunctions.normalQuantile(rank / 2.0 / (rows + 1));
                scores[2 * (rows + 1) - rank] = -scores[rank];
            }
        }
        return scores;
    }

    int rows() {
        return rows;
    }

    int assets() {
        return doubled.length;
    }

    /** Twice the ranks of one asset: where its rows stand in a table of scores. */
    int[] doubledRanks(int asset) {
        return doubled[asset];
    }

    /** Φ⁻¹(rank/(n + 1)) by doubled rank; zero where no row has it. */
    double[] normal() {
        return normal;
    }

    /** The columns of normal scores. */
    double[][] normalColumns() {
        var columns = new double[assets()][rows];
        for (var i = 0; i < assets(); i++) {
            for (var row = 0; row < rows; row++) {
                columns[i][row] = normal[doubled[i][row]];
            }
        }
        return columns;
    }

    /**
     * t_ν⁻¹(rank/(n + 1)) by doubled rank: x(z) = t_ν⁻¹(Φ(z)) is smooth in the normal score z, so it is computed at
     * steps of {@link #CELL} and interpolated with its first two derivatives.
     */
    double[] studentT(double nu) {
        var largest = 0.0;
        for (var z : normal) {
            largest = Math.max(largest, z);
        }
        var nodes = (int) (largest / CELL) + 2;
        var x = new double[nodes];
        var slope = new double[nodes];
        var bend = new double[nodes];
        for (var k = 0; k < nodes; k++) {
            var z = k * CELL;
            if (k > 0) {
                var start = x[k - 1] + CELL * (slope[k - 1] + CELL / 2 * bend[k - 1]);
                x[k] = upperQuantile(start, SpecialFunctions.complementaryErrorFunction(z / Math.sqrt(2)) / 2, nu);
            }
            slope[k] = SpecialFunctions.normalDensity(z) / StudentT.density(x[k], nu);
            bend[k] = slope[k] * ((nu + 1) * x[k] * slope[k] / (nu + x[k] * x[k]) - z);
        }
        var scores = new double[normal.length];
        for (var rank = 2; rank <= rows; rank++) {
            var z = -normal[rank];
            if (z > 0) {
                var cell = (int) (z / CELL);
                var value = quintic(z / CELL - cell, x, slope, bend, cell);
                scores[rank] = -value;
                scores[2 * (rows + 1) - rank] = value;
            }
        }
        return scores;
    }

    /** The x with P(T > x) = survival, by Newton's method on ln P(T > x), which is concave, from near. */
    private static double upperQuantile(double start, double survival, double nu) {
        var x = start;
        for (var step = 0; step < NEWTON_STEPS; step++) {
            var found = StudentT.survival(x, nu);
            var move = found / StudentT.density(x, nu) * StrictMath.log(found / survival);
            x += move;
            // The next error would be of the order of this one's square.
            if (Math.abs(move) < 1e-8 * x) {
                break;
            }
        }
        return x;
    }

    /** Hermite's polynomial of degree five through value, slope and second derivative at both ends of a cell. */
    private static double quintic(double t, double[] x, double[] slope, double[] bend, int cell) {
        var a0 = x[cell];
        var a1 = CELL * slope[cell];
        var a2 = CELL * CELL / 2 * bend[cell];
        var value = x[cell + 1] - a0 - a1 - a2;
        var first = CELL * slope[cell + 1] - a1 - 2 * a2;
        var second = CELL * CELL * bend[cell + 1] - 2 * a2;
        var a3 = 10 * value - 4 * first + second / 2;
        var a4 = -15 * value + 7 * first - second;
        var a5 = 6 * value - 3 * first + second / 2;
        return a0 + t * (a1 + t * (a2 + t * (a3 + t * (a4 + t * a5))));
    }
}
