package plimsoll.oracle.study;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Tables and numbers of a page; numbers are formatted here and nowhere else, so that the bytes repeat. */
final class Markdown {

    private Markdown() {}

    static String table(List<String> header, List<List<String>> rows) {
        var table = new StringBuilder();
        append(table, header);
        append(table, header.stream().map(cell -> "---").toList());
        rows.forEach(row -> append(table, row));
        return table.toString();
    }

    private static void append(StringBuilder table, List<String> row) {
        table.append("| ").append(String.join(" | ", row)).append(" |\n");
    }

    static List<String> cells(Object... cells) {
        var row = new ArrayList<String>();
        Arrays.stream(cells).forEach(cell -> row.add(String.valueOf(cell)));
        return row;
    }

    /** 0.785 as 78.5. */
    static String percent(double fraction) {
        return number(100 * fraction, 1);
    }

    /** Small shares, such as bad debt over liquidated value: 0.000216 as 0.0216 %. */
    static String share(double fraction) {
        return number(100 * fraction, 4) + " %";
    }

    /** Dollars in millions. */
    static String millions(double dollars) {
        return number(dollars / 1e6, Math.abs(dollars) < 1e6 ? 3 : 1);
    }

    static String whole(double value) {
        return number(value, 0);
    }

    static String number(double value, int decimals) {
        var text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }
}
