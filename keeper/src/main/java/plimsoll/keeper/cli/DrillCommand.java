package plimsoll.keeper.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.chain.call.Chain;
import plimsoll.chain.fork.ForkOrigin;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.keeper.drill.AaveDrill;
import plimsoll.keeper.protocol.aave.AaveReader;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.MarketWatch;
import plimsoll.keeper.watch.WatchSettings;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.NodeOptions;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Progress;
import plimsoll.runtime.cli.Table;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** {@code keeper drill}: could every account of a market be liquidated, if it had to be? */
@Command(
        name = "drill",
        description = {
            "Forks an Aave v3 market into a local anvil, takes every liquidation threshold away there, and tries to"
                    + " liquidate every account by the call that the keeper would send. The live chain is only read; no"
                    + " key is needed.",
            "",
            "Accounts of which nothing can be liquidated are listed with the reason: a paused reserve, a grace period,"
                    + " no collateral left."
        },
        footer = {"", "Exit codes: 0 all could be; 1 some could not; 2 wrong use; 3 the outside failed."})
final class DrillCommand implements Callable<Integer> {

    private static final String LOCAL = "http://127.0.0.1:8545";
    private static final Heartbeats ANY_AGE = new Heartbeats(Duration.ofDays(3_650), Map.of());

    @Option(names = "--market", required = true, paramLabel = "POOL", description = "The market's Pool contract.")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String market;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Option(names = "--first-block", paramLabel = "N", description = "Logs are read from this block on; default 0.")
    private long firstBlock;

    @Option(
            names = "--anvil",
            paramLabel = "FILE",
            description = "The anvil executable; default PLIMSOLL_ANVIL, else anvil of the PATH.")
    private Optional<Path> anvil = Optional.empty();

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output output;

    /** What {@code --json} prints. */
    record Answer(BlockNumber blockNumber, int attempted, int succeeded, List<AaveDrill.Failure> failed) {}

    @Override
    public Integer call() {
        Address pool = OptionText.parsed("--market", market, "no Pool's address", Address::parse);
        NodeOptions nodes = node.orElse(LOCAL);
        try (EndpointPool live = nodes.open()) {
            Chain chain = new Chain(live);
            MarketWatch watch = new MarketWatch(
                    chain,
                    AaveReader.of(chain, pool, ANY_AGE),
                    new WatchSettings(new BlockNumber(firstBlock), Optional.empty()),
                    InstantSource.system(),
                    new FollowerLog("drill"));
            BlockNumber block = watch.catchUp().header().number();
            return report(block, drill(watch, pool, origin(nodes.first(), block)));
        }
    }

    private AaveDrill.Result drill(MarketWatch watch, Address pool, ForkOrigin origin) {
        Path printed = temporaryFile();
        LocalNodeSettings settings =
                new LocalNodeSettings(binary(), 0, printed, List.of("--no-request-size-limit")).forking(origin);
        try (LocalNode anvil = LocalNode.start(settings);
                EndpointPool fork = NodeOptions.openOne(anvil.rpcUrl());
                Progress progress = output.progress("drill", watch.book().size())) {
            return new AaveDrill(new Chain(fork), pool, ANY_AGE).run(watch.book(), progress);
        } finally {
            remove(printed);
        }
    }

    private int report(BlockNumber block, AaveDrill.Result result) {
        Table table = Table.columns("account", "could not be liquidated because");
        result.failed().forEach(failure -> table.row(failure.account(), failure.reason()));
        String summary = "Block " + block + ": " + result.succeeded() + " of " + result.attempted()
                + " accounts with debt could be liquidated";
        output.show(
                new Answer(block, result.attempted(), result.succeeded(), result.failed()),
                result.failed().isEmpty() ? summary : summary + System.lineSeparator() + table);
        return result.failed().isEmpty() ? 0 : 1;
    }

    private static ForkOrigin origin(String url, BlockNumber block) {
        try {
            return ForkOrigin.at(url, block);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--rpc").because(e);
        }
    }

    private Path binary() {
        return anvil.or(() ->
                        Optional.ofNullable(System.getenv("PLIMSOLL_ANVIL")).map(Path::of))
                .orElse(Path.of("anvil"));
    }

    /** For what the fork prints; it goes when the drill ends, however it ends. */
    private static Path temporaryFile() {
        try {
            Path file = Files.createTempFile("plimsoll-drill-", ".log");
            file.toFile().deleteOnExit();
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
