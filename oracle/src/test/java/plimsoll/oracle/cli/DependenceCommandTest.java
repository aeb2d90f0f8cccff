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
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.runtime.cli.CommandLineMain;

class DependenceCommandTest {

    @TempDir
    private Path folder = Path.of("");

    @Test
    void printsTheReferenceDcc() throws IOException {
        var answer = json(shared("dji30retw_10cols.csv"), "AA,AXP,BA", "dcc");

        assertThat(answer.get("parameters").get("a").asDouble()).isCloseTo(0.0183382482611, within(1e-8));
        assertThat(answer.get("parameters").get("b").asDouble()).isCloseTo(0.962380020725, within(1e-7));
        assertThat(answer.get("logLikelihood").asDouble()).isCloseTo(6222.71027635, within(1e-5));
        assertThat(answer.get("correlation").get(0).get(1).asDouble()).isCloseTo(0.52187574566, within(1e-7));
        assertThat(answer.get("marginals")).hasSize(3);
    }

    @Test
    void printsTheReferenceTCopula() throws IOException {
        var answer = json(shared("rdj_intc_msft_ge.csv"), "INTC,MSFT,GE", "t-copula");

        assertThat(answer.get("parameters").get("nu").asDouble()).isCloseTo(6.501629651520071, within(1e-4));
        assertThat(answer.get("logLikelihood").asDouble()).isCloseTo(419.27009654118865, within(1e-6));
        assertThat(answer.get("correlation").get(0).get(1).asDouble()).isCloseTo(0.587710264287111, within(1e-6));
        assertThat(answer.get("tailDependence").get(0).get(1).asDouble()).isBetween(0.1, 0.3);
        assertThat(answer.get("gaussianLogLikelihood").asDouble()).isCloseTo(375.70893773813276, within(1e-6));
    }

    @ParameterizedTest
    @CsvSource({"ledoit-wolf,0.045815245618871674", "oas,0.0060159385494039696"})
    void printsScikitLearnsShrinkage(String model, double expected) throws IOException {
        var answer = json(shared("dji30retw_10cols.csv"), "AA,AXP,BA,BAC,C,CAT,CVX,DD,DIS,GE", model);

        assertThat(answer.get("parameters").get("shrinkage").asDouble()).isCloseTo(expected, within(1e-12));
        assertThat(answer.get("correlation")).hasSize(10);
        assertThat(answer.get("logLikelihood").isNumber()).isTrue();
    }

    @Test
    void readsAsATable() throws IOException {
        var answer = run("--returns", shared("rdj_intc_msft_ge.csv"), "--columns", "INTC,GE", "--model", "t-copula");

        assertThat(answer.exitCode()).isZero();
        assertThat(answer.out()).contains("nu", "log likelihood", "tail dependence", "INTC");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "A,B|dcc|a,b;1,2;3,x|:3: not a number: B='x'",
                "A,C|dcc|a,b;1,2;3,4|:1: missing column 'C' (columns: a, b)",
                "A,B|oas|a,b;1,2;1,4|:2: column never changes: A=1.0 on all 2 rows",
                "A,B|oas|a,b;1,2;3,4|: too few rows: found=2 needed=20",
                "A,a|oas|a,b;1,2;3,4|Column is named twice: 'a'",
                "A|oas|a,b;1,2;3,4|Dependence needs two columns or more",
                "A,B|pca|a,b;1,2;3,4|Unknown model: 'pca' (one of dcc, t-copula, ledoit-wolf, oas)"
            })
    void saysWhatIsWrong(String columns, String model, String lines, String expected) throws IOException {
        var file = folder.resolve("returns.csv");
        Files.writeString(file, lines.replace(';', '\n'));

        var answer = run("--returns", file.toString(), "--columns", columns, "--model", model);

        assertThat(answer.exitCode()).isEqualTo(2);
        assertThat(answer.err().strip()).contains(expected).doesNotContain("\n");
    }

    private static String shared(String name) {
        var root = Path.of(System.getProperty("plimsoll.root", ".."));
        var file = root.resolve("../shared/data/reference").resolve(name).normalize();
        assumeTrue(Files.isReadable(file), "skipped: no shared data");
        return file.toString();
    }

    private static JsonNode json(String file, String columns, String model) throws IOException {
        var answer = run("--returns", file, "--columns", columns, "--model", model, "--json");
        assertThat(answer.exitCode()).describedAs(answer.err()).isZero();
        return new ObjectMapper().readTree(answer.out());
    }

    private static Run run(String... options) {
        var arguments = new ArrayList<>(List.of("dependence"));
        arguments.addAll(List.of(options));
        var out = new StringWriter();
        var err = new StringWriter();
        var code = CommandLineMain.run(
                OracleMain.root(), new PrintWriter(out), new PrintWriter(err), arguments.toArray(String[]::new));
        return new Run(code, out.toString(), err.toString());
    }

    private record Run(int exitCode, String out, String err) {}
}
