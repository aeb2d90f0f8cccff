package plimsoll.oracle.cli;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataInputStream;
import java.io.File;
import java.io.IOException;
import java.io.ObjectOutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import plimsoll.risk.path.BlockResults;
import plimsoll.risk.path.BlockRunner;
import plimsoll.risk.path.BlockTask;
import plimsoll.runtime.cli.CommandFailure;

/**
 * Blocks on a Spark cluster, through a JVM of its own: Spark's libraries and ours never share a class path. The task travels
 * as a file, and so do the results; the bytes are those that this machine would have made.
 */
final class SparkProcess implements BlockRunner {

    private static final String MAIN = "plimsoll.spark.SparkMain";

    private final String master;
    private final Path module;

    /** @param master as Spark names it: spark://host:7077, local[2] */
    SparkProcess(String master) {
        this.master = master;
        module = Path.of(System.getProperty("plimsoll.root", "."), "spark", "target");
    }

    @Override
    public List<double[]> run(BlockTask task) {
        if (!Files.isDirectory(module.resolve("home/jars"))) {
            throw CommandFailure.outside(
                    "Spark module is not built: ./plimsoll builds it where --spark is given; Maven does with -Pspark");
        }
        try {
            Path folder = Files.createTempDirectory("plimsoll-spark");
            try {
                return run(task, folder.resolve("task"), folder.resolve("result"), folder.resolve("log"));
            } finally {
                for (String name : List.of("task", "result", "log", "")) {
                    Files.deleteIfExists(folder.resolve(name));
                }
            }
        } catch (IOException e) {
            throw CommandFailure.outside("Spark's files cannot be written or read: " + e.getMessage())
                    .because(e);
        }
    }

    private List<double[]> run(BlockTask task, Path from, Path to, Path log) throws IOException {
        try (var out = new ObjectOutputStream(new BufferedOutputStream(Files.newOutputStream(from)))) {
            out.writeObject(task);
        }
        ProcessBuilder spark = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "--add-modules=jdk.incubator.vector",
                        "-cp",
                        classPath(),
                        MAIN,
                        master,
                        from.toString(),
                        to.toString())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        spark.environment()
                .put("SPARK_HOME", module.resolve("home").toAbsolutePath().toString());
        spark.environment().put("SPARK_SCALA_VERSION", "2.13");
        int code = waitFor(spark.start());
        if (code != 0 || !Files.exists(to)) {
            throw CommandFailure.outside("Spark failed: master=" + master + " exit=" + code + " said: " + last(log));
        }
        try (var in = new DataInputStream(new BufferedInputStream(Files.newInputStream(to)))) {
            return BlockResults.read(in);
        }
    }

    private static int waitFor(Process process) {
        try {
            return process.waitFor();
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw CommandFailure.outside("Spark was interrupted").because(e);
        }
    }

    private String classPath() {
        try {
            Path risk = Path.of(BlockTask.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
            return String.join(
                    File.pathSeparator,
                    module.resolve("classes").toString(),
                    risk.toString(),
                    module.resolve("home/jars").toAbsolutePath() + File.separator + "*");
        } catch (URISyntaxException e) {
            throw new IllegalStateException("our classes are in no file", e);
        }
    }

    /** The line that tells: SparkMain's own, else the last. */
    private static String last(Path log) throws IOException {
        List<String> lines = Files.readAllLines(log);
        return lines.stream()
                .filter(line -> line.startsWith("Spark could not run"))
                .findFirst()
                .orElse(lines.isEmpty() ? "nothing" : lines.getLast());
    }
}
