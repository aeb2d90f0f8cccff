package plimsoll.acceptance.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.acceptance.demo.DemoDirector;
import plimsoll.acceptance.demo.DemoSettings;
import plimsoll.acceptance.demo.DemoSummary;
import plimsoll.acceptance.demo.PriceStory;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Progress;

/** The whole loop on this machine: calibrate, propose, vote, execute, crash, liquidate. */
@Command(
        name = "demo",
        description = {
            "The whole loop on this machine: a local chain with a real Aave v3.6 market, PostgreSQL, the oracle and the "
                    + "keeper; a calibrated proposal is voted and executed, then the market falls by 25-45 % and the "
                    + "keeper liquidates what crosses the line.",
            "",
            "  ./plimsoll demo                         the default: a seeded, synthetic price history",
            "  ./plimsoll demo --prices rounds.csv.gz  a real history drives WETH; the others follow by a seeded beta",
            "  ./plimsoll demo --keep                  stays up and prints where to look",
            ""
        },
        footer = {
            "",
            "Exit codes: 0 all liquidated and the proposal executed; 1 not all; 2 wrong use; 3 the outside failed."
        })
final class DemoCommand implements Callable<Integer> {

    private static final int STEPS = 22;

    @Mixin
    private final Output output = new Output();

    @Option(names = "--keep", description = "Stay up after the summary, until interrupted.")
    private boolean keep;

    @Option(
            names = "--prices",
            paramLabel = "FILE",
            description = "A CSV of prices (.gz too) that drives WETH, such as Chainlink rounds.")
    private @Nullable Path prices;

    @Option(
            names = "--accounts",
            paramLabel = "N",
            defaultValue = "240",
            description = "How many borrowers (default: ${DEFAULT-VALUE}).")
    private int accounts = 240;

    @Option(names = "--seed", paramLabel = "S", defaultValue = "7", description = "Makes accounts, prices and crash.")
    private long seed = 7;

    /** A play that is over, with everything still up. */
    private record Played(DemoDirector director, DemoSummary summary) {}

    @Override
    public Integer call() {
        Played played = play();
        try (DemoDirector _ = played.director()) {
            DemoSummary summary = played.summary();
            output.show(summary, summary);
            if (keep) {
                stayUp(summary);
            }
            return summary.isGood() ? 0 : 1;
        }
    }

    private Played play() {
        try (Progress progress = output.progress("demo", STEPS)) {
            DemoDirector director = DemoDirector.raiseCurtain(settings(progress));
            // Interrupted or told to stop, the demo leaves nothing running behind it.
            Runtime.getRuntime().addShutdownHook(Thread.ofPlatform().unstarted(director::close));
            try {
                return new Played(director, director.perform());
            } catch (RuntimeException e) {
                director.close();
                throw e;
            }
        } catch (IllegalStateException e) {
            throw CommandFailure.outside("The demo could not go on: " + e.getMessage())
                    .because(e);
        }
    }

    private DemoSettings settings(Progress progress) {
        if (accounts < DemoSettings.FEWEST_ACCOUNTS || accounts > DemoSettings.MOST_ACCOUNTS) {
            throw CommandFailure.usage(
                    "Accounts are outside " + DemoSettings.FEWEST_ACCOUNTS + ".." + DemoSettings.MOST_ACCOUNTS
                            + ": found=" + accounts,
                    "--accounts");
        }
        Path root = Path.of(System.getProperty("plimsoll.root", ".")).toAbsolutePath();
        PriceStory story = Optional.ofNullable(prices)
                .map(file -> PriceStory.replay(file.getFileName().toString(), LeaderPrices.read(file), seed))
                .orElseGet(() -> PriceStory.synthetic(seed));
        return new DemoSettings(root, folder(root), accounts, seed, story, sentence -> {
            progress.note(sentence);
            progress.advance();
        });
    }

    /** A folder of its own for each run, so that what an earlier one left can be read and harms nobody. */
    private static Path folder(Path root) {
        String stamp = DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss")
                .withZone(ZoneOffset.UTC)
                .format(Instant.now());
        try {
            return Files.createDirectories(root.resolve("target/demo")
                    .resolve(stamp + "-" + ProcessHandle.current().pid()));
        } catch (IOException e) {
            throw CommandFailure.outside("The demo's folder cannot be made: " + e.getMessage())
                    .because(e);
        }
    }

    private void stayUp(DemoSummary summary) {
        List.of(
                        "Still up. Look at",
                        "  the oracle  " + summary.dashboard(),
                        "  the keeper  " + summary.keeperPage(),
                        "Interrupt (Ctrl-C) to end everything.")
                .forEach(output::message);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
