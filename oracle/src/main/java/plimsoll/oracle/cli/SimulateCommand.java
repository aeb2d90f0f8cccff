package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.oracle.calibration.BookSimulation;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.CalibrationSettings.Chance;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.Recipe;
import plimsoll.oracle.file.FileMarket;
import plimsoll.oracle.file.FoundFiles;
import plimsoll.oracle.file.PriceDirectory;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.risk.simulation.MarketSimulation;
import plimsoll.risk.simulation.SimulationResult;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.units.Address;

/** What would these parameters have cost: a book of positions through joint price paths. */
@Command(
        name = "simulate",
        description = "What would these parameters cost? A book of positions through joint price paths.",
        footer = {
            "",
            "Parameters are a market's configuration (FILE[#NAME]) or a manifest, whose recommended ones are tried;"
                    + " its",
            "market's file is found by name under --data. Paths are those of a calibration: filtered history of each",
            "asset, a t copula, two stress regimes; accounts follow Aave v3.6's rules"
                    + " (docs/models/market-simulation.md).",
            "Values are in the market's base currency. An asset without a price series keeps its price, and is named.",
            "",
            "Examples:",
            "  oracle simulate --prices-dir prices --positions borrowers.csv --parameters snapshots.csv#AaveV3Ethereum"
                    + " \\",
            "      --paths 20480 --steps 24 --seed 1",
            "  oracle simulate --prices-dir prices --positions borrowers.csv --parameters manifest.json --data . --json"
        })
final class SimulateCommand implements Callable<Integer> {

    @Option(
            names = "--prices-dir",
            required = true,
            paramLabel = "DIR",
            description = "Folder of price files, its subfolders included: ASSET-QUOTE_source.csv[.gz].")
    private Path prices = Path.of("");

    @Option(names = "--positions", required = true, paramLabel = "FILE", description = "Borrowers.")
    private Path positions = Path.of("");

    @Option(
            names = "--parameters",
            required = true,
            paramLabel = "FILE[#NAME]",
            description = "A market's configuration, or a manifest (.json).")
    private String parameters = "";

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder in which a manifest's market file lies; may be repeated. Default: the manifest's own.")
    private List<Path> folders = List.of();

    @Option(names = "--liquidity", paramLabel = "FILE", description = "Quotes of sales by size.")
    private Optional<Path> liquidity = Optional.empty();

    @Option(
            names = "--as-of",
            paramLabel = "DATE",
            description = "The last day that may be looked at. Default: the snapshot's or the manifest's own.")
    private Optional<String> asOf = Optional.empty();

    @Option(names = "--paths", paramLabel = "N", description = "Joint paths, an even number. Default: 20480.")
    private int paths = 20_480;

    @Option(names = "--steps", paramLabel = "N", description = "Steps of an hour. Default: 24.")
    private int steps = 24;

    @Option(names = "--seed", paramLabel = "SEED", description = "Seed of all chance.")
    private long seed = CalibrationSettings.standard().chance().seed();

    @Option(names = "--threads", paramLabel = "N", description = "Threads; the result does not depend on it.")
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--spark",
            paramLabel = "URL",
            description =
                    "Run the paths on this Spark cluster, such as spark://host:7077 or local[2]; the result is the"
                            + " same.")
    private Optional<String> spark = Optional.empty();

    @Mixin
    private Output output = new Output();

    /** A market, and parameters that differ from its own. */
    private record Scene(MarketState market, Map<Address, CollateralParameters> parameters) {}

    @Override
    public Integer call() {
        var began = System.nanoTime();
        var settings = settings();
        var scene = scene(settings);
        BookSimulation simulation;
        try (var progress = new StagedProgress(output)) {
            simulation = BookSimulation.of(settings, scene.market(), scene.parameters(), threads, progress)
                    .orElseThrow(() -> CommandFailure.input(
                            positions, "nobody owes anything of the market, or no asset of theirs has a price series"));
        }
        var result = run(simulation);
        var messages = new ArrayList<String>();
        if (!simulation.still().isEmpty()) {
            messages.add("price held still for want of a series: " + String.join(", ", simulation.still()));
        }
        messages.addAll(simulation.notes());
        var answer = SimulationAnswer.of(
                result, simulation.task().book().accounts(), messages, (System.nanoTime() - began) / 1e9);
        output.show(answer, answer.table());
        return 0;
    }

    private SimulationResult run(BookSimulation simulation) {
        if (spark.isPresent()) {
            return MarketSimulation.run(simulation.paths(), simulation.task(), new SparkProcess(spark.get()));
        }
        try (var progress = output.progress("simulate", simulation.paths().blocks())) {
            return MarketSimulation.run(simulation.paths(), simulation.task(), threads, progress::advance);
        }
    }

    private CalibrationSettings settings() {
        if (threads < 1) {
            throw CommandFailure.usage("No threads: " + threads, "--threads");
        }
        if (steps < 1) {
            throw CommandFailure.usage("No steps: " + steps, "--steps");
        }
        if (paths % 2 != 0) {
            throw CommandFailure.usage("Paths come in mirrored pairs: " + paths + " is odd", "--paths");
        }
        var standard = CalibrationSettings.standard();
        try {
            var chance = standard.chance();
            return BookSimulation.over(standard, steps, new Chance(chance.paths(), chance.replications(), paths, seed));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--paths")
                    .because(e);
        }
    }

    private Scene scene(CalibrationSettings settings) {
        if (!parameters.endsWith(".json")) {
            return new Scene(read(parameters, asOf.map(SimulateCommand::day), settings), Map.of());
        }
        var file = Path.of(parameters);
        var manifest = ManifestFile.read(file);
        try {
            var recipe = Recipe.of(manifest);
            if (!recipe.isFromFiles()) {
                throw CommandFailure.input(file, "was made from a chain: its market lies in no file");
            }
            var market = recipe.files().files().stream()
                    .filter(input -> input.role().equals("market"))
                    .toList();
            var own = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of("."));
            var found = FoundFiles.under(folders.isEmpty() ? List.of(own) : folders, market);
            var argument = found.path(market.getFirst()) + "#" + recipe.files().market();
            var day = asOf.map(SimulateCommand::day).orElse(recipe.files().asOf());
            return new Scene(read(argument, Optional.of(day), settings), recipe.recommended());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.input(file, String.valueOf(e.getMessage())).because(e);
        }
    }

    private MarketState read(String market, Optional<LocalDate> day, CalibrationSettings settings) {
        return FileMarket.read(new FileMarket.Sources(
                market, day, PriceDirectory.open(prices), Optional.of(positions), liquidity, settings.history()));
    }

    private static LocalDate day(String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw CommandFailure.usage("Not a day such as 2023-10-31: '" + text + "'", "--as-of")
                    .because(e);
        }
    }
}
