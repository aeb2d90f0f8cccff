package plimsoll.risk.simulation;

import java.util.function.IntFunction;
import plimsoll.risk.path.BlockRunner;
import plimsoll.risk.path.BlockTask;
import plimsoll.risk.path.LocalBlocks;
import plimsoll.risk.path.PathSource;

/**
 * What would these parameters cost this book on these paths?
 *
 * <pre>
 * step t: an account with Σ c·P·LT &lt; Σ d·P waits since the first such step; keepers serve it after their delay    (1)
 * a call pays where  proceeds − x·(1 + m) − gas ≥ 0,  proceeds = S − (C(Q+S) − C(Q)),  S the seized less the fee     (2)
 * bad debt = debt left without collateral + at the end, of unhealthy accounts, Σ d·P − Σ c·P/(1+b) where positive    (3)
 * </pre>
 *
 * x repaid, m the keepers' margin, Q the pressure of earlier sales on the price. Blocks of 1,024 paths run on any number
 * of threads; their results are put together in block order, so that the bits do not depend on it. Two parameter vectors on
 * one source of paths meet the same chance.
 *
 * <p>Source: docs/models/market-simulation.md, equations 1 to 3.
 */
public final class MarketSimulation {

    private MarketSimulation() {}

    public static SimulationResult run(
            PathSource paths, SimulatedMarket market, SimulatedBook book, SimulationSettings settings, int workers) {
        return run(paths, new SimulationTask(market, book, settings), workers, () -> {});
    }

    /**
     * The same, and tells after each block.
     *
     * @param blockDone called by the workers
     */
    public static SimulationResult run(PathSource paths, SimulationTask task, int workers, Runnable blockDone) {
        var simulation = new PathSimulation(task, paths);
        return task.combine(new LocalBlocks(workers).run(new Watched(simulation, blockDone)));
    }

    /** The same wherever blocks can run. */
    public static SimulationResult run(PathSource paths, SimulationTask task, BlockRunner runner) {
        var simulation = new PathSimulation(task, paths);
        return task.combine(runner.run(simulation));
    }

    /** Tells after each block; stays in this process. */
    @SuppressWarnings("serial")
    private record Watched(PathSimulation simulation, Runnable blockDone) implements BlockTask {

        @Override
        public int blocks() {
            return simulation.blocks();
        }

        @Override
        public IntFunction<double[]> open() {
            var simulator = simulation.open();
            return block -> {
                var outcome = simulator.apply(block);
                blockDone.run();
                return outcome;
            };
        }
    }
}
