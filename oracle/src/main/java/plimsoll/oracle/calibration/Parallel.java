package plimsoll.oracle.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.IntConsumer;

/** Independent computations on a few threads; results stand in the order of their inputs, whoever came first. */
final class Parallel {

    private Parallel() {}

    /** @param progress told how many are done, by the threads that compute, one at a time */
    static <T, R> List<R> map(int workers, List<T> inputs, Function<T, R> compute, IntConsumer progress) {
        AtomicInteger done = new AtomicInteger();
        try (var threads = Executors.newFixedThreadPool(Math.max(1, workers))) {
            List<Future<R>> running = new ArrayList<>();
            for (T input : inputs) {
                running.add(threads.submit(() -> {
                    R result = compute.apply(input);
                    synchronized (done) {
                        progress.accept(done.incrementAndGet());
                    }
                    return result;
                }));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> future : running) {
                results.add(future.get());
            }
            return results;
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException own) {
                throw own;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("calibration was interrupted", e);
        }
    }
}
