package plimsoll.risk.simulation;

import plimsoll.risk.simulation.SimulationResult.Estimate;

/**
 * Each path's bad debt and liquidations, in the order of the paths: two results on the same paths can be compared path by
 * path, which needs far fewer of them than comparing two figures.
 */
public final class PathLosses {

    private final double[] badDebt;
    private final double[] liquidated;

    PathLosses(double[] badDebt, double[] liquidated) {
        this.badDebt = badDebt;
        this.liquidated = liquidated;
    }

    public double badDebt(int path) {
        return badDebt[path];
    }

    public double liquidated(int path) {
        return liquidated[path];
    }

    public int paths() {
        return badDebt.length;
    }

    /** How much more bad debt this has on average than another result on the same paths. */
    public Estimate badDebtBeyond(PathLosses other) {
        if (other.paths() != paths()) {
            throw new IllegalArgumentException(
                    "results are of different paths: found=%d other=%d".formatted(paths(), other.paths()));
        }
        var difference = new double[badDebt.length];
        for (var i = 0; i < difference.length; i++) {
            difference[i] = badDebt[i] - other.badDebt[i];
        }
        return MonteCarlo.mean(difference);
    }
}
