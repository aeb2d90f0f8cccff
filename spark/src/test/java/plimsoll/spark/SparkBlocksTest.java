package plimsoll.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.risk.dependence.CorrelationMatrix;
import plimsoll.risk.dependence.TCopula;
import plimsoll.risk.path.BlockResults;
import plimsoll.risk.path.JointPaths;
import plimsoll.risk.path.Jump;
import plimsoll.risk.path.Jump.Move;
import plimsoll.risk.path.LocalBlocks;
import plimsoll.risk.path.PathAsset;
import plimsoll.risk.path.PathSettings;
import plimsoll.risk.path.PathSums;
import plimsoll.risk.path.Regime;
import plimsoll.risk.strict.Lanes;
import plimsoll.risk.volatility.VarianceStep;

/** The cluster's executors are processes of their own on this machine. */
class SparkBlocksTest {

    private static final String CLUSTER = "local-cluster[2,1,1024]";

    @TempDir
    private Path folder;

    @Test
    void clusterGivesTheBytesOfThisMachine() throws IOException, InterruptedException {
        var home = Optional.ofNullable(System.getenv("SPARK_HOME")).map(Path::of);
        assumeTrue(
                home.filter(path -> Files.isDirectory(path.resolve("jars"))).isPresent(),
                "skipped: no Spark home with jars; the profile spark makes one");
        var task = new PathSums(paths());
        var file = folder.resolve("task");
        var result = folder.resolve("result");
        try (var out = new ObjectOutputStream(Files.newOutputStream(file))) {
            out.writeObject(task);
        }

        var process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        "plimsoll.spark.SparkMain",
                        CLUSTER,
                        file.toString(),
                        result.toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        var ended = process.waitFor(5, TimeUnit.MINUTES);
        process.destroyForcibly();

        assertThat(ended).isTrue();
        assertThat(process.exitValue()).as(() -> log(folder.resolve("log"))).isZero();
        try (var in = new DataInputStream(Files.newInputStream(result))) {
            assertThat(BlockResults.read(in)).containsExactlyElementsOf(new LocalBlocks(1).run(task));
        }
    }

    private static String log(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            return e.getMessage();
        }
    }

    /** Three assets, one of them pegged, three regimes, 20 blocks and a part of one. */
    private static JointPaths paths() {
        var asset = new PathAsset(0, 1e-4, new VarianceStep.Quadratic(2e-6, 0.06, 0.06, 0.88), Lanes::normal);
        var base = Regime.base(0.9, new TCopula(CorrelationMatrix.uniform(3, 0.5), 5));
        return JointPaths.of(
                Collections.nCopies(3, asset),
                List.of(
                        base,
                        base.broadDownturn(0.05, 0.9, 1.5, Jump.ofAll("crash", 0.02, 3, new Move(-0.2, 0.05))),
                        base.brokenCorrelation(
                                0.05, Set.of(2), 0, Jump.ofOne("depeg", 0.05, 2, 3, new Move(-0.1, 0.01)))),
                new PathSettings(24, 20_500, 1, true));
    }
}
