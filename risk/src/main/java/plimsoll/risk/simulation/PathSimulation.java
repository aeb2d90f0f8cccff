package plimsoll.risk.simulation;

import java.io.Serializable;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;
import plimsoll.risk.path.BlockTask;
import plimsoll.risk.path.PathSource;

/**
 * A simulation on given paths, cut into blocks that can run anywhere. Its book is prepared once in each process; the paths
 * must be {@link Serializable} to travel to another.
 */
public final class PathSimulation implements BlockTask {

    private static final long serialVersionUID = 1;

    private final SimulationTask task;

    /** Serializable wherever this travels; in one process any source serves. */
    @SuppressWarnings("serial")
    private final PathSource paths;

    private transient volatile @Nullable PreparedBook prepared;

    public PathSimulation(SimulationTask task, PathSource paths) {
        if (paths.assets() != task.market().assets().size()) {
            throw new IllegalArgumentException("paths and market have different assets: paths=%d market=%d"
                    .formatted(paths.assets(), task.market().assets().size()));
        }
        this.task = task;
        this.paths = paths;
    }

    @Override
    public int blocks() {
        return paths.blocks();
    }

    @Override
    public IntFunction<double[]> open() {
        return new TaskRunner(task, paths, prepared())::run;
    }

    /** Two threads that meet here prepare the same book twice, and either serves. */
    private PreparedBook prepared() {
        var known = prepared;
        if (known == null) {
            known = PreparedBook.of(task.market(), task.book());
            prepared = known;
        }
        return known;
    }
}
