package plimsoll.risk.path;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs blocks on platform threads of this process, each taking the next block that nobody has begun. */
public final class LocalBlocks implements BlockRunner {

    private final int threads;

    public LocalBlocks(int threads) {
        if (threads < 1) {
            throw new IllegalArgumentException("no threads to run on: found=" + threads);
        }
        this.threads = threads;
    }

    @Override
    public List<double[]> run(BlockTask task) {
        var results = new double[task.blocks()][];
        var next = new AtomicInteger();
        Runnable work = () -> {
            var simulator = task.open();
            for (var block = next.getAndIncrement(); block < results.length; block = next.getAndIncrement()) {
                results[block] = simulator.apply(block);
            }
        };
        if (threads == 1) {
            work.run();
        } else {
            onThreads(work, Math.min(threads, results.length));
        }
        return Arrays.asList(results);
    }

    private static void onThreads(Runnable work, int count) {
        try (var pool = Executors.newFixedThreadPool(count)) {
            var running = new ArrayList<Future<?>>();
            for (var i = 0; i < count; i++) {
                running.add(pool.submit(work));
            }
            for (var future : running) {
                future.get();
            }
        } catch (ExecutionException e) {
            throw new IllegalStateException("a block failed: " + e.getCause(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while blocks ran", e);
        }
    }
}
