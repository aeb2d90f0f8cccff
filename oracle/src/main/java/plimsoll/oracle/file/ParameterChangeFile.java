package plimsoll.oracle.file;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * What governance proposals changed, from a CSV file {@code date, market, scope, asset, parameter, before, after, event,
 * proposal, source_repo, source_file}; percents are percents. A proposal's date is not its execution's, and one may fail.
 */
public final class ParameterChangeFile {

    private ParameterChangeFile() {}

    /** All changes, in the file's order. */
    public static List<Change> read(Path file) {
        var table = CsvTable.read(file);
        var date = table.require("date");
        var market = table.require("market");
        var scope = table.require("scope");
        var asset = table.require("asset");
        var parameter = table.require("parameter");
        var before = table.require("before");
        var after = table.require("after");
        var event = table.require("event");
        var proposal = table.require("proposal");
        var repository = table.require("source_repo");
        return table.rows().stream()
                .map(row -> new Change(
                        Cells.date(table, row, date),
                        row.text(market),
                        row.text(scope),
                        row.text(asset),
                        row.text(parameter),
                        Optional.of(row.text(before)).filter(text -> !text.isEmpty()),
                        Optional.of(row.text(after)).filter(text -> !text.isEmpty()),
                        row.text(event),
                        row.text(proposal).strip(),
                        row.text(repository)))
                .toList();
    }

    /**
     * One parameter of one reserve or efficiency mode.
     *
     * @param scope reserve, emode or another
     * @param before as the file has it; empty for a listing
     * @param event change or listing
     */
    public record Change(
            LocalDate date,
            String market,
            String scope,
            String asset,
            String parameter,
            Optional<String> before,
            Optional<String> after,
            String event,
            String proposal,
            String repository) {}
}
