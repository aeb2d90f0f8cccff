package plimsoll.acceptance.bench;

import java.util.List;
import plimsoll.runtime.cli.Progress;

/** The whole calibration of thirty assets; empty as long as nothing measures it. */
final class CalibrationBenchmark {

    static final int STEPS = 0;

    private CalibrationBenchmark() {}

    @SuppressWarnings("unused")
    static List<BenchmarkResult> run(BenchmarkSettings settings, Progress progress) {
        return List.of();
    }
}
