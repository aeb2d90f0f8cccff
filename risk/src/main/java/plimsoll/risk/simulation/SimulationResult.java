package plimsoll.risk.simulation;

import java.util.List;
import plimsoll.risk.tail.LossSample.Interval;

/**
 * What the paths cost, in base value.
 *
 * @param badDebt of a path: debt that no collateral was left for, and what is still uncovered when the path ends
 * @param liquidated of a path: collateral seized, bonus and fee included, at the prices of the seizure
 * @param liquidations calls of a path
 * @param pathsWithBadDebt the share of paths with any
 * @param realisedBadDebt the part of the mean that was written off on the way
 * @param latentBadDebt the part of the mean that liquidations could no longer recover when the path ended
 * @param borrowingPower what the book's collateral could have borrowed at the start
 * @param atStart what these parameters make liquidatable before any price has moved
 */
public record SimulationResult(
        int paths,
        int steps,
        Figures badDebt,
        Figures liquidated,
        Estimate liquidations,
        Estimate pathsWithBadDebt,
        double realisedBadDebt,
        double latentBadDebt,
        double borrowingPower,
        SimulatedBook.Liquidatable atStart,
        List<AssetFigures> byAsset,
        List<StepFigures> byStep,
        PathLosses byPath) {

    public SimulationResult {
        byAsset = List.copyOf(byAsset);
        byStep = List.copyOf(byStep);
    }

    /** A figure and how far sampling can mislead; a single path is a scenario and has no such error. */
    public record Estimate(double value, double standardError, Interval interval) {}

    /** Mean and worst cases over the paths, each with its Monte-Carlo error. */
    public record Figures(Estimate mean, Estimate var95, Estimate var99, Estimate es95, Estimate es99) {}

    /**
     * Means over the paths for one asset.
     *
     * @param seized of this collateral
     * @param badDebtOwed in this asset: what its suppliers lose
     * @param badDebtBehind this collateral, shared among an account's collaterals by their value at the start
     */
    public record AssetFigures(String asset, double seized, double badDebtOwed, double badDebtBehind) {}

    /**
     * Means over the paths for one step, the first being 1.
     *
     * @param badDebt written off in the step; in the last one also what is uncovered at the end
     */
    public record StepFigures(int step, double liquidated, double liquidations, double badDebt) {}
}
