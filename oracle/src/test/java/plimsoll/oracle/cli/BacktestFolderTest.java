package plimsoll.oracle.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;
import plimsoll.runtime.cli.CommandLineMain;

class BacktestFolderTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void everyFileOfAFolderIsARowAndTheShortOnesAreNamed() throws IOException {
        prices("AAA-USDT_one.csv", Duration.ofDays(1), 200, 1);
        prices("BBB-USDT_two.csv", Duration.ofDays(1), 150, 2);
        prices("CCC-USDT_short.csv", Duration.ofDays(1), 60, 3);

        var answer = json("--all", folder.toString(), "--window", "100", "--model", "historical");

        assertThat(answer.get("assets")).hasSize(2);
        assertThat(answer.get("assets").get(0).get("asset").asText()).isEqualTo("AAA");
        assertThat(answer.get("assets")
                        .get(0)
                        .get("backtest")
                        .get("observations")
                        .asInt())
                .isEqualTo(99);
        assertThat(answer.get("assets").get(1).get("file").asText()).isEqualTo("BBB-USDT_two.csv");
        assertThat(answer.get("skipped").get(0).get("file").asText()).isEqualTo("CCC-USDT_short.csv");
        assertThat(answer.get("skipped").get(0).get("reason").asText()).contains("nothing to test");
        assertThat(run("--all", folder.toString(), "--window", "100", "--model", "historical")
                        .out())
                .contains("AAA", "BBB", "cond. coverage p", "skipped: ");
    }

    @Test
    void theStudyKeepsWhatStandsAboveItsMarkAndRepeatsItself() throws IOException {
        Files.createDirectories(folder.resolve("daily"));
        Files.createDirectories(folder.resolve("hourly"));
        prices("daily/BTC-USDT_binance.csv", Duration.ofDays(1), 1000, 4);
        prices("hourly/BTC-USDT_binance_4h.csv", Duration.ofHours(4), 4500, 5);
        prices("hourly/BTC-USD_coingecko_1h.csv", Duration.ofHours(1), 100, 6);
        var page = Files.writeString(folder.resolve("page.md"), "# Why\n\n" + BacktestStudy.MARK + "\nstale\n");

        assertThat(run("--all", folder.toString(), "--study", page.toString()).code())
                .isZero();
        var first = Files.readString(page);
        run("--all", folder.toString(), "--study", page.toString());

        assertThat(first)
                .startsWith("# Why\n\n" + BacktestStudy.MARK + "\n\n## Which bars hold\n")
                .contains(
                        "BTC and ETH: conditional coverage p > 0.01 | 1 of 1 | yes |",
                        "## One day, 99 %",
                        "| BTC-USDT_binance | 269 |",
                        "| BTC-USDT_binance_4h | 119 |")
                .doesNotContain("stale", "coingecko");
        assertThat(Files.readString(page)).isEqualTo(first);
    }

    @Test
    void oneOfFileAndFolderIsNeeded() {
        assertThat(run().code()).isEqualTo(2);
        assertThat(run("--prices", "a.csv", "--all", "b").err()).contains("One of --prices and --all is needed");
        assertThat(run("--all", folder.resolve("none").toString()).err()).contains("no such folder");
    }

    /** The bars of the issue on the real days, all assets: minutes. */
    @Test
    @Tag("long")
    void theDailyBarsHoldOnRealPrices() throws IOException {
        var root = Path.of(System.getProperty("plimsoll.root", ".."));
        var daily = root.resolve("../shared/data/prices/daily").normalize();
        assumeTrue(Files.isDirectory(daily), "skipped: no shared data");

        var answer = json("--all", daily.toString(), "--window", "1000", "--fewest", "730");

        var passing = 0;
        var others = 0;
        for (var asset : answer.get("assets")) {
            var backtest = asset.get("backtest");
            if (backtest.get("observations").asInt() < 250) {
                continue;
            }
            var probability = backtest.get("conditionalCoverage").get("p").asDouble();
            var light = backtest.get("trafficLight");
            assertThat(light.get("red").asInt()).describedAs(asset.toString()).isZero();
            var windows = light.get("green").asDouble() + light.get("yellow").asInt();
            assertThat(light.get("green").asInt() / windows)
                    .describedAs(asset.toString())
                    .isGreaterThanOrEqualTo(
                            backtest.get("trafficLightBand").get("low").asDouble());
            if (List.of("BTC", "ETH").contains(asset.get("asset").asText())) {
                assertThat(probability).describedAs(asset.toString()).isGreaterThan(0.01);
            } else {
                others++;
                passing += probability > 0.05 ? 1 : 0;
            }
        }
        assertThat(others).isGreaterThanOrEqualTo(6);
        assertThat(passing).isGreaterThanOrEqualTo((int) Math.ceil(0.8 * others));
    }

    private void prices(String name, Duration step, int count, long seed) throws IOException {
        var random = new SeededRandom(seed);
        var lines = new ArrayList<>(List.of("time,close"));
        var price = 100.0;
        for (var i = 0; i < count; i++) {
            lines.add(Instant.parse("2020-01-01T00:00:00Z").plus(step.multipliedBy(i)) + "," + price);
            price *= StrictMath.exp(0.02 * SpecialFunctions.normalQuantile(random.nextDouble()));
        }
        Files.write(folder.resolve(name), lines);
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
        var line = new ArrayList<>(List.of("backtest"));
        line.addAll(List.of(arguments));
        var code = CommandLineMain.run(
                OracleMain.root(), new PrintWriter(out), new PrintWriter(err), line.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    private record Run(int code, String out, String err) {}
}
