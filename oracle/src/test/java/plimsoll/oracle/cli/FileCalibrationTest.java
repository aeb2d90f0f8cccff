package plimsoll.oracle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.oracle.evidence.CanonicalJson;
import plimsoll.oracle.testing.GeneratedMarket;
import plimsoll.runtime.cli.CommandLineMain;

/** A market from files: calibrated, verified in another place, reported. */
class FileCalibrationTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private GeneratedMarket market;

    private String out = "";
    private String err = "";

    @BeforeEach
    void generate() throws IOException {
        market = GeneratedMarket.in(folder.resolve("data"), 5);
    }

    @Test
    void calibratesVerifiesElsewhereAndReports() throws IOException {
        Path manifest = calibrated();
        Map<String, Object> answer = answer();
        assertThat((List<?>) answer.get("assets")).hasSize(4);
        assertThat(out).contains("no price series");
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        copy(market.folder(), elsewhere);

        assertThat(run("verify", manifest.toString(), "--data", elsewhere.toString(), "--json"))
                .as(out + err)
                .isZero();
        assertThat(answer()).containsEntry("same", true).containsEntry("recomputedHash", answer.get("hash"));

        assertThat(run(
                        "report",
                        "--manifest",
                        manifest.toString(),
                        "--out",
                        folder.resolve("r.html").toString()))
                .isZero();
        assertThat(Files.readString(folder.resolve("r.html")))
                .contains("WETH", "On the book", "Stress tests", "<svg")
                .doesNotContain("http-equiv", "<script", "src=");
        assertThat(run(
                        "report",
                        "--manifest",
                        manifest.toString(),
                        "--out",
                        folder.resolve("r.md").toString()))
                .isZero();
        assertThat(Files.readString(folder.resolve("r.md"))).contains("(r-book-steps.svg)");
        assertThat(folder.resolve("r-book-steps.svg")).exists();
    }

    @Test
    void namesTheInputOfWhichOneByteChanged() throws IOException {
        Path manifest = calibrated();
        Path prices = market.file("prices/LINK-USD_generated.csv");
        byte[] bytes = Files.readAllBytes(prices);
        int digit = new String(bytes, StandardCharsets.UTF_8).lastIndexOf(',') + 1;
        bytes[digit] = bytes[digit] == '9' ? (byte) '8' : (byte) (bytes[digit] + 1);
        Files.write(prices, bytes);

        assertThat(run("verify", manifest.toString(), "--data", market.folder().toString(), "--json"))
                .isEqualTo(1);
        assertThat(answer()).containsEntry("same", false);
        assertThat(String.valueOf(answer().get("firstDifference"))).contains("LINK-USD_generated.csv", "sha256");
    }

    @Test
    void saysWhichInputIsMissing() throws IOException {
        Path manifest = calibrated();
        Files.delete(market.file("positions.csv"));

        assertThat(run("verify", manifest.toString(), "--data", market.folder().toString()))
                .isEqualTo(3);
        assertThat(err).contains("positions.csv");
    }

    @Test
    void saysWhatGoesWithWhat() {
        assertThat(run("calibrate", "--market", market.file("market.csv").toString(), "--out", "x.json"))
                .isEqualTo(2);
        assertThat(err).contains("--prices-dir");
        assertThat(run("calibrate", "--out", "x.json")).isEqualTo(2);
        assertThat(err).contains("--market");
        assertThat(run(
                        "calibrate",
                        "--market",
                        market.file("market.csv") + "#Nowhere",
                        "--prices-dir",
                        market.folder().toString(),
                        "--out",
                        "x.json"))
                .isEqualTo(2);
        assertThat(err).contains("Nowhere").contains("Generated");
    }

    private Path calibrated() {
        Path manifest = folder.resolve("manifest.json");
        int code = run(
                "calibrate",
                "--market",
                market.file("market.csv").toString(),
                "--prices-dir",
                market.file("prices").toString(),
                "--positions",
                market.file("positions.csv").toString(),
                "--liquidity",
                market.file("quotes.csv").toString(),
                "--paths",
                "2048",
                "--refinements",
                "3",
                "--out",
                manifest.toString(),
                "--json");
        assertThat(code).as(out + err).isZero();
        return manifest;
    }

    private static void copy(Path from, Path to) throws IOException {
        try (var files = Files.walk(from)) {
            for (Path file : new ArrayList<>(files.filter(Files::isRegularFile).toList())) {
                Files.copy(file, to.resolve(String.valueOf(file.getFileName())));
            }
        }
    }

    @SuppressWarnings("unchecked") // the reader makes only maps with text as member names
    private Map<String, Object> answer() {
        return (Map<String, Object>) CanonicalJson.read(out.replace("null", "\"\""));
    }

    private int run(String... args) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int code = CommandLineMain.run(
                OracleMain.root(),
                new PrintWriter(outText),
                new PrintWriter(errText),
                Arrays.copyOf(args, args.length));
        out = outText.toString();
        err = errText.toString();
        return code;
    }
}
