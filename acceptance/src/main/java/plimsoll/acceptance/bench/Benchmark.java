package plimsoll.acceptance.bench;

import java.util.List;
import plimsoll.runtime.cli.Progress;

/** One benchmark of {@code ./plimsoll bench}; {@link Benchmarks} lists them. */
public interface Benchmark {

    /** One word, as it is given on the command line. */
    String name();

    /** By how many steps {@link #run} advances the bar. */
    int steps();

    /**
     * Prepares what it needs, measures, and leaves nothing behind.
     *
     * @throws java.io.UncheckedIOException where the outside world failed, with one plain sentence
     */
    List<BenchmarkResult> run(Progress progress);
}
