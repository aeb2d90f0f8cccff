package plimsoll.risk.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
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
        if (workers < 1) {
            throw new IllegalArgumentException("no workers: found=" + workers);
        }
        var prepared = PreparedBook.of(task.market(), task.book());
        var outcomes = new double[paths.blocks()][];
        var next = new AtomicInteger();
        Runnable work = () -> {
            var runner = new TaskRunner(task, paths, prepared);
            for (var block = next.getAndIncrement(); block < outcomes.length; block = next.getAndIncrement()) {
                outcomes[block] = runner.run(block);
                blockDone.run();
            }
        };
        if (workers == 1) {
            work.run();
        } else {
            onThreads(work, Math.min(workers, outcomes.length));
        }
        return task.combine(Arrays.asList(outcomes));
    }

    private static void onThreads(Runnable work, int workers) {
        try (var threads = Executors.newFixedThreadPool(workers)) {
            var running = new ArrayList<Future<?>>();
            for (var i = 0; i < workers; i++) {
                running.add(threads.submit(work));
            }
            for (var future : running) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a block of the simulation failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("simulation was interrupted", e);
        }
    }
}
