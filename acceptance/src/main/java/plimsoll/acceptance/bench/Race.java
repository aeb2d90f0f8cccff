package plimsoll.acceptance.bench;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import plimsoll.runtime.cli.Progress;

/**
 * Runs contenders in turns, in an order that changes each round, so that what the machine does besides falls on all of
 * them. A contender's speed is the median of its rounds.
 */
final class Race {

    /** Does its work once and says how many things it did. */
    interface Contender {
        int run() throws Exception;
    }

    private static final int WARM_UP_ROUNDS = 6;

    private record Entry(String name, Contender contender, List<Double> speeds) {}

    private final BenchmarkSettings settings;
    private final int threads;
    private final List<Entry> entries = new ArrayList<>();

    Race(BenchmarkSettings settings, int threads) {
        this.settings = settings;
        this.threads = threads;
    }

    Race with(String name, Contender contender) {
        entries.add(new Entry(name, contender, new ArrayList<>()));
        return this;
    }

    /** Things a second, in the order in which the contenders were added. */
    List<Double> run(Progress progress) {
        List<Entry> order = new ArrayList<>(entries);
        Random random = new Random(1);
        try (ExecutorService workers = Executors.newFixedThreadPool(threads)) {
            for (int round = 0; round < WARM_UP_ROUNDS + settings.rounds(); round++) {
                Collections.shuffle(order, random);
                for (Entry entry : order) {
                    double speed = slice(workers, entry.contender());
                    if (round >= WARM_UP_ROUNDS) {
                        entry.speeds().add(speed);
                    }
                }
                progress.advance();
            }
        }
        return entries.stream().map(entry -> median(entry.speeds())).toList();
    }

    static int steps(BenchmarkSettings settings) {
        return WARM_UP_ROUNDS + settings.rounds();
    }

    private double slice(ExecutorService workers, Contender contender) {
        long started = System.nanoTime();
        long deadline = started + settings.slice().toNanos();
        List<Future<Long>> parts = new ArrayList<>();
        for (int i = 0; i < threads; i++) {
            Callable<Long> work = () -> {
                long done = 0;
                do {
                    done += contender.run();
                } while (System.nanoTime() < deadline);
                return done;
            };
            parts.add(workers.submit(work));
        }
        long done = 0;
        for (Future<Long> part : parts) {
            done += done(part);
        }
        return done * 1e9 / (System.nanoTime() - started);
    }

    private static long done(Future<Long> part) {
        try {
            return part.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException failure) {
                throw failure;
            }
            throw new IllegalStateException("Contender failed: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Benchmark was interrupted", e);
        }
    }

    static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1 ? sorted.get(middle) : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
