package plimsoll.keeper.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.chain.call.Chain;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.PoolLog;
import plimsoll.keeper.api.PositionView;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.MarketWatch;
import plimsoll.keeper.watch.WatchSettings;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.NodeOptions;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.runtime.config.ChainSettings;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;

@Command(
        name = "positions",
        description = "Reads a market's positions from the chain, the least healthy first. Needs no database.")
final class PositionsCommand implements Callable<Integer> {

    @Option(
            names = "--market",
            required = true,
            paramLabel = "POOL|FILE",
            description = "The market's Pool contract, or a file with the keeper's keys (plimsoll.market.pool, ...).")
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private String market;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Option(names = "--first-block", paramLabel = "N", description = "Logs are read from this block on; default 0.")
    private Optional<Long> firstBlock = Optional.empty();

    @Option(
            names = "--protocol",
            paramLabel = "WORD",
            description = "The market's protocol; default ${DEFAULT-VALUE}.",
            defaultValue = "aave-v3")
    @SuppressWarnings("NullAway.Init")
    private String protocol;

    @Option(names = "--part", paramLabel = "ID", description = "Which market of a contract that holds several.")
    private String part = "";

    @Option(names = "--below", paramLabel = "HF", description = "Only accounts whose health factor is below this.")
    private Optional<String> below = Optional.empty();

    @Mixin
    @SuppressWarnings("NullAway.Init")
    private Output output;

    /** What {@code --json} prints. */
    record Answer(BlockNumber blockNumber, List<PositionView> positions) {}

    @Override
    public Integer call() {
        Optional<HealthFactor> line =
                below.map(text -> OptionText.parsed("--below", text, "no health factor", HealthFactor::parse));
        Optional<ServiceSettings> file = settings();
        Address pool = file.map(ServiceSettings::market).orElseGet(this::pool);
        Protocol kind = Protocol.ofWord(protocol)
                .orElseThrow(() -> CommandFailure.usage(
                        "--protocol is none of " + Protocol.words() + ": found=" + protocol, "--protocol"));
        BlockNumber first = firstBlock
                .map(BlockNumber::new)
                .orElseGet(() -> file.map(ServiceSettings::firstBlock).orElse(new BlockNumber(0)));
        try (EndpointPool endpoints = endpoints(file)) {
            Chain chain = new Chain(endpoints);
            MarketWatch watch = new MarketWatch(
                    chain,
                    kind.reader(chain, new Protocol.Location(pool, part), new Heartbeats(Duration.ofDays(1), Map.of())),
                    new WatchSettings(first, Optional.empty()),
                    InstantSource.system(),
                    new FollowerLog("positions"));
            show(watch, watch.catchUp().market(), line);
        }
        return 0;
    }

    private void show(MarketWatch watch, MarketState state, Optional<HealthFactor> line) {
        List<PositionView> positions = watch.book().all().stream()
                .map(position -> PositionView.of(market, position, state.standing(position), state))
                .filter(view -> line.isEmpty()
                        || view.healthFactor()
                                .filter(health -> health.isBelow(line.get()))
                                .isPresent())
                .sorted(LEAST_HEALTHY_FIRST)
                .toList();
        Table table = Table.columns("account", "health factor", "collateral", "debt", "eMode");
        positions.forEach(view -> table.row(
                view.account(), view.healthFactor(), view.collateralBase(), view.debtBase(), view.efficiencyMode()));
        output.show(new Answer(state.block().number(), positions), table);
    }

    private static final Comparator<PositionView> LEAST_HEALTHY_FIRST = (a, b) -> {
        boolean both = a.healthFactor().isPresent() && b.healthFactor().isPresent();
        return both
                ? a.healthFactor().get().compareTo(b.healthFactor().get())
                : Boolean.compare(b.healthFactor().isPresent(), a.healthFactor().isPresent());
    };

    /** The nodes of the options, else of the file, else the local one. */
    private EndpointPool endpoints(Optional<ServiceSettings> file) {
        if (node.isGiven()) {
            return node.open();
        }
        ChainSettings chain = file.map(ServiceSettings::chain).orElseGet(ChainSettings::local);
        return chain.open(new PoolLog(), InstantSource.system());
    }

    private Optional<ServiceSettings> settings() {
        return Files.isRegularFile(Path.of(market))
                ? Optional.of(ServiceSettings.of(ConfigurationFile.read(Path.of(market))))
                : Optional.empty();
    }

    private Address pool() {
        return OptionText.parsed("--market", market, "neither a file nor a Pool's address", Address::parse);
    }
}
