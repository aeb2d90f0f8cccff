package plimsoll.runtime.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * A readable table for a terminal. Columns are as wide as their widest cell; columns of numbers stand to the right; doubles
 * show seven significant digits (JSON has them in full).
 */
public final class Table {

    private final List<String> header;
    private final List<List<String>> rows = new ArrayList<>();

    private Table(List<String> header) {
        this.header = header;
    }

    /** A table with a header line. */
    public static Table columns(String... names) {
        return new Table(List.of(names));
    }

    /** A table of names and values without a header line. */
    public static Table facts() {
        return new Table(List.of());
    }

    /** Adds a row. An empty {@code Optional} is shown as a dash. */
    public Table row(Object... cells) {
        rows.add(List.of(cells).stream().map(Table::text).toList());
        return this;
    }

    @Override
    public String toString() {
        List<List<String>> all = new ArrayList<>(rows);
        if (!header.isEmpty()) {
            all.addFirst(header);
        }
        int columns = all.stream().mapToInt(List::size).max().orElse(0);
        int[] widths = new int[columns];
        boolean[] right = new boolean[columns];
        for (int column = 0; column < columns; column++) {
            int c = column;
            widths[c] = all.stream()
                    .filter(row -> row.size() > c)
                    .mapToInt(row -> row.get(c).length())
                    .max()
                    .orElse(0);
            right[c] = !header.isEmpty()
                    && rows.stream().filter(row -> row.size() > c).allMatch(row -> isNumber(row.get(c)));
        }
        List<String> lines = new ArrayList<>(
                all.stream().map(row -> line(row, widths, right)).toList());
        if (!header.isEmpty()) {
            StringBuilder rule = new StringBuilder();
            for (int width : widths) {
                rule.append("─".repeat(width)).append("  ");
            }
            lines.add(1, rule.toString().stripTrailing());
        }
        return String.join(System.lineSeparator(), lines);
    }

    private static String line(List<String> row, int[] widths, boolean[] right) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String pad = " ".repeat(widths[i] - row.get(i).length());
            line.append(right[i] ? pad + row.get(i) : row.get(i) + pad).append("  ");
        }
        return line.toString().stripTrailing();
    }

    private static String text(Object cell) {
        return switch (cell) {
            case Optional<?> maybe -> maybe.map(Table::text).orElse("-");
            case Double number -> significant(number);
            case List<?> list -> list.stream().map(Table::text).collect(Collectors.joining(", "));
            default -> String.valueOf(cell);
        };
    }

    private static String significant(double value) {
        if (!Double.isFinite(value)) {
            return "-";
        }
        String text = String.format(Locale.ROOT, "%.7g", value);
        return text.contains("e") || !text.contains(".")
                ? text
                : text.replaceAll("0+$", "").replaceAll("\\.$", "");
    }

    private static boolean isNumber(String cell) {
        return cell.equals("-") || cell.matches("[-+]?\\d[\\d,._]*([eE][-+]?\\d+)?( ?(%|bps|s|ms))?");
    }
}
