package plimsoll.keeper.cli;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.profit.ProfitReader;
import plimsoll.keeper.profit.ProfitReport;
import plimsoll.keeper.profit.SentTransaction;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.keeper.store.MinedIntents;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.ProtocolReader;
import plimsoll.keeper.watch.Stale;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.NodeOptions;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.runtime.postgres.Database;
import plimsoll.units.Address;

@Command(
        name = "profit",
        description = {
            "What our transactions brought and cost, by day, market and account, net of gas, from their receipts.",
            "Exit 1 where the flows do not add up to what the chain says that we own. Needs a node with the blocks'"
                    + " state."
        },
        footer = {"", "Example:", "  keeper profit --market 0x… --coin 0x… --rpc URL --from 2026-11-01 --csv profit.csv"
        })
final class ProfitCommand implements Callable<Integer> {

    private static final int CENTS = 8;

    @Option(
            names = "--market",
            required = true,
            paramLabel = "CONTRACT",
            description = "The market whose prices count.")
    private String market = "";

    @Option(
            names = "--protocol",
            paramLabel = "WORD",
            description = "Its protocol; default ${DEFAULT-VALUE}.",
            defaultValue = "aave-v3")
    private String protocol = "aave-v3";

    @Option(names = "--part", paramLabel = "ID", description = "Which market of a contract that holds several.")
    private String part = "";

    @Option(
            names = "--coin",
            paramLabel = "ADDRESS",
            description = "The wrapped form of the chain's coin, which prices gas; without it gas counts as free.")
    private Optional<String> coin = Optional.empty();

    @Option(
            names = "--own",
            paramLabel = "ADDRESS",
            description = "An account of ours beside the signers: the executor, the treasury. May be repeated.")
    private List<String> own = new ArrayList<>();

    @Option(names = "--from", paramLabel = "DATE", description = "First day, UTC; default: all.")
    private LocalDate from = LocalDate.of(2000, 1, 1);

    @Option(names = "--to", paramLabel = "DATE", description = "Last day, included; default: all.")
    private LocalDate to = LocalDate.of(2999, 12, 31);

    @Option(names = "--csv", paramLabel = "FILE", description = "Where the lines are written as CSV.")
    private Optional<Path> csv = Optional.empty();

    @Mixin
    private ConfigurationFile config = new ConfigurationFile();

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private Output output;

    /** What {@code --json} prints where nothing was sent. */
    record Nothing(int transactions) {}

    @Override
    public Integer call() {
        if (to.isBefore(from)) {
            throw CommandFailure.usage("--to is before --from: from=" + from + " to=" + to, "--to");
        }
        Protocol kind = Protocol.ofWord(protocol)
                .orElseThrow(() -> CommandFailure.usage(
                        "--protocol is none of " + Protocol.words() + ": found=" + protocol, "--protocol"));
        Address contract = address(market, "--market");
        Optional<Address> wrapped = coin.map(it -> address(it, "--coin"));
        Set<Address> ours = new TreeSet<>();
        own.forEach(it -> ours.add(address(it, "--own")));
        Optional<ProfitReport> report;
        try (EndpointPool endpoints = node.open();
                Database database = JournalOptions.open(config)) {
            Chain chain = new Chain(endpoints);
            List<MinedIntents.Mined> mined =
                    new MinedIntents(database.dataSource()).of(chain.chainId(), start(from), start(to.plusDays(1)));
            mined.forEach(it -> ours.add(it.signer()));
            ProtocolReader reader = kind.reader(
                    chain, new Protocol.Location(contract, part), new Heartbeats(Duration.ofDays(1), Map.of()));
            report = new ProfitReader(chain, block -> marketAt(reader, block), wrapped, ours)
                    .report(mined.stream()
                            .map(it -> new SentTransaction(it.tx(), it.reason()))
                            .toList());
        }
        report.ifPresentOrElse(this::show, () -> output.show(new Nothing(0), "Nothing was sent in these days."));
        return report.map(ProfitReport::isReconciled).orElse(true) ? 0 : 1;
    }

    /** Everything is read again at the block: the reader may have seen later ones. */
    static MarketState marketAt(ProtocolReader reader, MarketBlock block) {
        return reader.read(block, new Stale(true, Set.of()), new PositionBook(), List.of())
                .market();
    }

    private void show(ProfitReport report) {
        csv.ifPresent(file -> write(file, csv(report)));
        Table lines = Table.columns("day", "market", "account", "transactions", "reverted", "moved", "gas", "net");
        report.lines()
                .forEach(line -> lines.row(
                        line.day(),
                        line.market(),
                        line.subject(),
                        line.transactions(),
                        line.reverted(),
                        text(line.moved()),
                        text(line.gas()),
                        text(line.net())));
        Table balances = Table.columns("token", "by us", "by others", "balances differ by", "unexplained");
        report.balances()
                .forEach(it -> balances.row(it.symbol(), it.ours(), it.others(), it.difference(), it.unexplained()));
        output.show(
                report,
                lines + System.lineSeparator() + "net " + text(report.net()) + ", blocks " + report.from() + " to "
                        + report.to() + ", movements without a price " + report.unpriced()
                        + System.lineSeparator() + System.lineSeparator() + balances);
    }

    private static String csv(ProfitReport report) {
        var text = new StringBuilder("day,market,account,transactions,reverted,moved_base,gas_base,net_base,fee_wei\n");
        report.lines()
                .forEach(line -> text.append(String.join(
                                ",",
                                line.day().toString(),
                                line.market(),
                                line.subject(),
                                Integer.toString(line.transactions()),
                                Integer.toString(line.reverted()),
                                line.moved().toPlainString(),
                                line.gas().toPlainString(),
                                line.net().toPlainString(),
                                line.feeWei().toString()))
                        .append('\n'));
        return text.toString();
    }

    private static void write(Path file, String text) {
        try {
            Files.writeString(file, text, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw CommandFailure.outside(
                            file, "cannot be written: " + e.getClass().getSimpleName())
                    .because(e);
        }
    }

    private static String text(BigDecimal value) {
        return value.setScale(CENTS, RoundingMode.HALF_EVEN)
                .stripTrailingZeros()
                .toPlainString();
    }

    private static Instant start(LocalDate day) {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }

    private static Address address(String text, String option) {
        return OptionText.parsed(option, text, "no address", Address::parse);
    }
}
