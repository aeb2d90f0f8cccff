package plimsoll.risk.simulation;

import java.util.ArrayList;
import java.util.List;
import plimsoll.risk.simulation.SimulationResult.AssetFigures;
import plimsoll.risk.simulation.SimulationResult.StepFigures;

/** Adds up blocks in their order. */
final class ResultBuilder {

    private ResultBuilder() {}

    static SimulationResult combine(SimulationTask task, List<double[]> flat) {
        var blocks = flat.stream().map(BlockOutcome::of).toList();
        var paths = blocks.stream().mapToInt(block -> block.paths).sum();
        var assets = blocks.getFirst().assets;
        var steps = blocks.getFirst().steps;
        var all = new BlockOutcome(paths, assets, steps);
        var at = 0;
        for (var block : blocks) {
            System.arraycopy(block.badDebt, 0, all.badDebt, at, block.paths);
            System.arraycopy(block.liquidated, 0, all.liquidated, at, block.paths);
            System.arraycopy(block.calls, 0, all.calls, at, block.paths);
            at += block.paths;
            add(block.seizedOf, all.seizedOf);
            add(block.owedIn, all.owedIn);
            add(block.behind, all.behind);
            add(block.liquidatedAt, all.liquidatedAt);
            add(block.callsAt, all.callsAt);
            add(block.badDebtAt, all.badDebtAt);
            all.realised += block.realised;
            all.latent += block.latent;
        }
        var any = new double[paths];
        for (var i = 0; i < paths; i++) {
            any[i] = all.badDebt[i] > 0 ? 1 : 0;
        }
        return new SimulationResult(
                paths,
                steps,
                MonteCarlo.figures(all.badDebt),
                MonteCarlo.figures(all.liquidated),
                MonteCarlo.mean(all.calls),
                MonteCarlo.mean(any),
                all.realised / paths,
                all.latent / paths,
                task.book().borrowingPower(task.market()),
                task.book().liquidatableAtStart(task.market()),
                byAsset(task.market(), all),
                bySteps(all),
                new PathLosses(all.badDebt, all.liquidated));
    }

    private static List<AssetFigures> byAsset(SimulatedMarket market, BlockOutcome all) {
        var figures = new ArrayList<AssetFigures>();
        for (var a = 0; a < all.assets; a++) {
            figures.add(new AssetFigures(
                    market.assets().get(a).name(),
                    all.seizedOf[a] / all.paths,
                    all.owedIn[a] / all.paths,
                    all.behind[a] / all.paths));
        }
        return figures;
    }

    private static List<StepFigures> bySteps(BlockOutcome all) {
        var figures = new ArrayList<StepFigures>();
        for (var s = 0; s < all.steps; s++) {
            figures.add(new StepFigures(
                    s + 1, all.liquidatedAt[s] / all.paths, all.callsAt[s] / all.paths, all.badDebtAt[s] / all.paths));
        }
        return figures;
    }

    private static void add(double[] from, double[] to) {
        for (var i = 0; i < from.length; i++) {
            to[i] += from[i];
        }
    }
}
