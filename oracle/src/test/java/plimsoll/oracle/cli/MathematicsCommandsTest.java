package plimsoll.oracle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.runtime.cli.CommandLineMain;

class MathematicsCommandsTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void volatilityPrintsThePublishedGarchFit() throws IOException {
        var file = shared("reference/dem2gbp.csv");

        var answer = json("volatility", "--returns", file, "--model", "garch");

        assertThat(answer.get("n").asInt()).isEqualTo(1974);
        assertThat(answer.get("parameters").get("alpha").asDouble()).isCloseTo(0.15313406182, within(1e-9));
        assertThat(answer.get("parameters").get("nu").isNull()).isTrue();
        for (var kind : new String[] {"hessian", "opg", "qmle"}) {
            assertThat(answer.get("standardErrors").get(kind).get("beta").asDouble())
                    .isPositive();
        }
        assertThat(answer.get("converged").asBoolean()).isTrue();
        assertThat(answer.get("forecast").get("annualVolatility").asDouble()).isBetween(0.02, 0.3);
    }

    @Test
    void tailPrintsThePublishedDanishFit() throws IOException {
        var file = shared("reference/danish_fire.csv");

        var answer = json("tail", "--losses", file, "--value-column", "loss_mDKK", "--threshold", "10");

        assertThat(answer.get("exceedances").asInt()).isEqualTo(109);
        assertThat(answer.get("xi").asDouble()).isCloseTo(0.49698580, within(1e-8));
        assertThat(answer.get("var").get("0.99").asDouble()).isCloseTo(27.28999, within(1e-5));
        assertThat(answer.get("es").get("0.99").asDouble()).isCloseTo(58.24010, within(1e-5));
        assertThat(answer.get("se").get("xi").asDouble()).isCloseTo(0.136283820412, within(1e-9));
        assertThat(answer.get("intervals").get("0.99").get("var").get("high").asDouble())
                .isCloseTo(33.210354, within(1e-5));
    }

    @Test
    void tailChoosesItsThresholdAndTurnsReturnsRound() throws IOException {
        var file = shared("reference/evir_bmw.csv");

        var answer =
                json("tail", "--losses", file, "--value-column", "logret", "--tail", "lower", "--threshold", "auto");

        var chosen = 0;
        for (var point : answer.get("thresholds")) {
            if (point.get("chosen").asBoolean()) {
                chosen++;
                assertThat(answer.get("threshold").asDouble())
                        .isEqualTo(point.get("threshold").asDouble());
            }
        }
        assertThat(chosen).isEqualTo(1);
        assertThat(answer.get("xi").asDouble()).isBetween(0.05, 0.4);
    }

    @Test
    void volatilityFitsTheSkewedT() throws IOException {
        var file = shared("reference/dem2gbp.csv");

        var answer = json("volatility", "--returns", file, "--model", "egarch", "--dist", "skewed-t");

        assertThat(answer.get("parameters").get("lambda").asDouble()).isCloseTo(-0.1001193, within(2e-7));
        assertThat(answer.get("standardErrors").get("qmle").get("lambda").asDouble())
                .isBetween(0.01, 0.1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"BTC-USDT_binance.csv", "ETH-USDT_binance.csv"})
    void theChampionHoldsOnRealDailyPrices(String name) throws IOException {
        var file = shared("prices/daily/" + name);

        var answer = json(
                "backtest",
                "--prices",
                file,
                "--level",
                "0.99",
                "--horizon",
                "1d",
                "--window",
                "500",
                "--model",
                "champion");

        assertThat(answer.get("observations").asInt()).isGreaterThan(2200);
        assertThat(answer.get("kupiec").get("p").asDouble()).isGreaterThan(0.05);
        assertThat(answer.get("conditionalCoverage").get("p").asDouble()).isGreaterThan(0.05);
        assertThat(answer.get("trafficLight").get("red").asInt()).isZero();
        assertThat(answer.get("exceptionDates").size())
                .isEqualTo(answer.get("exceptions").asInt());
        assertThat(answer.get("exceptionDates").toString()).contains("\"2020-03-12\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"garch", "gjr", "egarch", "ewma"})
    void everyConditionalModelWorksOnPrices(String model) throws IOException {
        var answer = json("volatility", "--prices", prices(400), "--model", model, "--dist", "t");

        // Two per cent a day: 0.02·√365 = 0.38 a year.
        assertThat(answer.get("forecast").get("annualVolatility").asDouble()).isBetween(0.25, 0.55);
        assertThat(answer.get("model").asText()).isEqualTo(model);
        assertThat(answer.get("gaps").size()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"close", "parkinson", "garman-klass", "rogers-satchell", "yang-zhang"})
    void everyBarEstimatorWorks(String model) throws IOException {
        var file = folder.resolve("bars.csv");
        var text = new StringBuilder("date,open,high,low,close\n");
        for (var day = 0; day < 40; day++) {
            text.append(LocalDate.of(2024, 1, 1).plusDays(day))
                    .append(day % 2 == 0 ? ",100,103,99,102\n" : ",102,103,98,100\n");
        }
        Files.writeString(file, text);

        var answer = json(
                "volatility",
                "--prices",
                file.toString(),
                "--model",
                model,
                "--window",
                "10",
                "--periods-per-year",
                "365");

        assertThat(answer.get("values").size()).isBetween(20, 31);
        assertThat(answer.get("values").get(0).get("annualVolatility").asDouble())
                .isBetween(0.2, 1.0);
        assertThat(answer.get("values").get(0).get("time").asText()).startsWith("2024-01-");
    }

    @Test
    void backtestTestsOnlyTheDaysAskedFor() throws IOException {
        var answer = json(
                "backtest",
                "--prices",
                prices(400),
                "--window",
                "100",
                "--model",
                "historical",
                "--from",
                "2020-12-01",
                "--to",
                "2020-12-31");

        assertThat(answer.get("observations").asInt()).isEqualTo(31);
        assertThat(answer.get("expected").asDouble()).isCloseTo(0.31, within(1e-9));
        assertThat(answer.get("years").get(0).get("year").asInt()).isEqualTo(2020);
        assertThat(answer.get("rateRatio").asDouble())
                .isCloseTo(answer.get("exceptions").asInt() / 0.31, within(1e-9));
        assertThat(answer.get("power").asDouble()).isBetween(0.0, 0.2);
        assertThat(answer.get("trafficLightBand").get("mean").asDouble()).isZero();
    }

    @Test
    void backtestLooksSeveralPeriodsAhead() throws IOException {
        var answer = json(
                "backtest",
                "--prices",
                prices(400),
                "--window",
                "200",
                "--horizon",
                "10d",
                "--model",
                "fhs",
                "--paths",
                "500");

        // 399 returns, 200 of them history: 19 horizons of ten.
        assertThat(answer.get("observations").asInt()).isEqualTo(19);
    }

    @Test
    void reportsGapsAndRefusesThemOnRequest() throws IOException {
        var file = folder.resolve("gappy.csv");
        var lines = Files.readAllLines(Path.of(prices(400)));
        lines.subList(200, 205).clear();
        Files.write(file, lines);

        var answer = json("volatility", "--prices", file.toString(), "--model", "garch");
        var refused = run("volatility", "--prices", file.toString(), "--model", "garch", "--max-gap", "1d");

        assertThat(answer.get("gaps").size()).isEqualTo(1);
        assertThat(answer.get("n").asInt()).isEqualTo(393);
        assertThat(refused.code()).isEqualTo(2);
        assertThat(refused.err()).startsWith(file + ":201: gap of");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "volatility --prices GOOD --model heston; --model; Unknown model: 'heston'",
                "volatility --prices GOOD --model garch --dist cauchy; --dist; Unknown distribution",
                "volatility --prices GOOD --model garch --presample backcast; --presample; not built yet",
                "volatility --prices GOOD --model ewma --lambda 1.5; --lambda; lambda is outside",
                "volatility --prices GOOD --returns GOOD --model garch; ''; mutually exclusive",
                "volatility --model garch; ''; --returns",
                "backtest --prices GOOD --model oracle; --model; Unknown model: 'oracle'",
                "backtest --prices GOOD --level 1.5; --level; Level is outside",
                "backtest --prices GOOD --window 10; --window; too short",
                "backtest --prices GOOD --window 100 --fewest 200; --fewest; out of range",
                "backtest --prices GOOD --horizon 36h; --horizon; no multiple",
                "backtest --prices GOOD --horizon 5d --window 100 --model garch; --horizon; one period only",
                "backtest --prices GOOD --horizon soon; --horizon; not a duration",
                "backtest --prices GOOD --from yesterday --window 100; --from; Not a day",
                "tail --losses GOOD --value-column close --threshold 1e9; --threshold; too few losses",
                "tail --losses GOOD --value-column close --threshold 1 --levels 2; --levels; Level is outside",
                "tail --losses GOOD --value-column close --threshold low; --threshold; neither a number nor auto",
                "tail --losses GOOD --value-column close --threshold 1 --tail left; --tail; Unknown tail",
                "surface --quotes GOOD; surface; Unknown command"
            })
    void wrongUseIsOneSentenceThatNamesTheOption(String line, String key, String what) throws IOException {
        var run = run((line.replace("GOOD", prices(300)) + " --json").split(" ", -1));

        var error = new ObjectMapper().readTree(run.out()).get("error");
        assertThat(run.code()).isEqualTo(2);
        assertThat(error.get("message").asText()).contains(what);
        assertThat(run.err().strip()).isEqualTo(error.get("message").asText()).doesNotContain("\n");
        if (!key.isEmpty()) {
            assertThat(error.get("key").asText()).isEqualTo(key);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "'date,close\n2024-01-01,10\n2024-01-02,zero\n'; 3; not a number",
                "'date,close\n2024-01-01,10\n2024-01-02,-1\n'; 3; not positive",
                "'date,close\n2024-01-02,10\n2024-01-01,10\n'; 3; out of order",
                "'date,volume\n2024-01-01,10\n'; 1; missing column",
                "''; 1; file is empty"
            })
    void aMalformedFileIsNamedWithItsLine(String text, int line, String what) throws IOException {
        var file = Files.writeString(folder.resolve("bad.csv"), text);

        for (var command : new String[][] {
            {"volatility", "--prices", file.toString(), "--model", "garch", "--json"},
            {"backtest", "--prices", file.toString(), "--json"}
        }) {
            var run = run(command);

            var error = new ObjectMapper().readTree(run.out()).get("error");
            assertThat(run.code()).isEqualTo(2);
            assertThat(error.get("file").asText()).isEqualTo(file.toString());
            assertThat(error.get("line").asInt()).isEqualTo(line);
            assertThat(error.get("message").asText())
                    .startsWith(file + ":" + line + ": ")
                    .contains(what);
            assertThat(run.err().strip()).isEqualTo(error.get("message").asText());
        }
    }

    @Test
    void tooShortAHistoryIsTheFilesFault() throws IOException {
        assertThat(run("backtest", "--prices", prices(100), "--window", "500").err())
                .contains("nothing to test");
        assertThat(run("volatility", "--prices", prices(20), "--model", "garch").err())
                .contains("too few returns");
        assertThat(run("volatility", "--prices", folder.resolve("none.csv").toString(), "--model", "garch")
                        .code())
                .isEqualTo(2);
    }

    @Test
    void readableOutputAndHelpTeach() throws IOException {
        assertThat(run("volatility", "--prices", prices(300), "--model", "garch")
                        .out())
                .contains("alpha", "annual volatility");
        assertThat(run("backtest", "--prices", prices(300), "--window", "100", "--model", "ewma")
                        .out())
                .contains("Kupiec p");
        for (var command : new String[] {"volatility", "tail", "backtest"}) {
            var help = run(command, "--help");
            assertThat(help.code()).isZero();
            assertThat(help.out()).contains("Examples:");
        }
        assertThat(run("--help").out()).contains("volatility", "tail", "backtest");
    }

    /** Daily closes from 2020-01-01 with normal returns of two per cent. */
    private String prices(int days) throws IOException {
        var random = new SeededRandom(7);
        var text = new StringBuilder("date,close\n");
        var price = 100.0;
        for (var day = 0; day < days; day++) {
            text.append(LocalDate.of(2020, 1, 1).plusDays(day))
                    .append(',')
                    .append(price)
                    .append('\n');
            price *= StrictMath.exp(0.02 * SpecialFunctions.normalQuantile(random.nextDouble()));
        }
        return Files.writeString(folder.resolve("prices.csv"), text).toString();
    }

    private static String shared(String name) {
        var file = Path.of(System.getProperty("plimsoll.root", ".."))
                .resolve("../shared/data")
                .resolve(name)
                .normalize();
        assumeTrue(Files.isReadable(file), "skipped: no shared data");
        return file.toString();
    }

    private static JsonNode json(String... arguments) throws IOException {
        var withJson = java.util.Arrays.copyOf(arguments, arguments.length + 1);
        withJson[arguments.length] = "--json";
        var run = run(withJson);
        assertThat(run.code()).describedAs(run.err()).isZero();
        return new ObjectMapper().readTree(run.out());
    }

    private static Run run(String... arguments) {
        var out = new StringWriter();
        var err = new StringWriter();
        var code = CommandLineMain.run(OracleMain.root(), new PrintWriter(out), new PrintWriter(err), arguments);
        return new Run(code, out.toString(), err.toString());
    }

    private record Run(int code, String out, String err) {}
}
