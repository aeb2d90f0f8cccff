package plimsoll.risk.simulation;

import java.util.Arrays;

/** What one block of paths came to, flat, so that it can travel: bad debt and liquidations by path, sums by asset and step. */
final class BlockOutcome {

    private static final int HEADER = 3;

    final int paths;
    final int assets;
    final int steps;
    final double[] badDebt;
    final double[] liquidated;
    final double[] calls;
    final double[] seizedOf;
    final double[] owedIn;
    final double[] behind;
    final double[] liquidatedAt;
    final double[] callsAt;
    final double[] badDebtAt;
    double realised;
    double latent;

    BlockOutcome(int paths, int assets, int steps) {
        this.paths = paths;
        this.assets = assets;
        this.steps = steps;
        badDebt = new double[paths];
        liquidated = new double[paths];
        calls = new double[paths];
        seizedOf = new double[assets];
        owedIn = new double[assets];
        behind = new double[assets];
        liquidatedAt = new double[steps];
        callsAt = new double[steps];
        badDebtAt = new double[steps];
    }

    private double[][] columns() {
        return new double[][] {badDebt, liquidated, calls, seizedOf, owedIn, behind, liquidatedAt, callsAt, badDebtAt};
    }

    double[] flat() {
        var flat = new double[HEADER + 3 * paths + 3 * assets + 3 * steps + 2];
        flat[0] = paths;
        flat[1] = assets;
        flat[2] = steps;
        var at = HEADER;
        for (var column : columns()) {
            System.arraycopy(column, 0, flat, at, column.length);
            at += column.length;
        }
        flat[at] = realised;
        flat[at + 1] = latent;
        return flat;
    }

    static BlockOutcome of(double[] flat) {
        var outcome = new BlockOutcome((int) flat[0], (int) flat[1], (int) flat[2]);
        var at = HEADER;
        for (var column : outcome.columns()) {
            System.arraycopy(flat, at, column, 0, column.length);
            at += column.length;
        }
        outcome.realised = flat[at];
        outcome.latent = flat[at + 1];
        return outcome;
    }

    @Override
    public String toString() {
        return Arrays.toString(flat());
    }
}
