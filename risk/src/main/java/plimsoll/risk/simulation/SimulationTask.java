package plimsoll.risk.simulation;

import java.io.Serializable;
import java.util.List;
import java.util.function.IntFunction;
import plimsoll.risk.path.PathSource;

/**
 * A simulation cut into blocks that can run anywhere: pure data beside the paths, an outcome for each block as numbers, and
 * one way to put them together again. The result has the same bits wherever the blocks ran.
 */
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
        return new TaskRunner(this, paths, PreparedBook.of(market, book))::run;
    }

    /** The result of all blocks, in the order of their numbers. */
    public SimulationResult combine(List<double[]> blocks) {
        return ResultBuilder.combine(this, blocks);
    }
}
