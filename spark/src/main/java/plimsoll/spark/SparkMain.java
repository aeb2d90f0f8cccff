package plimsoll.spark;

import java.io.BufferedInputStream;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import plimsoll.risk.path.BlockResults;
import plimsoll.risk.path.BlockTask;

/**
 * MASTER TASK RESULT: reads a serialised {@link BlockTask}, runs it, and leaves the blocks' results as
 * {@link BlockResults}. The result's file appears whole or not at all. Exit codes: 0 done; 2 wrong use; 3 the cluster or a
 * file failed.
 */
public final class SparkMain {

    private SparkMain() {}

    public static void main(String[] arguments) {
        if (arguments.length != 3) {
            System.err.println("Use: MASTER TASK-FILE RESULT-FILE");
            System.exit(2);
        }
        try {
            var task = read(Path.of(arguments[1]));
            try (var cluster = new SparkBlocks(arguments[0])) {
                write(cluster.run(task), Path.of(arguments[2]));
            }
        } catch (IOException | ReflectiveOperationException | RuntimeException e) {
            System.err.println("Spark could not run the task: master=" + arguments[0] + " reason=" + e);
            System.exit(3);
        }
        System.exit(0);
    }

    private static BlockTask read(Path file) throws IOException, ReflectiveOperationException {
        try (var in = new ObjectInputStream(new BufferedInputStream(Files.newInputStream(file)))) {
            return (BlockTask) in.readObject();
        }
    }

    private static void write(List<double[]> results, Path file) throws IOException {
        var part = file.resolveSibling(file.getFileName() + ".part");
        try (var out = new DataOutputStream(new BufferedOutputStream(Files.newOutputStream(part)))) {
            BlockResults.write(results, out);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
