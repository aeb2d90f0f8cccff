package plimsoll.risk.simulation;

import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;

/** One thread's way through the blocks that it is given. */
final class TaskRunner {

    private final PathSource paths;
    private final PathBlock scratch;
    private final BlockSimulation simulation;

    TaskRunner(SimulationTask task, PathSource paths, PreparedBook prepared) {
        this.paths = paths;
        scratch = PathBlock.of(paths);
        simulation = new BlockSimulation(prepared, task.market(), task.settings(), paths.steps());
    }

    double[] run(int block) {
        return simulation.run(block, filled(block)).flat();
    }

    private PathBlock filled(int block) {
        if (paths instanceof KeptPaths kept) {
            return kept.block(block, scratch);
        }
        paths.fill(block, scratch);
        return scratch;
    }
}
