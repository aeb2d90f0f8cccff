package plimsoll.oracle.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.devnet.Devnet;
import plimsoll.oracle.calibration.CalibrationResult;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.Calibrator;
import plimsoll.oracle.calibration.FilteredHistoryModel;
import plimsoll.oracle.calibration.ReadingSettings;
import plimsoll.oracle.evidence.CanonicalJson;
import plimsoll.oracle.feed.MarketReader;
import plimsoll.oracle.testing.MarketFixture;
import plimsoll.runtime.cli.CommandLineMain;
import plimsoll.units.BlockNumber;

class OracleCommandsTest {

    private static final String NO_NODE = "http://127.0.0.1:1";

    @SuppressWarnings("NullAway.Init")
    private static Devnet devnet;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private String out = "";
    private String err = "";

    @BeforeAll
    static void start() {
        devnet = MarketFixture.start(9);
    }

    @AfterAll
    static void stop() {
        devnet.close();
    }

    @Test
    void writesAManifestThatItVerifies() {
        Path file = folder.resolve("manifest.json");

        int calibrated =
                run("calibrate", "--rpc", devnet.rpcUrl(), "--pool", pool(), "--out", file.toString(), "--json");
        assertThat(calibrated).as(err).isZero();
        assertThat(answer()).containsKeys("manifest", "hash", "assets");
        Object hash = answer().get("hash");

        assertThat(run("verify", file.toString(), "--rpc", devnet.rpcUrl(), "--json"))
                .isZero();
        assertThat(answer()).containsEntry("same", true).containsEntry("recomputedHash", String.valueOf(hash));
    }

    @Test
    void plansAndTriesWhatAManifestRecommends() throws IOException {
        Path file = manifestOfShortHistory();

        assertThat(run("plan", "--manifest", file.toString(), "--rpc", devnet.rpcUrl(), "--json"))
                .as(err)
                .isZero();
        assertThat(answer()).containsEntry("reachable", true).containsKeys("steps", "days");
        int published = run(
                "publish",
                "--manifest",
                file.toString(),
                "--route",
                "governor",
                "--dry-run",
                "--rpc",
                devnet.rpcUrl(),
                "--governor",
                devnet.addresses().governor().hex(),
                "--timelock",
                devnet.addresses().timelock().hex(),
                "--json");

        assertThat(published).as(err + out).isZero();
        assertThat((List<?>) answer().get("calldata")).isNotEmpty();
        assertThat((List<?>) answer().get("transactions")).hasSize(1);
    }

    @Test
    void makesMeasuresOfTheSameBytesAgain() {
        Path file = manifestOfShortHistory();
        devnet.market().refreshFeeds();

        assertThat(run("verify", file.toString(), "--rpc", devnet.rpcUrl(), "--json"))
                .as(out)
                .isZero();
    }

    @Test
    void refusesTheManifestOfAnotherChain() throws IOException {
        Path file = manifestOfShortHistory();
        Files.writeString(file, Files.readString(file).replace("\"chainId\":\"31337\"", "\"chainId\":\"1\""));

        assertThat(run("verify", file.toString(), "--rpc", devnet.rpcUrl())).isEqualTo(2);
        assertOneLine("another chain: found=31337 manifest=1");
    }

    @Test
    void namesTheFirstDifferenceOfAChangedManifest() throws IOException {
        Path file = manifestOfShortHistory();
        Files.writeString(
                file, Files.readString(file).replaceFirst("\"annualVolatility\":0", "\"annualVolatility\":9"));

        int code = run("verify", file.toString(), "--rpc", devnet.rpcUrl(), "--json");

        assertThat(code).isEqualTo(1);
        assertThat(answer()).containsEntry("same", false);
        assertThat(String.valueOf(answer().get("firstDifference"))).contains("annualVolatility");
    }

    @Test
    void saysThatTheNodeDoesNotAnswer() {
        Path file = folder.resolve("none.json");

        int code = run("calibrate", "--rpc", NO_NODE, "--pool", pool(), "--out", file.toString(), "--json");

        assertThat(code).isEqualTo(3);
        assertOneLine("refused the connection");
        assertThat(file).doesNotExist();
    }

    @Test
    void saysThatAnAddressIsNoPool() {
        int code = run(
                "calibrate",
                "--rpc",
                devnet.rpcUrl(),
                "--pool",
                devnet.addresses().governor().hex(),
                "--out",
                folder.resolve("none.json").toString());

        assertThat(code).isEqualTo(3);
        assertOneLine("is no Aave v3 pool");
    }

    @Test
    void refusesWhatIsNotYetThere() {
        assertThat(run("publish", "--manifest", "x.json", "--route", "steward", "--dry-run"))
                .isEqualTo(2);
        assertOneLine("Route is not yet available");
    }

    @Test
    void namesAManifestThatIsMissingOrMalformed() throws IOException {
        assertThat(run("verify", folder.resolve("missing.json").toString(), "--rpc", devnet.rpcUrl()))
                .isEqualTo(3);
        assertOneLine("missing.json: no such file");
        Path broken = Files.writeString(folder.resolve("broken.json"), "{\"content\":");
        assertThat(run("verify", broken.toString(), "--rpc", devnet.rpcUrl())).isEqualTo(2);
        assertOneLine("broken.json: Not well-formed JSON");
    }

    /** The command's own settings want a longer history than the fixture has. */
    private Path manifestOfShortHistory() {
        CalibrationSettings settings = MarketFixture.settings();
        var market = new MarketReader(
                        devnet.chain(), devnet.addresses().pool(), ReadingSettings.standard(new BlockNumber(0)))
                .read(devnet.addresses().chainId(), devnet.chain().head());
        CalibrationResult result = new Calibrator(settings, new FilteredHistoryModel()).calibrate(market);
        assertThat(result.calls()).isNotEmpty();
        Path file = folder.resolve("short.json");
        ManifestFile.write(file, result.manifest());
        return file;
    }

    private void assertOneLine(String text) {
        assertThat(err.strip()).contains(text).doesNotContain("\n");
    }

    @SuppressWarnings("unchecked") // the reader makes only maps with text as member names
    private Map<String, Object> answer() {
        return (Map<String, Object>) CanonicalJson.read(out.replace("null", "\"\""));
    }

    private static String pool() {
        return devnet.addresses().pool().hex();
    }

    private int run(String... args) {
        StringWriter outText = new StringWriter();
        StringWriter errText = new StringWriter();
        int code = CommandLineMain.run(OracleMain.root(), new PrintWriter(outText), new PrintWriter(errText), args);
        out = outText.toString();
        err = errText.toString();
        return code;
    }
}
