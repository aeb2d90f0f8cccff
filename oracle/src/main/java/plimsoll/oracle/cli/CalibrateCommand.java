package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.oracle.calibration.AssetOutcome;
import plimsoll.oracle.calibration.CalibrationResult;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.Calibrator;
import plimsoll.oracle.calibration.FilteredHistoryModel;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.Measures;
import plimsoll.oracle.calibration.ReadingSettings;
import plimsoll.oracle.feed.MarketReader;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.plan.Plan;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.NodeOptions;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;

/** Recommends parameters for a market from its price feeds, and writes the manifest. */
@Command(
        name = "calibrate",
        description = "Recommend collateral parameters for a market from its price feeds, and write the manifest.")
final class CalibrateCommand implements Callable<Integer> {

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Option(names = "--pool", paramLabel = "ADDRESS", description = "The market's Aave v3 Pool.")
    private Optional<String> pool = Optional.empty();

    @Option(names = "--market", paramLabel = "FILE", description = "A market from a file; not yet available.")
    private Optional<String> market = Optional.empty();

    @Option(names = "--out", required = true, paramLabel = "MANIFEST", description = "Where the manifest is written.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--first-block",
            paramLabel = "BLOCK",
            defaultValue = "0",
            description = "The pool's first block: borrowers are looked for from here.")
    private long firstBlock;

    @Option(names = "--seed", paramLabel = "SEED", description = "Seed of all chance.")
    private Optional<Long> seed = Optional.empty();

    @Mixin
    private Output output = new Output();

    /** What {@code --json} prints. */
    record Answer(String manifest, String hash, List<Asset> assets, boolean reachable) {}

    record Asset(
            String asset,
            String symbol,
            Shares current,
            Shares recommended,
            Map<String, Double> interval,
            List<String> reasons,
            Optional<String> model,
            Map<String, Double> backtest) {}

    record Shares(
            Bps ltvBps, Bps liquidationThresholdBps, Bps liquidationBonusBps, String supplyCap, String borrowCap) {}

    @Override
    public Integer call() {
        if (market.isPresent()) {
            throw CommandFailure.usage(
                    "Calibrating a market from a file is not yet available: give --rpc and --pool", "--market");
        }
        Address address = pool();
        CalibrationSettings settings =
                seed.map(CalibrationSettings.standard()::withSeed).orElse(CalibrationSettings.standard());
        try (EndpointPool pool = node.open()) {
            Chain chain = new Chain(pool);
            BlockHeader head = chain.head();
            MarketState state = new MarketReader(chain, address, ReadingSettings.standard(new BlockNumber(firstBlock)))
                    .read(chain.chainId(), head);
            CalibrationResult result = new Calibrator(settings, new FilteredHistoryModel()).calibrate(state);
            ManifestFile.write(out, result.manifest());
            show(result);
        }
        return 0;
    }

    private Address pool() {
        try {
            return Address.parse(pool.orElseThrow(() -> CommandFailure.usage("Which market? Give --pool", "--pool")));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--pool");
        }
    }

    private void show(CalibrationResult result) {
        Table table = Table.columns("asset", "LTV", "-> LTV", "threshold", "-> threshold", "bonus", "reason");
        for (AssetOutcome outcome : result.outcomes()) {
            CollateralParameters from = outcome.reserve().current();
            CollateralParameters to = outcome.recommendation().parameters();
            table.row(
                    outcome.reserve().symbol(),
                    from.ltv(),
                    to.ltv(),
                    from.liquidationThreshold(),
                    to.liquidationThreshold(),
                    to.liquidationBonus(),
                    outcome.recommendation().reasons().getLast());
        }
        Answer answer = new Answer(
                out.toString(),
                result.manifest().hash(),
                result.outcomes().stream().map(CalibrateCommand::asset).toList(),
                result.plan() instanceof Plan.Reachable);
        output.show(
                answer,
                table + System.lineSeparator() + "manifest " + out + " hash "
                        + result.manifest().hash());
    }

    private static Asset asset(AssetOutcome outcome) {
        return new Asset(
                outcome.reserve().asset().hex(),
                outcome.reserve().symbol(),
                shares(outcome.reserve().current()),
                shares(outcome.recommendation().parameters()),
                outcome.measures().map(Measures::details).orElse(Map.of()),
                outcome.recommendation().reasons(),
                outcome.measures().map(Measures::model),
                Map.of());
    }

    private static Shares shares(CollateralParameters parameters) {
        return new Shares(
                parameters.ltv(),
                parameters.liquidationThreshold(),
                parameters.liquidationBonus(),
                Long.toString(parameters.supplyCap()),
                Long.toString(parameters.borrowCap()));
    }
}
