package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.oracle.file.SeriesFile;
import plimsoll.risk.series.PriceSeries.Gap;
import plimsoll.risk.volatility.Ewma;
import plimsoll.risk.volatility.Garch;
import plimsoll.risk.volatility.GarchFit;
import plimsoll.risk.volatility.GarchParameters;
import plimsoll.risk.volatility.GarchSpecification;
import plimsoll.risk.volatility.GarchSpecification.Innovations;
import plimsoll.risk.volatility.GarchSpecification.Variance;
import plimsoll.risk.volatility.RealizedVolatility;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;

/** How volatile is it: conditional volatility by maximum likelihood, or realised volatility of bars. */
@Command(
        name = "volatility",
        description =
                "How volatile is it? Fits a conditional volatility model, or measures realised volatility of bars.",
        footer = {
            "",
            "Models: garch, gjr, egarch (maximum likelihood, docs/models/garch.md), ewma (docs/models/ewma.md) on"
                    + " returns;",
            "close, parkinson, garman-klass, rogers-satchell, yang-zhang (docs/models/realized-volatility.md) on bars.",
            "Parameters are in the unit of the returns (percent where the column is return_pct); volatilities are"
                    + " annual",
            "fractions. Prices are turned into log returns.",
            "",
            "Examples:",
            "  oracle volatility --returns dem2gbp.csv --model garch --json",
            "  oracle volatility --prices ETH-USDT.csv --model gjr --dist skewed-t",
            "  oracle volatility --prices rounds.csv.gz --model ewma --period 1h --max-gap 6h",
            "  oracle volatility --prices BTC-USDT.csv --model yang-zhang --window 30 --periods-per-year 365"
        })
final class VolatilityCommand implements Callable<Integer> {

    private static final List<String> CONDITIONAL = List.of("garch", "gjr", "egarch", "ewma");
    private static final List<String> REALIZED =
            List.of("close", "parkinson", "garman-klass", "rogers-satchell", "yang-zhang");

    @ArgGroup(exclusive = true, multiplicity = "1")
    private Source source = new Source();

    /** What to read. */
    static final class Source {

        @Option(names = "--returns", paramLabel = "FILE", description = "CSV of returns; needs no time column.")
        private @Nullable Path returns;

        @Option(
                names = "--prices",
                paramLabel = "FILE",
                description = "CSV of prices, or of bars (open, high, low, close).")
        private @Nullable Path prices;
    }

    @Option(names = "--model", required = true, paramLabel = "MODEL", description = "One of the models below.")
    private String model = "";

    @Option(
            names = "--dist",
            paramLabel = "normal|t|skewed-t",
            description = "Innovations of garch, gjr, egarch. Default: normal.")
    private String distribution = "normal";

    @Option(
            names = "--presample",
            paramLabel = "mean",
            description = "What h and e² are before the sample: mean(e²) at the current mu. No other is offered yet.")
    private String presample = "mean";

    @Option(names = "--lambda", paramLabel = "L", description = "Decay of ewma. Default: 0.94.")
    private double lambda = Ewma.DAILY_LAMBDA;

    @Option(names = "--window", paramLabel = "N", description = "Bars in a window of realised volatility. Default: 30.")
    private int window = 30;

    @Option(
            names = "--periods-per-year",
            paramLabel = "M",
            description = "Periods in a year. Default: 365 days over the prices' period; 365 for returns.")
    private @Nullable Double periodsPerYear;

    @Mixin
    private PriceOptions options = new PriceOptions();

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        var name = model.toLowerCase(Locale.ROOT);
        if (periodsPerYear != null && !(periodsPerYear > 0)) {
            throw CommandFailure.usage("Periods per year are not positive: " + periodsPerYear, "--periods-per-year");
        }
        if (CONDITIONAL.contains(name)) {
            conditional(name);
        } else if (REALIZED.contains(name)) {
            realized(name);
        } else {
            throw CommandFailure.usage(
                    "Unknown model: '%s', models are %s, %s"
                            .formatted(model, String.join(", ", CONDITIONAL), String.join(", ", REALIZED)),
                    "--model");
        }
        return 0;
    }

    private void realized(String name) {
        if (source.prices == null) {
            throw CommandFailure.usage("Model %s needs bars: give --prices".formatted(name), "--prices");
        }
        if (window < 3) {
            throw CommandFailure.usage("Window is too short: found %d, needed 3".formatted(window), "--window");
        }
        var bars = SeriesFile.bars(source.prices, options.maxGap());
        var estimator = RealizedVolatility.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
        var points = estimator.of(bars, window, periodsPerYear == null ? 365 : periodsPerYear);
        if (points.isEmpty()) {
            throw CommandFailure.input(
                    source.prices, "%d bars do not fill a window of %d".formatted(bars.size(), window));
        }
        var table = Table.columns("time", "annual volatility");
        points.forEach(point -> table.row(point.time(), point.annualVolatility()));
        output.show(new Realized(name, points), table);
    }

    private void conditional(String name) {
        if (!presample.equals("mean")) {
            throw CommandFailure.usage(
                    "Pre-sample '%s' is not built yet: only mean".formatted(presample), "--presample");
        }
        var input = input();
        var result = name.equals("ewma") ? ewma(input) : garch(name, input);
        output.show(result, readable(result));
    }

    private Input input() {
        if (source.prices != null) {
            var returns = options.read(source.prices, Optional.empty());
            return new Input(
                    source.prices,
                    Arrays.stream(returns.series().logReturns()).boxed().toList(),
                    1,
                    periodsPerYear == null ? returns.periodsPerYear() : periodsPerYear,
                    returns.gaps());
        }
        var file = Optional.ofNullable(source.returns).orElseThrow();
        var returns = SeriesFile.returns(file, options.valueColumn());
        return new Input(
                file,
                returns.values(),
                returns.unitsPerOne(),
                periodsPerYear == null ? 365 : periodsPerYear,
                List.of());
    }

    private Conditional garch(String name, Input input) {
        var specification = new GarchSpecification(Variance.valueOf(name.toUpperCase(Locale.ROOT)), innovations());
        GarchFit fit;
        try {
            fit = Garch.fit(input.returns(), specification);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.input(input.file(), String.valueOf(e.getMessage()))
                    .because(e);
        }
        var errors = fit.standardErrors();
        var standardErrors = new LinkedHashMap<String, Map<String, OptionalDouble>>();
        standardErrors.put("hessian", named(errors.hessian()));
        standardErrors.put("opg", named(errors.outerProducts()));
        standardErrors.put("qmle", named(errors.quasiMaximumLikelihood()));
        standardErrors.put("informationMatrix", named(errors.informationMatrix()));
        standardErrors.put("bollerslevWooldridge", named(errors.bollerslevWooldridge()));
        return new Conditional(
                name,
                distribution.toLowerCase(Locale.ROOT),
                input.values().size(),
                named(Optional.of(fit.parameters())),
                standardErrors,
                fit.logLikelihood(),
                fit.isConverged(),
                fit.iterations(),
                fit.isPersistenceHeld(),
                new Forecast(input.annual(fit.nextVariance()), input.periodsPerYear()),
                input.gaps());
    }

    private Conditional ewma(Input input) {
        var returns = input.returns();
        double[] variances;
        try {
            variances = Ewma.variances(returns, lambda);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--lambda")
                    .because(e);
        }
        var logLikelihood = 0.0;
        for (var t = 0; t < returns.length; t++) {
            var r = returns[t];
            logLikelihood -= (StrictMath.log(2 * Math.PI * variances[t]) + r * r / variances[t]) / 2;
        }
        return new Conditional(
                "ewma",
                "normal",
                input.values().size(),
                Map.of("lambda", OptionalDouble.of(lambda)),
                Map.of(),
                logLikelihood,
                true,
                0,
                false,
                new Forecast(input.annual(variances[variances.length - 1]), input.periodsPerYear()),
                input.gaps());
    }

    private Innovations innovations() {
        return switch (distribution.toLowerCase(Locale.ROOT)) {
            case "normal" -> Innovations.NORMAL;
            case "t" -> Innovations.STUDENT_T;
            case "skewed-t" -> Innovations.SKEWED_T;
            default ->
                throw CommandFailure.usage(
                        "Unknown distribution: '%s', known are normal, t, skewed-t".formatted(distribution), "--dist");
        };
    }

    private static Map<String, OptionalDouble> named(Optional<GarchParameters> values) {
        var named = new LinkedHashMap<String, OptionalDouble>();
        values.ifPresent(p -> {
            named.put("mu", OptionalDouble.of(p.mu()));
            named.put("omega", OptionalDouble.of(p.omega()));
            named.put("alpha", OptionalDouble.of(p.alpha()));
            named.put("beta", OptionalDouble.of(p.beta()));
            named.put("gamma", p.gamma());
            named.put("nu", p.nu());
            named.put("lambda", p.lambda());
        });
        return named;
    }

    private static Table readable(Conditional result) {
        var table = Table.columns("parameter", "estimate", "s.e. (Hessian)", "s.e. (QMLE)");
        result.parameters().forEach((name, value) -> {
            if (value.isPresent()) {
                table.row(name, value.getAsDouble(), error(result, "hessian", name), error(result, "qmle", name));
            }
        });
        table.row("returns", result.n(), "", "");
        table.row("log likelihood", result.logLikelihood(), "", "");
        table.row("converged", result.converged() ? "yes, in " + result.iterations() + " steps" : "no", "", "");
        if (result.persistenceHeld()) {
            table.row("persistence", "held at " + Garch.LARGEST_PERSISTENCE, "", "");
        }
        table.row("annual volatility, next period", result.forecast().annualVolatility(), "", "");
        table.row("gaps", result.gaps().size(), "", "");
        return table;
    }

    private static Object error(Conditional result, String kind, String name) {
        var value = result.standardErrors().getOrDefault(kind, Map.of()).getOrDefault(name, OptionalDouble.empty());
        return value.isPresent() ? (Object) value.getAsDouble() : "-";
    }

    /** The returns to fit, and what makes their variance annual. */
    private record Input(Path file, List<Double> values, double unitsPerOne, double periodsPerYear, List<Gap> gaps) {

        double[] returns() {
            return values.stream().mapToDouble(Double::doubleValue).toArray();
        }

        double annual(double variance) {
            return Math.sqrt(variance * periodsPerYear) / unitsPerOne;
        }
    }

    private record Realized(String model, List<RealizedVolatility.Point> values) {}

    private record Forecast(double annualVolatility, double periodsPerYear) {}

    private record Conditional(
            String model,
            String dist,
            int n,
            Map<String, OptionalDouble> parameters,
            Map<String, Map<String, OptionalDouble>> standardErrors,
            double logLikelihood,
            boolean converged,
            int iterations,
            boolean persistenceHeld,
            Forecast forecast,
            List<Gap> gaps) {}
}
