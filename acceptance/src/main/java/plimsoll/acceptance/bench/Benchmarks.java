package plimsoll.acceptance.bench;

import java.util.List;

/** The benchmarks that exist, in the order in which they run. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Two of them may share a name: they are run together. */
    public static List<Benchmark> all(BenchmarkSettings settings) {
        return List.of(
                new RpcBenchmark(settings),
                new BackfillBenchmark(settings),
                new RiskBenchmark(settings),
                new KeeperBenchmark(settings),
                new ReactionBenchmark(settings));
    }
}
