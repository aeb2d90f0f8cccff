package plimsoll.risk.simulation;

import java.util.function.IntFunction;
import plimsoll.risk.path.BlockTask;
import plimsoll.risk.path.PathSource;

/** A simulation with its paths, ready to run block by block anywhere; the paths must be able to travel, as joint paths are. */
public record SimulationBlocks(SimulationTask task, PathSource paths) implements BlockTask {

    @Override
    public int blocks() {
        return paths.blocks();
    }

    @Override
    public IntFunction<double[]> open() {
        return task.on(paths);
    }
}
