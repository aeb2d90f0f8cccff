package plimsoll.risk.simulation;

import java.util.Arrays;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;

/**
 * Which accounts can be unhealthy at all on a path?
 *
 * <pre>
 * H(t) ≥ Σ c·LT·min P·(1 − A) / Σ d·max P      min and max over some steps, A how far sales may press the price    (1)
 * </pre>
 *
 * Asked first of the lowest and highest prices of the whole block, for which most accounts are safe; of the others for
 * each path and a few steps at a time, column by column. The bound may raise a false alarm; it never misses: it is taken a trace too low ({@link #GUARD})
 * for its own rounding, and a path whose sales press a price further than allowed is asked again ({@link PathScreen}).
 *
 * <p>Source: docs/models/market-simulation.md, equation 8.
 */
final class HealthScreen {

    /** Steps that are asked about together: enough to rule out many accounts at once, few enough to rule out many. */
    static final int WINDOW = 6;

    /** A few thousand roundings of a double: more than an account's sums have. */
    static final double GUARD = 1 - 1e-12;

    /** How much of the pressure that the last block's paths met, on average, the next block allows for from the start. */
    private static final double FORESIGHT = 1.5;

    private final PreparedBook book;
    private final PositionTable table;
    private final int steps;
    private final int windows;
    private final double[][][] low;
    private final double[][][] high;
    private final double[] lowOfBlock;
    private final double[] highOfBlock;
    private final double[] margin = new double[PathSource.BLOCK];
    private final int[] candidates;
    private final long[][][] suspects;
    private int candidateCount;

    /** A of equation 1 by asset: a guess that costs time where it is wrong, and never a result. */
    private final double[] allowed;

    HealthScreen(PreparedBook book, int assets, int steps) {
        this.book = book;
        this.table = book.table();
        this.steps = steps;
        windows = (steps + WINDOW - 1) / WINDOW;
        low = new double[windows][assets][PathSource.BLOCK];
        high = new double[windows][assets][PathSource.BLOCK];
        lowOfBlock = new double[assets];
        highOfBlock = new double[assets];
        candidates = new int[table.accounts];
        suspects = new long[windows][PathSource.BLOCK][(table.accounts + 63) / 64];
        allowed = new double[assets];
    }

    void prepare(PathBlock block) {
        for (var asset : book.assets()) {
            extremes(block, asset);
        }
        candidateCount = 0;
        for (var account = 0; account < table.accounts; account++) {
            if (table.isInDanger(account, table.collateralUnits, table.debtUnits, lowOfBlock, highOfBlock)) {
                candidates[candidateCount++] = account;
            }
        }
        for (var window = 0; window < windows; window++) {
            for (var path = 0; path < block.count(); path++) {
                Arrays.fill(suspects[window][path], 0, (candidateCount + 63) / 64, 0);
            }
            for (var candidate = 0; candidate < candidateCount; candidate++) {
                suspect(candidate, window, block.count());
            }
        }
    }

    /** Lowest prices of an asset, sales allowed for, and highest ones: on each path in each window, and in the block. */
    private void extremes(PathBlock block, int asset) {
        var left = 1 - allowed[asset];
        var lowest = Double.POSITIVE_INFINITY;
        var highest = 0.0;
        for (var window = 0; window < windows; window++) {
            var least = low[window][asset];
            var most = high[window][asset];
            Arrays.fill(least, Double.POSITIVE_INFINITY);
            Arrays.fill(most, 0);
            for (var step = window * WINDOW; step < Math.min(steps, (window + 1) * WINDOW); step++) {
                var price = block.price(asset, step);
                for (var path = 0; path < PathSource.BLOCK; path++) {
                    least[path] = Math.min(least[path], price[path]);
                    most[path] = Math.max(most[path], price[path]);
                }
            }
            for (var path = 0; path < block.count(); path++) {
                least[path] *= left;
                lowest = Math.min(lowest, least[path]);
                highest = Math.max(highest, most[path]);
            }
        }
        lowOfBlock[asset] = lowest;
        highOfBlock[asset] = highest;
    }

    /** Marks the paths on which an account is in danger within a window. */
    private void suspect(int candidate, int window, int paths) {
        var account = candidates[candidate];
        var factor = GUARD;
        Arrays.fill(margin, 0);
        for (var c = table.collateralStart[account]; c < table.collateralStart[account + 1]; c++) {
            add(factor * table.collateralUnits[c] * table.threshold[c], low[window][table.collateralAsset[c]]);
        }
        for (var d = table.debtStart[account]; d < table.debtStart[account + 1]; d++) {
            add(-table.debtUnits[d], high[window][table.debtAsset[d]]);
        }
        var word = candidate >> 6;
        var bit = 1L << candidate;
        var marks = suspects[window];
        for (var path = 0; path < paths; path++) {
            if (margin[path] < 0) {
                marks[path][word] |= bit;
            }
        }
    }

    private void add(double factor, double[] column) {
        for (var path = 0; path < margin.length; path++) {
            margin[path] += factor * column[path];
        }
    }

    /** Writes the accounts in danger on one path within a window; returns how many. */
    int suspectsOn(int path, int window, int[] out) {
        var found = 0;
        var marks = suspects[window][path];
        for (var word = 0; word < (candidateCount + 63) / 64; word++) {
            for (var bits = marks[word]; bits != 0; bits &= bits - 1) {
                out[found++] = candidates[(word << 6) + Long.numberOfTrailingZeros(bits)];
            }
        }
        return found;
    }

    /** Whether no account is in danger on a path. */
    boolean isSafe(int path) {
        for (var window = 0; window < windows; window++) {
            for (var word = 0; word < (candidateCount + 63) / 64; word++) {
                if (suspects[window][path][word] != 0) {
                    return false;
                }
            }
        }
        return true;
    }

    double low(int path, int asset, int window) {
        return low[window][asset][path];
    }

    double high(int path, int asset, int window) {
        return high[window][asset][path];
    }

    double allowed(int asset) {
        return allowed[asset];
    }

    /** What to allow for in the next block, given how deep sales pressed each price, summed over this block's paths. */
    void learn(double[] depths, int paths) {
        for (var asset : book.assets()) {
            allowed[asset] = Math.min(SaleImpact.WORST, FORESIGHT * depths[asset] / paths);
        }
    }
}
