package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.oracle.file.SeriesFile;
import plimsoll.risk.tail.GeneralizedPareto;
import plimsoll.risk.tail.TailFit;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;

/** How bad are the worst losses: peaks over threshold. */
@Command(
        name = "tail",
        description = "How bad are the worst losses? Fits a generalised Pareto tail to the losses above a threshold.",
        footer = {
            "",
            "Losses are positive numbers in any unit. Standard errors come from the observed information; value at"
                    + " risk",
            "and expected shortfall are levels of the loss itself (docs/models/generalized-pareto.md).",
            "",
            "Examples:",
            "  oracle tail --losses danish_fire.csv --value-column loss_mDKK --threshold 10",
            "  oracle tail --losses losses.csv.gz --threshold 0.05 --levels 0.99,0.995,0.999 --json"
        })
final class TailCommand implements Callable<Integer> {

    @Option(
            names = "--losses",
            required = true,
            paramLabel = "FILE",
            description = "CSV of losses; needs no time column.")
    private Path losses = Path.of("");

    @Option(
            names = "--value-column",
            paramLabel = "NAME",
            description = "The column to read. Default: loss, losses or value.")
    private @Nullable String valueColumn;

    @Option(names = "--threshold", required = true, paramLabel = "U", description = "Losses above it are the tail.")
    private double threshold;

    @Option(
            names = "--levels",
            split = ",",
            paramLabel = "A",
            description = "Levels of value at risk and expected shortfall. Default: 0.99,0.995.")
    private List<String> levels = List.of("0.99", "0.995");

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        var values = SeriesFile.losses(losses, Optional.ofNullable(valueColumn));
        TailFit fit;
        try {
            fit = GeneralizedPareto.fit(values, threshold);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--threshold")
                    .because(e);
        }
        var valueAtRisk = new LinkedHashMap<String, Double>();
        var shortfall = new LinkedHashMap<String, Double>();
        for (var level : levels) {
            var share = level(level);
            try {
                valueAtRisk.put(level, fit.valueAtRisk(share));
                shortfall.put(level, fit.expectedShortfall(share));
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(String.valueOf(e.getMessage()), "--levels")
                        .because(e);
            }
        }
        var result = new Result(
                fit.observations(),
                fit.exceedances(),
                threshold,
                fit.xi(),
                fit.beta(),
                fit.standardErrors(),
                fit.logLikelihood(),
                fit.isConverged(),
                valueAtRisk,
                shortfall);
        output.show(result, readable(result));
        return 0;
    }

    private static double level(String text) {
        try {
            var level = Double.parseDouble(text);
            if (level > 0 && level < 1) {
                return level;
            }
        } catch (NumberFormatException e) {
            throw CommandFailure.usage("Level is not a number: '" + text + "'", "--levels")
                    .because(e);
        }
        throw CommandFailure.usage("Level is outside (0, 1): '" + text + "'", "--levels");
    }

    private static Table readable(Result result) {
        var table = Table.facts()
                .row("losses", result.n())
                .row("above " + result.threshold(), result.exceedances())
                .row("xi", result.xi())
                .row("beta", result.beta())
                .row("s.e. xi", result.se().map(TailFit.StandardErrors::xi))
                .row("s.e. beta", result.se().map(TailFit.StandardErrors::beta))
                .row("log likelihood", result.logLikelihood());
        result.var().forEach((level, value) -> table.row("VaR " + level, value));
        result.es().forEach((level, value) -> table.row("ES " + level, value));
        return table;
    }

    private record Result(
            int n,
            int exceedances,
            double threshold,
            double xi,
            double beta,
            Optional<TailFit.StandardErrors> se,
            double logLikelihood,
            boolean converged,
            Map<String, Double> var,
            Map<String, Double> es) {}
}
