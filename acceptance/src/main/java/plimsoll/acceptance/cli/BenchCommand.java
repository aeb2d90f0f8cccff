package plimsoll.acceptance.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import plimsoll.acceptance.bench.Benchmark;
import plimsoll.acceptance.bench.BenchmarkResult;
import plimsoll.acceptance.bench.BenchmarkSettings;
import plimsoll.acceptance.bench.Benchmarks;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Progress;
import plimsoll.runtime.cli.Table;
import plimsoll.runtime.work.Folders;

/** Our speed beside others', measured in one run. */
@Command(
        name = "bench",
        description = {
            "Our speed beside others' on this machine, measured in turns in one run. Times depend on the machine and"
                    + " what else it does; the ratio (above 1: we are better) is what to trust.",
            "",
            "  ./plimsoll bench          every benchmark",
            "  ./plimsoll bench rpc      JSON-RPC clients on one local node",
            "  ./plimsoll bench backfill logs from the start of a local chain to its head",
            "  ./plimsoll bench risk     fits and paths beside gretl, R, numpy and QuantLib, where they are installed",
            "  ./plimsoll bench keeper   the keeper\'s book, and how quickly a keeper answers a price",
            ""
        },
        footer = {"", "Exit codes: 0 measured; 2 wrong use; 3 the outside failed."})
final class BenchCommand implements Callable<Integer> {

    @Mixin
    private final Output output = new Output();

    @Parameters(index = "0", arity = "0..1", paramLabel = "NAME", description = "The one to run (default: all).")
    private @Nullable String name;

    @Option(
            names = "--slice-millis",
            hidden = true,
            description = "How long a contender runs before the next one does; a test wants it short.")
    private int sliceMillis = -1;

    @Option(names = "--rounds", hidden = true, description = "How many slices each contender has.")
    private int rounds = -1;

    @Override
    public Integer call() {
        BenchmarkSettings settings = settings();
        try {
            return run(chosen(Benchmarks.all(settings)));
        } finally {
            tidy(settings.folder());
        }
    }

    /** Databases of many positions are large. */
    private void tidy(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            output.message("The benchmark's folder could not be deleted: " + e.getMessage());
        }
    }

    private int run(List<Benchmark> chosen) {
        List<BenchmarkResult> results = new ArrayList<>();
        for (Benchmark benchmark : chosen) {
            try (Progress progress = output.progress("bench " + benchmark.name(), benchmark.steps())) {
                results.addAll(benchmark.run(progress));
            } catch (IllegalStateException e) {
                throw CommandFailure.outside(
                                "The benchmark could not go on: name=" + benchmark.name() + " reason=" + e.getMessage())
                        .because(e);
            }
        }
        output.show(Map.of("benchmarks", results), table(results));
        return 0;
    }

    private List<Benchmark> chosen(List<Benchmark> all) {
        Optional<String> wanted = Optional.ofNullable(name);
        List<Benchmark> chosen = all.stream()
                .filter(benchmark -> wanted.map(benchmark.name()::equals).orElse(true))
                .toList();
        if (chosen.isEmpty()) {
            String known = all.stream().map(Benchmark::name).distinct().collect(Collectors.joining(", "));
            throw CommandFailure.usage("Unknown benchmark: found=" + wanted.orElse("") + " known=" + known, "NAME");
        }
        return chosen;
    }

    private BenchmarkSettings settings() {
        Path folder = Path.of(System.getProperty("plimsoll.root", "."))
                .toAbsolutePath()
                .resolve("target/bench")
                .resolve(Long.toString(ProcessHandle.current().pid()));
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw CommandFailure.outside("The benchmark's folder cannot be made: " + e.getMessage())
                    .because(e);
        }
        BenchmarkSettings usual = BenchmarkSettings.in(folder);
        return usual.withSlice(
                sliceMillis < 0 ? usual.slice() : Duration.ofMillis(sliceMillis), rounds < 0 ? usual.rounds() : rounds);
    }

    private static Table table(List<BenchmarkResult> results) {
        Table table = Table.columns("what", "ours", "unit", "peer", "theirs", "ratio");
        results.forEach(result -> table.row(
                result.name(),
                digits(result.value()),
                result.unit(),
                result.peer(),
                result.peerValue().map(BenchCommand::digits),
                result.ratio().map(ratio -> Math.round(ratio * 100) / 100.0)));
        return table;
    }

    /** Whole where that says enough, else three digits. */
    private static Number digits(double value) {
        if (Math.abs(value) >= 1_000 || value == 0) {
            return Math.round(value);
        }
        return new BigDecimal(value)
                .round(new MathContext(3))
                .stripTrailingZeros()
                .doubleValue();
    }
}
