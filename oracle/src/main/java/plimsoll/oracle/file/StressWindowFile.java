package plimsoll.oracle.file;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

/** Episodes of the past that parameters must outlive, from a CSV file {@code episode, start_utc, end_utc, what}. */
public final class StressWindowFile {

    private StressWindowFile() {}

    public static Windows read(Path file) {
        var table = CsvTable.read(file);
        var episode = table.require("episode");
        var start = table.require("start_utc");
        var end = table.require("end_utc");
        var what = table.require("what");
        return new Windows(
                InputFile.of(file),
                table.rows().stream()
                        .map(row -> {
                            var from = Cells.time(table, row, start);
                            var to = Cells.time(table, row, end);
                            if (!to.isAfter(from)) {
                                throw table.wrong(
                                        row,
                                        "window ends before it begins: start_utc=%s end_utc=%s".formatted(from, to));
                            }
                            return new Window(Cells.name(table, row, episode), from, to, row.text(what));
                        })
                        .toList());
    }

    /** All windows, in the file's order. */
    public record Windows(InputFile file, List<Window> windows) {
        public Windows {
            windows = List.copyOf(windows);
        }
    }

    /** One episode, from its start (inclusive) to its end (exclusive). */
    public record Window(String episode, Instant from, Instant to, String what) {}
}
