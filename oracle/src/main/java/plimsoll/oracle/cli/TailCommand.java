package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
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
import plimsoll.risk.tail.LossSample;
import plimsoll.risk.tail.TailFit;
import plimsoll.risk.tail.TailProfile;
import plimsoll.risk.tail.ThresholdStability;
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
            "and expected shortfall are levels of the loss itself, with 95 % intervals by profile likelihood",
            "(docs/models/generalized-pareto.md). Threshold auto takes the lowest of a grid that no higher one",
            "contradicts and shows the grid.",
            "",
            "Examples:",
            "  oracle tail --losses danish_fire.csv --value-column loss_mDKK --threshold 10",
            "  oracle tail --losses losses.csv.gz --threshold 0.05 --levels 0.99,0.995,0.999 --json",
            "  oracle tail --losses returns.csv --value-column logret --tail lower --threshold auto"
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

    @Option(
            names = "--threshold",
            required = true,
            paramLabel = "U|auto",
            description = "Losses above it are the tail; auto chooses by stability.")
    private String threshold = "";

    @Option(
            names = "--tail",
            paramLabel = "upper|lower",
            description = "The large values, or the small ones with their sign turned. Default: upper.")
    private String tail = "upper";

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
        var values = oriented(SeriesFile.losses(losses, Optional.ofNullable(valueColumn)));
        var grid = new ArrayList<GridPoint>();
        TailFit fit;
        try {
            fit = threshold.equals("auto") ? chosen(values, grid) : GeneralizedPareto.fit(values, number(threshold));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--threshold")
                    .because(e);
        }
        var profile = TailProfile.of(values, fit);
        var valueAtRisk = new LinkedHashMap<String, Double>();
        var shortfall = new LinkedHashMap<String, Double>();
        var intervals = new LinkedHashMap<String, Intervals>();
        for (var level : levels) {
            var share = level(level);
            try {
                valueAtRisk.put(level, fit.valueAtRisk(share));
                shortfall.put(level, fit.expectedShortfall(share));
                intervals.put(
                        level, new Intervals(ends(profile.valueAtRisk(share)), ends(profile.expectedShortfall(share))));
            } catch (IllegalArgumentException e) {
                throw CommandFailure.usage(String.valueOf(e.getMessage()), "--levels")
                        .because(e);
            }
        }
        var result = new Result(
                fit.observations(),
                fit.exceedances(),
                fit.threshold(),
                fit.xi(),
                fit.beta(),
                fit.standardErrors(),
                fit.logLikelihood(),
                fit.isConverged(),
                valueAtRisk,
                shortfall,
                intervals,
                grid);
        output.show(result, readable(result));
        return 0;
    }

    private double[] oriented(double[] values) {
        return switch (tail) {
            case "upper" -> values;
            case "lower" -> Arrays.stream(values).map(value -> -value).toArray();
            default ->
                throw CommandFailure.usage("Unknown tail: '%s', known are upper, lower".formatted(tail), "--tail");
        };
    }

    private static TailFit chosen(double[] values, List<GridPoint> grid) {
        var stability = ThresholdStability.of(values);
        for (var fit : stability.fits()) {
            grid.add(new GridPoint(
                    fit.threshold(),
                    fit.exceedances(),
                    fit.xi(),
                    fit.standardErrors().map(TailFit.StandardErrors::xi),
                    fit.beta() - fit.xi() * fit.threshold(),
                    stability.isStable() && fit.equals(stability.chosen())));
        }
        return stability.chosen();
    }

    private static double number(String text) {
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw CommandFailure.usage("Threshold is neither a number nor auto: '" + text + "'", "--threshold")
                    .because(e);
        }
    }

    /** An end at infinity is none: JSON has no number for it. */
    private static Ends ends(LossSample.Interval interval) {
        return new Ends(finite(interval.low()), finite(interval.high()));
    }

    private static Optional<Double> finite(double value) {
        return Double.isInfinite(value) ? Optional.empty() : Optional.of(value);
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
        result.intervals().forEach((level, interval) -> {
            row(table, "VaR " + level, result.var().getOrDefault(level, Double.NaN), interval.var());
            row(table, "ES " + level, result.es().getOrDefault(level, Double.NaN), interval.es());
        });
        result.thresholds()
                .forEach(point -> table.row(
                        "threshold " + point.threshold(),
                        point.exceedances(),
                        "xi",
                        point.xi(),
                        "s.e.",
                        point.seXi(),
                        point.chosen() ? "chosen" : ""));
        return table;
    }

    private static void row(Table table, String name, double value, Ends ends) {
        table.row(name, value, "95 %", ends.low(), "to", ends.high());
    }

    /** 95 %; empty where an end is infinite. */
    private record Ends(Optional<Double> low, Optional<Double> high) {}

    private record Intervals(Ends var, Ends es) {}

    /** @param modifiedScale beta − xi·threshold, the same at every threshold of one tail */
    private record GridPoint(
            double threshold,
            int exceedances,
            double xi,
            Optional<Double> seXi,
            double modifiedScale,
            boolean chosen) {}

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
            Map<String, Double> es,
            Map<String, Intervals> intervals,
            List<GridPoint> thresholds) {}
}
