package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.oracle.file.ReturnTable;
import plimsoll.risk.dependence.CopulaFit;
import plimsoll.risk.dependence.CorrelationMatrix;
import plimsoll.risk.dependence.Dcc;
import plimsoll.risk.dependence.ShrunkCovariance;
import plimsoll.risk.dependence.TCopula;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;

/** How returns move together. */
@Command(
        name = "dependence",
        description = "How do returns move together? Correlations that change, joint extremes, or shrunk correlations.",
        footer = {
            "",
            "dcc          a GARCH(1,1) for each column, then correlations that change from row to row; the correlation",
            "             shown is the last row's (docs/models/dcc.md)",
            "t-copula     how likely extremes come together, from ranks (docs/models/t-copula.md)",
            "ledoit-wolf, oas",
            "             the sample's covariance less what is chance (docs/models/correlation.md)",
            "",
            "Examples:",
            "  oracle dependence --returns stocks.csv --columns AA,AXP,BA --model dcc",
            "  oracle dependence --returns residuals.csv.gz --columns BTC,ETH,LINK --model t-copula --json"
        })
final class DependenceCommand implements Callable<Integer> {

    private static final List<String> MODELS = List.of("dcc", "t-copula", "ledoit-wolf", "oas");

    @Option(
            names = "--returns",
            required = true,
            paramLabel = "FILE",
            description = "CSV with a column of returns for each asset, rows in time order; needs no time column.")
    private Path returns = Path.of("");

    @Option(
            names = "--columns",
            required = true,
            split = ",",
            paramLabel = "A,B",
            description = "The columns to read, two or more.")
    private List<String> columns = List.of();

    @Option(
            names = "--model",
            required = true,
            paramLabel = "MODEL",
            description = "One of: dcc, t-copula, ledoit-wolf, oas.")
    private String model = "";

    @Mixin
    private Output output = new Output();

    @Override
    public Integer call() {
        if (!MODELS.contains(model)) {
            throw CommandFailure.usage(
                    "Unknown model: '%s' (one of %s)".formatted(model, String.join(", ", MODELS)), "--model");
        }
        if (columns.size() < 2) {
            throw CommandFailure.usage("Dependence needs two columns or more: named=" + columns.size(), "--columns");
        }
        var sample = ReturnTable.read(returns, columns);
        Answer answer;
        try {
            answer = switch (model) {
                case "dcc" -> dcc(sample);
                case "t-copula" -> copula(sample);
                case "oas" -> shrunk(ShrunkCovariance.oas(sample.columns()));
                default -> shrunk(ShrunkCovariance.ledoitWolf(sample.columns()));
            };
        } catch (IllegalArgumentException e) {
            throw CommandFailure.input(returns, String.valueOf(e.getMessage())).because(e);
        }
        output.show(json(sample.rows(), answer), readable(sample.rows(), answer));
        return 0;
    }

    private Answer dcc(ReturnTable sample) {
        var fit = Dcc.fit(sample.columns());
        var marginals = new ArrayList<Marginal>();
        for (var i = 0; i < columns.size(); i++) {
            var marginal = fit.marginals().get(i);
            var of = marginal.parameters();
            marginals.add(
                    new Marginal(columns.get(i), of.mu(), of.omega(), of.alpha(), of.beta(), marginal.logLikelihood()));
        }
        var more = new LinkedHashMap<String, Object>();
        more.put("correlationLogLikelihood", fit.correlationLogLikelihood());
        more.put("nextCorrelation", matrix(fit.next()));
        more.put("marginals", marginals);
        more.put("converged", fit.isConverged());
        return new Answer(numbers("a", fit.a(), "b", fit.b()), fit.logLikelihood(), matrix(fit.last()), more);
    }

    private Answer copula(ReturnTable sample) {
        var fit = TCopula.fit(sample.columns());
        var gaussian = TCopula.fitGaussian(sample.columns());
        var more = new LinkedHashMap<String, Object>();
        more.put("tailDependence", matrix(fit.copula()::tailDependence));
        more.put("method", fit.method().name().toLowerCase(Locale.ROOT));
        more.put("repair", fit.repair());
        more.put("standardErrors", fit.standardErrors().map(errors -> standardErrors(fit, errors)));
        more.put("gaussianLogLikelihood", gaussian.logLikelihood());
        more.put("converged", fit.isConverged());
        return new Answer(
                numbers("nu", fit.copula().nu(), "shrinkage", fit.shrinkage()),
                fit.logLikelihood(),
                matrix(fit.copula().correlation()),
                more);
    }

    private Map<String, Object> standardErrors(CopulaFit fit, CopulaFit.StandardErrors errors) {
        var known = new LinkedHashMap<String, Object>();
        known.put("nu", errors.nu() > 0 ? Optional.of(errors.nu()) : Optional.empty());
        known.put(
                "correlation",
                fit.method() == CopulaFit.Method.JOINT ? Optional.of(matrix(errors::correlation)) : Optional.empty());
        return known;
    }

    private Answer shrunk(ShrunkCovariance fit) {
        var covariance = fit.covariance();
        return new Answer(
                Map.of("shrinkage", fit.shrinkage()),
                fit.logLikelihood(),
                matrix(fit.correlation()),
                Map.of("covariance", matrix((i, j) -> covariance[i][j])));
    }

    private Map<String, Object> json(int rows, Answer answer) {
        var json = new LinkedHashMap<String, Object>();
        json.put("model", model);
        json.put("n", rows);
        json.put("columns", columns);
        json.put("parameters", answer.parameters());
        json.put("logLikelihood", answer.logLikelihood());
        json.put("correlation", answer.correlation());
        json.putAll(answer.more());
        return json;
    }

    private String readable(int rows, Answer answer) {
        var facts = Table.facts().row("model", model).row("rows", rows);
        answer.parameters().forEach(facts::row);
        facts.row("log likelihood", answer.logLikelihood());
        answer.more().forEach((name, value) -> {
            if (value instanceof Double || value instanceof Boolean) {
                facts.row(name, value);
            }
        });
        var text =
                facts + System.lineSeparator() + System.lineSeparator() + square("correlation", answer.correlation());
        var tails = answer.more().get("tailDependence");
        return tails instanceof List<?> matrix
                ? text + System.lineSeparator() + System.lineSeparator() + square("tail dependence", matrix)
                : text;
    }

    private Table square(String title, List<?> matrix) {
        var table =
                Table.columns(Stream.concat(Stream.of(title), columns.stream()).toArray(String[]::new));
        for (var i = 0; i < columns.size(); i++) {
            var cells = new ArrayList<Object>();
            cells.add(columns.get(i));
            cells.addAll((List<?>) matrix.get(i));
            table.row(cells.toArray());
        }
        return table;
    }

    private static Map<String, Double> numbers(String first, double one, String second, double two) {
        var numbers = new LinkedHashMap<String, Double>();
        numbers.put(first, one);
        numbers.put(second, two);
        return numbers;
    }

    private List<List<Double>> matrix(CorrelationMatrix correlation) {
        return matrix(correlation::get);
    }

    private List<List<Double>> matrix(Cell cell) {
        var size = columns.size();
        return IntStream.range(0, size)
                .mapToObj(i ->
                        IntStream.range(0, size).mapToObj(j -> cell.at(i, j)).toList())
                .toList();
    }

    @FunctionalInterface
    private interface Cell {
        double at(int row, int column);
    }

    /** What every model answers, and what only one does. */
    private record Answer(
            Map<String, Double> parameters,
            double logLikelihood,
            List<List<Double>> correlation,
            Map<String, Object> more) {}

    private record Marginal(String column, double mu, double omega, double alpha, double beta, double logLikelihood) {}
}
