package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.oracle.calibration.CalibrationResult;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.Calibrator;
import plimsoll.oracle.calibration.FilteredHistoryModel;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.ReadingSettings;
import plimsoll.oracle.feed.MarketReader;
import plimsoll.oracle.file.FileMarket;
import plimsoll.oracle.file.PriceDirectory;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.NodeOptions;
import plimsoll.runtime.cli.Output;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** Recommends parameters for a market, and writes the manifest. */
@Command(
        name = "calibrate",
        description = "Recommend a market's parameters from prices, positions and liquidity, and write the manifest.",
        footer = {
            "",
            "From a chain: --rpc and --pool; prices are the rounds of the market's own feeds, positions its borrowers.",
            "From files:   --market and --prices-dir, with --positions and --liquidity where there are such.",
            "A file with several markets: FILE#NAME, else AaveV3Ethereum; of several snapshots the newest not later"
                    + " than",
            "--as-of. Nothing that was known only after that day is looked at. An asset without a price series keeps"
                    + " its",
            "parameters, with the reason.",
            "",
            "Examples:",
            "  oracle calibrate --rpc http://127.0.0.1:8545 --pool 0x... --out manifest.json",
            "  oracle calibrate --market snapshots.csv#AaveV3Ethereum --as-of 2023-10-31 --prices-dir prices \\",
            "      --positions borrowers.csv --liquidity quotes.csv.gz --out manifest.json"
        })
final class CalibrateCommand implements Callable<Integer> {

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Option(names = "--pool", paramLabel = "ADDRESS", description = "The market's Aave v3 Pool.")
    private Optional<String> pool = Optional.empty();

    @Option(names = "--market", paramLabel = "FILE[#NAME]", description = "A market's configuration from a file.")
    private Optional<String> market = Optional.empty();

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The last day that may be looked at, such as 2023-10-31. Default: the snapshot's own.")
    private Optional<String> asOf = Optional.empty();

    @Option(
            names = "--prices-dir",
            paramLabel = "DIR",
            description = "Folder of price files, its subfolders included: ASSET-QUOTE_source.csv[.gz].")
    private Optional<Path> prices = Optional.empty();

    @Option(names = "--positions", paramLabel = "FILE", description = "Borrowers, for the simulation of the book.")
    private Optional<Path> positions = Optional.empty();

    @Option(names = "--liquidity", paramLabel = "FILE", description = "Quotes of sales by size.")
    private Optional<Path> liquidity = Optional.empty();

    @Option(names = "--out", required = true, paramLabel = "MANIFEST", description = "Where the manifest is written.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path out;

    @Option(
            names = "--first-block",
            paramLabel = "BLOCK",
            defaultValue = "0",
            description = "The pool's first block: borrowers are looked for from here.")
    private long firstBlock;

    @Mixin
    private SettingsOptions tuning = new SettingsOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        if (market.isPresent() == pool.isPresent()) {
            throw CommandFailure.usage(
                    market.isPresent()
                            ? "A market comes from a file or from a chain: give --market or --pool, not both"
                            : "Which market? Give --rpc and --pool, or --market and --prices-dir",
                    market.isPresent() ? "--pool" : "--market");
        }
        CalibrationSettings settings = tuning.settings();
        WholeFile.requireFolder(out);
        CalibrationResult result =
                market.isPresent() ? calibrate(fromFiles(market.get(), settings), settings) : fromChain(settings);
        ManifestFile.write(out, result.manifest());
        CalibrationAnswer answer = CalibrationAnswer.of(out, result);
        output.show(answer, answer.table());
        return 0;
    }

    private MarketState fromFiles(String argument, CalibrationSettings settings) {
        Path folder = prices.orElseThrow(
                () -> CommandFailure.usage("A market from a file needs prices: give --prices-dir", "--prices-dir"));
        return FileMarket.read(new FileMarket.Sources(
                argument,
                asOf.map(CalibrateCommand::day),
                PriceDirectory.open(folder),
                positions,
                liquidity,
                settings.history()));
    }

    private CalibrationResult fromChain(CalibrationSettings settings) {
        List<String> unwanted = new ArrayList<>();
        prices.ifPresent(any -> unwanted.add("--prices-dir"));
        positions.ifPresent(any -> unwanted.add("--positions"));
        asOf.ifPresent(any -> unwanted.add("--as-of"));
        liquidity.ifPresent(any -> unwanted.add("--liquidity"));
        if (!unwanted.isEmpty()) {
            throw CommandFailure.usage(
                    "A market on chain brings its own prices and positions: " + String.join(", ", unwanted)
                            + " go with --market",
                    unwanted.getFirst());
        }
        Address address = address(pool.orElseThrow());
        try (EndpointPool endpoints = node.open()) {
            Chain chain = new Chain(endpoints);
            BlockHeader head = chain.head();
            MarketState state = new MarketReader(chain, address, ReadingSettings.standard(new BlockNumber(firstBlock)))
                    .read(chain.chainId(), head);
            return calibrate(state, settings);
        }
    }

    private CalibrationResult calibrate(MarketState state, CalibrationSettings settings) {
        try (StagedProgress progress = new StagedProgress(output)) {
            return new Calibrator(settings, new FilteredHistoryModel()).calibrate(state, progress);
        }
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw CommandFailure.usage("Not a day such as 2023-10-31: '" + text + "'", "--as-of")
                    .because(e);
        }
    }

    private static Address address(String text) {
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--pool");
        }
    }
}
