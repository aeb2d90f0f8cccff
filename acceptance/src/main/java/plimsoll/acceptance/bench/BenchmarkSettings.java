package plimsoll.acceptance.bench;

import java.nio.file.Path;
import java.time.Duration;

/**
 * How long to measure.
 *
 * @param folder for what a benchmark writes while it runs
 * @param slice how long one contender runs before the next one does
 * @param rounds how many such slices each contender has, besides those for warming up
 */
public record BenchmarkSettings(Path folder, Duration slice, int rounds) {

    public BenchmarkSettings {
        if (slice.toMillis() < 1 || rounds < 1) {
            throw new IllegalArgumentException(
                    "Benchmark must measure something: slice=" + slice + " rounds=" + rounds);
        }
    }

    /**
     * 15 slices of 35 ms for each contender: short turns share what the machine does besides, and the whole of {@code rpc}
     * ends within a minute.
     */
    public static BenchmarkSettings in(Path folder) {
        return new BenchmarkSettings(folder, Duration.ofMillis(35), 15);
    }

    public BenchmarkSettings withSlice(Duration time, int count) {
        return new BenchmarkSettings(folder, time, count);
    }
}
