package plimsoll.risk.simulation;

import java.util.ArrayList;
import java.util.List;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.simulation.SimulationResult.Estimate;

/**
 * What does a higher liquidation threshold of one asset cost, everything else held fixed? Bad debt at each threshold of a
 * grid, on the same paths: the curve's shape is sharper than its points.
 */
public final class Frontier {

    private Frontier() {}

    /** The asset's LTV moves in proportion to its threshold. */
    public static List<Point> of(
            PathSource paths,
            SimulationTask task,
            int asset,
            List<Double> thresholds,
            int workers,
            Runnable pointDone) {
        var points = new ArrayList<Point>();
        for (var threshold : thresholds) {
            var market = task.market().withThreshold(asset, threshold);
            var result = MarketSimulation.run(
                    paths, new SimulationTask(market, task.book(), task.settings()), workers, () -> {});
            points.add(new Point(
                    threshold,
                    result.badDebt().es99(),
                    result.badDebt().mean(),
                    result.liquidated().mean(),
                    result.borrowingPower(),
                    result.atStart()));
            pointDone.run();
        }
        return List.copyOf(points);
    }

    /** One threshold and what it cost the whole book. */
    public record Point(
            double threshold,
            Estimate badDebtEs99,
            Estimate badDebtMean,
            Estimate liquidatedMean,
            double borrowingPower,
            SimulatedBook.Liquidatable atStart) {}
}
