package plimsoll.acceptance.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.acceptance.cli.PlimsollMain;
import plimsoll.runtime.cli.CommandLineMain;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

final class BenchCommandTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Run(int exitCode, String out, String err) {}

    @Test
    void printsTheContractsJson() {
        Run run = run("bench", "rpc", "--json", "--slice-millis", "1", "--rounds", "1");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode benchmarks = JSON.readTree(run.out()).get("benchmarks");
        assertThat(benchmarks.size()).isGreaterThan(10);
        for (JsonNode benchmark : benchmarks) {
            assertThat(benchmark.propertyNames())
                    .containsExactlyInAnyOrder("name", "value", "unit", "peer", "peerValue", "ratio");
            assertThat(benchmark.get("value").doubleValue()).isPositive();
            assertThat(benchmark.get("ratio").doubleValue())
                    .isEqualTo(benchmark.get("value").doubleValue()
                            / benchmark.get("peerValue").doubleValue());
        }
    }

    @Test
    @Tag("long")
    void measuresRiskWithWhateverPeersAreInstalled() {
        Run run = run("bench", "risk", "--json", "--rounds", "1");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode benchmarks = JSON.readTree(run.out()).get("benchmarks");
        assertThat(benchmarks.size()).isGreaterThanOrEqualTo(11);
        for (JsonNode benchmark : benchmarks) {
            assertThat(benchmark.get("value").doubleValue()).isPositive();
        }
    }

    @Test
    @Tag("long")
    void measuresTheKeepersBook() {
        Run run = run("bench", "keeper", "--json", "--rounds", "1");

        assertThat(run.exitCode()).as(run.err()).isZero();
        JsonNode benchmarks = JSON.readTree(run.out()).get("benchmarks");
        assertThat(benchmarks.size()).isGreaterThanOrEqualTo(9);
        for (JsonNode benchmark : benchmarks) {
            assertThat(benchmark.get("value").doubleValue()).isPositive();
        }
    }

    @Test
    void namesTheBenchmarksThatExist() {
        Run run = run("bench", "nonsense", "--json");

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("found=nonsense", "known=rpc");
        assertThat(JSON.readTree(run.out()).at("/error/kind").stringValue()).isEqualTo("usage");
    }

    private static Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CommandLineMain.run(PlimsollMain.commands(), new PrintWriter(out), new PrintWriter(err), args);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
