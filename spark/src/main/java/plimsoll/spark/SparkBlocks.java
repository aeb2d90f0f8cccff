package plimsoll.spark;

import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import plimsoll.risk.path.BlockRunner;
import plimsoll.risk.path.BlockTask;

/**
 * Blocks on a Spark cluster. The task travels once to each executor; each partition makes its simulator from it and runs a
 * stretch of blocks. Which executor ran a block leaves no trace in its result.
 */
public final class SparkBlocks implements BlockRunner, AutoCloseable {

    /** Several partitions for each core, so that a slow one does not hold up the rest. */
    private static final int PARTITIONS_PER_CORE = 4;

    private final JavaSparkContext context;

    /** @param master as Spark names it: spark://host:7077, local[2], local-cluster[2,1,1024] */
    public SparkBlocks(String master) {
        var settings = new SparkConf()
                .setMaster(master)
                .setAppName("plimsoll")
                .set("spark.ui.enabled", "false")
                .set("spark.executor.extraJavaOptions", "--add-modules=jdk.incubator.vector");
        var ours = Stream.of(SparkBlocks.class, BlockTask.class)
                .map(SparkBlocks::home)
                .distinct()
                .toList();
        // Jars travel to any executor; folders of classes, which a build has before its jars, serve on this machine.
        settings.setJars(ours.stream().filter(place -> place.endsWith(".jar")).toArray(String[]::new));
        var folders = ours.stream().filter(place -> !place.endsWith(".jar")).toList();
        if (!folders.isEmpty()) {
            settings.set("spark.executor.extraClassPath", String.join(File.pathSeparator, folders));
        }
        context = new JavaSparkContext(settings);
    }

    private static String home(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain()
                            .getCodeSource()
                            .getLocation()
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException("our classes are in no file: class=" + type.getName(), e);
        }
    }

    @Override
    public List<double[]> run(BlockTask task) {
        var blocks = IntStream.range(0, task.blocks()).boxed().toList();
        var partitions = Math.min(blocks.size(), PARTITIONS_PER_CORE * context.defaultParallelism());
        Broadcast<BlockTask> shipped = context.broadcast(task);
        var results = new double[blocks.size()][];
        try {
            for (var part : context.parallelize(blocks, partitions)
                    .mapPartitions(numbers -> simulate(shipped.value(), numbers))
                    .collect()) {
                results[(int) part[0]] = Arrays.copyOfRange(part, 1, part.length);
            }
        } finally {
            shipped.destroy();
        }
        return Arrays.asList(results);
    }

    /** Each result behind the number of its block. */
    private static Iterator<double[]> simulate(BlockTask task, Iterator<Integer> numbers) {
        var simulator = task.open();
        var results = new ArrayList<double[]>();
        while (numbers.hasNext()) {
            int block = numbers.next();
            var result = simulator.apply(block);
            var part = new double[result.length + 1];
            part[0] = block;
            System.arraycopy(result, 0, part, 1, result.length);
            results.add(part);
        }
        return results.iterator();
    }

    @Override
    public void close() {
        context.stop();
    }
}
