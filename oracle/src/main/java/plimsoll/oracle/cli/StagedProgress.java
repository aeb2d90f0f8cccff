package plimsoll.oracle.cli;

import org.jspecify.annotations.Nullable;
import plimsoll.oracle.calibration.Progress;
import plimsoll.runtime.cli.Output;

/** A progress bar for each stage of a calibration, one after the other. */
final class StagedProgress implements Progress, AutoCloseable {

    private final Output output;
    private String stage = "";
    private plimsoll.runtime.cli.@Nullable Progress bar;

    StagedProgress(Output output) {
        this.output = output;
    }

    @Override
    public void at(String name, int done, int total) {
        if (!name.equals(stage)) {
            close();
            stage = name;
            bar = output.progress(name, total);
        }
        if (bar != null) {
            bar.at(done);
        }
    }

    @Override
    public void close() {
        if (bar != null) {
            bar.close();
            bar = null;
        }
    }
}
