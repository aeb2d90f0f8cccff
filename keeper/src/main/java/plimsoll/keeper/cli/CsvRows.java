package plimsoll.keeper.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import plimsoll.runtime.cli.CommandFailure;

/** The rows of a CSV file with a header and no quoted fields, plain or gzip by its name. What is wrong is told by file and line. */
final class CsvRows {

    private CsvRows() {}

    /** One line, its fields by the header's names. */
    record Row(Path file, long line, Map<String, Integer> header, List<String> fields) {

        String text(String column) {
            Integer at = header.get(column);
            if (at == null) {
                throw CommandFailure.input(file, 1, "missing column '" + column + "'");
            }
            return fields.get(at);
        }

        boolean has(String column) {
            return !text(column).isEmpty();
        }

        BigDecimal number(String column) {
            try {
                return new BigDecimal(text(column));
            } catch (NumberFormatException e) {
                throw wrong(column, "no number").because(e);
            }
        }

        BigInteger integer(String column) {
            try {
                return new BigInteger(text(column));
            } catch (NumberFormatException e) {
                throw wrong(column, "no whole number").because(e);
            }
        }

        Instant time(String column) {
            try {
                return Instant.parse(text(column));
            } catch (DateTimeException e) {
                throw wrong(column, "no time").because(e);
            }
        }

        private CommandFailure wrong(String column, String what) {
            return CommandFailure.input(file, line, what + ": " + column + "='" + text(column) + "'");
        }
    }

    static List<Row> read(Path file) {
        if (!Files.isRegularFile(file)) {
            throw CommandFailure.input(file, "no such file");
        }
        try (InputStream bytes = Files.newInputStream(file);
                var lines = new BufferedReader(new InputStreamReader(
                        file.toString().endsWith(".gz") ? new GZIPInputStream(bytes) : bytes,
                        StandardCharsets.UTF_8))) {
            return rows(file, lines);
        } catch (IOException e) {
            throw CommandFailure.input(file, "cannot be read: " + e.getMessage())
                    .because(e);
        }
    }

    private static List<Row> rows(Path file, BufferedReader lines) throws IOException {
        Map<String, Integer> header = new HashMap<>();
        List<Row> rows = new ArrayList<>();
        long number = 0;
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            List<String> fields = List.of(line.split(",", -1));
            if (number == 1) {
                fields.forEach(name -> header.put(name, header.size()));
            } else if (fields.size() != header.size()) {
                throw CommandFailure.input(file, number, fields.size() + " fields, the header has " + header.size());
            } else {
                rows.add(new Row(file, number, header, fields));
            }
        }
        if (rows.isEmpty()) {
            throw CommandFailure.input(file, "has no rows");
        }
        return rows;
    }
}
