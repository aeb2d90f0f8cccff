package plimsoll.runtime.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.Bps;
import plimsoll.units.Wei;

class CommandLineMainTest {

    private record Run(int exitCode, String out, String err) {
        JsonNode json() throws Exception {
            return new ObjectMapper().readTree(out);
        }
    }

    record Answer(
            double quantile, BigInteger block, Bps threshold, Wei gas, Optional<String> absent, List<Double> es) {}

    @Command(name = "tool", description = "A tool for the test.", subcommands = Ask.class)
    static final class Tool {}

    @Command(name = "ask", description = "Answers, or fails as told.")
    static final class Ask implements Callable<Integer> {
        @Mixin
        final Output output = new Output();

        @Option(names = "--fail", paramLabel = "HOW", description = "How to fail.")
        String fail = "";

        @Option(names = "--level", paramLabel = "L", description = "A number.", defaultValue = "0.99")
        double level;

        @Override
        public Integer call() throws Exception {
            switch (fail) {
                case "input" -> throw CommandFailure.input(Path.of("prices.csv"), 7, "price is not positive: found=-1");
                case "configuration" ->
                    throw CommandFailure.configuration("Unknown key: plimsoll.chian.id", "plimsoll.chian.id");
                case "file" -> throw new java.io.UncheckedIOException(new NoSuchFileException("gone.csv"));
                case "sql" -> throw new IllegalStateException(new SQLException("relation x\ndoes not exist", "42P01"));
                case "node" -> throw new RpcException(RpcException.Kind.TRANSIENT, "connection refused: 127.0.0.1:1");
                case "argument" -> throw new IllegalArgumentException("Level is outside (0,1): found=2");
                case "bug" -> throw new IllegalStateException("oops");
                default -> {}
            }
            try (Progress progress = output.progress("asking", 2)) {
                progress.advance(2);
            }
            output.message("a message");
            output.show(
                    new Answer(
                            0.1 + 0.2,
                            BigInteger.TWO.pow(70),
                            Bps.percent(80),
                            Wei.parse("1.05"),
                            Optional.empty(),
                            List.of(1e-300, Double.NaN)),
                    Table.columns("name", "figure").row("quantile", 0.1 + 0.2).row("x", 12));
            if (fail.equals("late")) {
                throw CommandFailure.outside("cannot be closed");
            }
            return fail.equals("no") ? 1 : 0;
        }
    }

    @Test
    void printsExactlyOneObjectOnStandardOutputAndMessagesOnStandardError() throws Exception {
        Run run = run("ask", "--json");

        assertThat(run.exitCode()).isZero();
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.err()).contains("a message");
        JsonNode json = run.json();
        assertThat(json.get("quantile").asText()).isEqualTo("0.30000000000000004");
        assertThat(json.get("block").isTextual()).isTrue();
        assertThat(json.get("block").asText()).isEqualTo("1180591620717411303424");
        assertThat(json.get("threshold").asInt()).isEqualTo(8000);
        assertThat(json.get("gas").asText()).isEqualTo("1.05");
        assertThat(json.get("absent").isNull()).isTrue();
        assertThat(json.get("es").get(1).isNull()).isTrue();
    }

    @Test
    void printsTheReadableFormWithoutJson() {
        Run run = run("ask");

        assertThat(run.exitCode()).isZero();
        assertThat(run.err()).isEmpty();
        assertThat(run.out()).isEqualToNormalizingNewlines("""
                        a message
                        name      figure
                        ────────  ──────
                        quantile     0.3
                        x             12
                        """);
    }

    @ParameterizedTest
    @CsvSource({
        "input,         2, input,         prices.csv, 7, ''",
        "configuration, 2, configuration, '', 0, plimsoll.chian.id",
        "file,          3, outside,       '', 0, ''",
        "sql,           3, outside,       '', 0, ''",
        "node,          3, outside,       '', 0, plimsoll.chain.rpc-url",
        "argument,      2, usage,         '', 0, ''",
        "bug,           3, internal,      '', 0, ''",
    })
    void reportsAFailureOnceInJsonAndOnceAsALine(
            String how, int exitCode, String kind, String file, long line, String key) throws Exception {
        Run run = run("ask", "--json", "--fail", how);

        assertThat(run.exitCode()).isEqualTo(exitCode);
        JsonNode error = run.json().get("error");
        assertThat(error.get("kind").asText()).isEqualTo(kind);
        assertThat(error.get("file").asText("")).isEqualTo(file);
        assertThat(error.get("line").asLong(0)).isEqualTo(line);
        assertThat(error.get("key").asText("")).isEqualTo(key);
        assertThat(run.err().lines()).containsExactly(error.get("message").asText());
    }

    @ParameterizedTest
    @CsvSource({
        "'ask --levle 3',         --levle,  --level",
        "'ask --level x',         --level,  not a double",
        "'ask --level',           --level,  --help",
        "'aks',                   aks,      ask",
    })
    void namesTheOffendingOptionAndPointsAtHelp(String line, String key, String said) throws Exception {
        Run run = run((line + " --json").split(" "));

        assertThat(run.exitCode()).isEqualTo(2);
        JsonNode error = run.json().get("error");
        assertThat(error.get("kind").asText()).isEqualTo("usage");
        assertThat(error.get("key").asText()).isEqualTo(key);
        assertThat(error.get("message").asText()).contains(said).contains("--help");
        assertThat(run.err().lines()).hasSize(1);
    }

    @Test
    void printsOneObjectAlsoWhereACommandFailsAfterItsAnswer() throws Exception {
        Run run = run("ask", "--json", "--fail", "late");

        assertThat(run.exitCode()).isEqualTo(3);
        assertThat(run.out().lines()).hasSize(1);
        assertThat(run.json().has("quantile")).isTrue();
        assertThat(run.err()).contains("cannot be closed");
    }

    @Test
    void keepsTheAnswerNoApartFromFailure() {
        assertThat(run("ask", "--fail", "no").exitCode()).isEqualTo(1);
    }

    @Test
    void helpsOnEveryCommandAndAlsoAsJson() throws Exception {
        assertThat(run("--help").out()).contains("Usage: tool", "ask", "Answers, or fails as told.");
        assertThat(run("ask", "--help").out()).contains("--json", "--level", "-h, --help");
        assertThat(run("ask", "--help", "--json").json().get("help").asText()).contains("Usage: tool ask");
    }

    @Test
    void asksForASubcommandWhereNoneIsGiven() {
        Run run = run();

        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.out()).isEmpty();
        assertThat(run.err()).contains("Usage: tool").contains("Missing required subcommand");
    }

    private static Run run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exitCode = CommandLineMain.run(new Tool(), new PrintWriter(out), new PrintWriter(err), args);
        return new Run(exitCode, out.toString(), err.toString());
    }
}
