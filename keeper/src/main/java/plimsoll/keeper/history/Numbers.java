package plimsoll.keeper.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Numbers and tables of a page, formatted here and nowhere else, so that the bytes repeat. */
final class Numbers {

    private Numbers() {}

    static String whole(double value) {
        return number(value, 0);
    }

    static String number(double value, int decimals) {
        String text = String.format(Locale.ROOT, "%,." + decimals + "f", value);
        return text.matches("-0(\\.0*)?") ? text.substring(1) : text;
    }

    /** 0.0105 as {@code 1.05 %}. */
    static String percent(double share, int decimals) {
        return number(100 * share, decimals) + " %";
    }

    static String bps(int bps) {
        return number(bps / 100.0, 1) + " %";
    }

    static String table(List<String> header, List<List<String>> rows) {
        var lines = new ArrayList<String>();
        lines.add(line(header));
        lines.add(line(header.stream().map(cell -> "---").toList()));
        rows.forEach(row -> lines.add(line(row)));
        return String.join("\n", lines) + "\n";
    }

    static List<String> cells(Object... cells) {
        return Arrays.stream(cells).map(String::valueOf).toList();
    }

    private static String line(List<String> cells) {
        return "| " + String.join(" | ", cells) + " |";
    }
}
