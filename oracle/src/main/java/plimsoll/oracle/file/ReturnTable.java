package plimsoll.oracle.file;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import plimsoll.oracle.file.CsvTable.Column;
import plimsoll.runtime.cli.CommandFailure;

/** Returns of several assets side by side: named columns of one file, rows in its order, in its unit. */
public final class ReturnTable {

    private final List<String> names;
    private final double[][] columns;

    private ReturnTable(List<String> names, double[][] columns) {
        this.names = List.copyOf(names);
        this.columns = columns;
    }

    /** Reads the named columns; a cell that is no number and a column that never moves are the file's fault. */
    public static ReturnTable read(Path file, List<String> names) {
        var table = CsvTable.read(file);
        var columns = new ArrayList<Column>();
        var seen = new HashSet<Integer>();
        for (var name : names) {
            var column = table.require(name);
            if (!seen.add(column.index())) {
                throw CommandFailure.usage("Column is named twice: '" + name + "'", "--columns");
            }
            columns.add(column);
        }
        var values = new double[columns.size()][table.rows().size()];
        for (var i = 0; i < values.length; i++) {
            var moves = false;
            for (var row = 0; row < values[i].length; row++) {
                values[i][row] = Cells.number(table, table.rows().get(row), columns.get(i));
                moves |= values[i][row] != values[i][0];
            }
            if (!moves) {
                throw table.wrong(
                        table.rows().getFirst(),
                        "column never changes: %s=%s on all %d rows"
                                .formatted(columns.get(i).name(), values[i][0], values[i].length));
            }
        }
        return new ReturnTable(names, values);
    }

    public List<String> names() {
        return names;
    }

    public int rows() {
        return columns[0].length;
    }

    /** One array for each column. */
    public double[][] columns() {
        var copy = new double[columns.length][];
        for (var i = 0; i < columns.length; i++) {
            copy[i] = columns[i].clone();
        }
        return copy;
    }
}
