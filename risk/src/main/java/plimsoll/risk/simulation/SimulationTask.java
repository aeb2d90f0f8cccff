package plimsoll.risk.simulation;

import java.io.Serializable;
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

    /** The same simulation on these paths, ready to run. */
    public PathSimulation on(PathSource paths) {
        return new PathSimulation(this, paths);
    }
}
