package plimsoll.oracle.file;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.regex.Pattern;
import plimsoll.oracle.file.CsvTable.Column;
import plimsoll.oracle.file.CsvTable.Row;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/** What one cell of a table says, or the failure that names its file, line and column. */
final class Cells {

    private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)([eE][+-]?\\d+)?");
    private static final Pattern EPOCH = Pattern.compile("\\d+(\\.\\d+)?");
    /** The year 2286: beyond it, seconds were meant to be milliseconds. */
    private static final double LAST_EPOCH_SECOND = 1e10;

    /** More than any amount in a file has; a longer exponent is a typing error that would fill the memory. */
    private static final int LONGEST_EXPONENT = 400;

    private Cells() {}

    static double positive(CsvTable table, Row row, Column column) {
        var value = number(table, row, column);
        if (!(value > 0)) {
            throw table.wrong(row, "price is not positive: %s='%s'".formatted(column.name(), row.text(column)));
        }
        return value;
    }

    static double number(CsvTable table, Row row, Column column) {
        var text = row.text(column);
        var value = NUMBER.matcher(text).matches() ? Double.parseDouble(text) : Double.NaN;
        if (!Double.isFinite(value)) {
            throw wrong(table, row, column, "a number");
        }
        return value;
    }

    /** A number with all its digits, zero or more. */
    static BigDecimal amount(CsvTable table, Row row, Column column) {
        number(table, row, column);
        var value = new BigDecimal(row.text(column));
        if (value.signum() < 0) {
            throw table.wrong(row, "amount is negative: %s='%s'".formatted(column.name(), row.text(column)));
        }
        if (value.scale() > LONGEST_EXPONENT) {
            throw wrong(table, row, column, "a number");
        }
        return value;
    }

    /** @param what the name of such a number in a message, such as "a round number" */
    static BigInteger integer(CsvTable table, Row row, Column column, String what) {
        try {
            return new BigInteger(row.text(column));
        } catch (NumberFormatException e) {
            throw wrong(table, row, column, what).because(e);
        }
    }

    /** A whole number from 0 to {@code most}. */
    static long whole(CsvTable table, Row row, Column column, long most) {
        var value = integer(table, row, column, "a whole number");
        if (value.signum() < 0 || value.compareTo(BigInteger.valueOf(most)) > 0) {
            throw table.wrong(
                    row, "out of range: %s='%s' allowed=0..%d".formatted(column.name(), row.text(column), most));
        }
        return value.longValueExact();
    }

    /** Basis points from 0 to {@code most}. */
    static Bps bps(CsvTable table, Row row, Column column, int most) {
        return Bps.ofRaw(whole(table, row, column, most));
    }

    static boolean flag(CsvTable table, Row row, Column column) {
        return switch (row.text(column).toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw wrong(table, row, column, "true or false");
        };
    }

    static Address address(CsvTable table, Row row, Column column) {
        try {
            return Address.parse(row.text(column));
        } catch (IllegalArgumentException e) {
            throw wrong(table, row, column, "an address").because(e);
        }
    }

    static String name(CsvTable table, Row row, Column column) {
        var text = row.text(column);
        if (text.isEmpty()) {
            throw table.wrong(row, "name is empty: " + column.name());
        }
        return text;
    }

    static LocalDate date(CsvTable table, Row row, Column column) {
        try {
            return LocalDate.parse(row.text(column));
        } catch (DateTimeException e) {
            throw wrong(table, row, column, "a date").because(e);
        }
    }

    static Instant time(CsvTable table, Row row, Column column) {
        var text = row.text(column);
        try {
            if (EPOCH.matcher(text).matches()) {
                return epoch(table, row, text);
            }
            if (text.length() == "2024-01-01".length()) {
                return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
            }
            var iso = text.replace(' ', 'T');
            return hasZone(iso)
                    ? OffsetDateTime.parse(iso).toInstant()
                    : LocalDateTime.parse(iso).toInstant(ZoneOffset.UTC);
        } catch (DateTimeException e) {
            throw wrong(table, row, column, "a time").because(e);
        }
    }

    private static CommandFailure wrong(CsvTable table, Row row, Column column, String wanted) {
        return table.wrong(row, "not %s: %s='%s'".formatted(wanted, column.name(), row.text(column)));
    }

    private static boolean hasZone(String iso) {
        return iso.endsWith("Z") || iso.lastIndexOf('+') > 0 || iso.lastIndexOf('-') > iso.indexOf('T');
    }

    private static Instant epoch(CsvTable table, Row row, String text) {
        var seconds = Double.parseDouble(text);
        if (seconds > LAST_EPOCH_SECOND) {
            throw table.wrong(
                    row, "time is beyond the year 2286: '%s' (seconds are needed, not milliseconds)".formatted(text));
        }
        return Instant.ofEpochMilli((long) (seconds * 1000 + 0.5));
    }
}
