package plimsoll.risk.simulation;

import java.io.Serializable;
import java.util.List;
import java.util.function.IntFunction;
import plimsoll.risk.path.PathSource;

/** What is simulated, whatever the paths: pure data. */
public record SimulationTask(SimulatedMarket market, SimulatedBook book, SimulationSettings settings)
        implements Serializable {

    public SimulationTask {
        book.requireFits(market);
        if (book.accounts() == 0) {
            throw new IllegalArgumentException("book has no accounts with debt");
        }
    }

    /** A simulator for one thread; to be made once and used for many blocks. */
    public IntFunction<double[]> on(PathSource paths) {
        return new PathSimulation(this, paths).open();
    }

    /** The result of all blocks, in the order of their numbers. */
    public SimulationResult combine(List<double[]> blocks) {
        return ResultBuilder.combine(this, blocks);
    }
}
