package plimsoll.oracle.file;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import plimsoll.runtime.cli.CommandFailure;

/**
 * A CSV file with a header, plain or gzip: fields parted by commas, in double quotes where they hold one; column names
 * in any case. Each row keeps its line number, 1 being the header.
 */
final class CsvTable {

    private static final int GZIP_FIRST = 0x1f;
    private static final int GZIP_SECOND = 0x8b;

    private final Path file;
    private final List<String> header;
    private final List<Row> rows;

    private CsvTable(Path file, List<String> header, List<Row> rows) {
        this.file = file;
        this.header = header;
        this.rows = rows;
    }

    static CsvTable read(Path file) {
        if (!Files.exists(file)) {
            throw CommandFailure.input(file, "no such file");
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw CommandFailure.input(file, "not a readable file");
        }
        try (var lines = open(file)) {
            return read(file, lines);
        } catch (ZipException e) {
            throw CommandFailure.input(file, "damaged gzip: " + e.getMessage()).because(e);
        } catch (IOException e) {
            throw CommandFailure.input(file, "cannot be read: " + e.getMessage())
                    .because(e);
        }
    }

    private static CsvTable read(Path file, BufferedReader lines) throws IOException {
        var header = new ArrayList<String>();
        var rows = new ArrayList<Row>();
        var number = 0L;
        for (var line = lines.readLine(); line != null; line = lines.readLine()) {
            number++;
            if (line.isBlank()) {
                continue;
            }
            var fields = fields(file, number, header.isEmpty() ? line.replace("\uFEFF", "") : line);
            if (header.isEmpty()) {
                fields.forEach(name -> header.add(name.toLowerCase(Locale.ROOT)));
            } else if (fields.size() != header.size()) {
                throw CommandFailure.input(
                        file, number, "%d fields, the header has %d".formatted(fields.size(), header.size()));
            } else {
                rows.add(new Row(number, fields));
            }
        }
        if (header.isEmpty()) {
            throw CommandFailure.input(file, 1, "file is empty");
        }
        if (rows.isEmpty()) {
            throw CommandFailure.input(file, 1, "file has a header and no rows");
        }
        return new CsvTable(file, List.copyOf(header), List.copyOf(rows));
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream bytes = new BufferedInputStream(Files.newInputStream(file));
        try {
            bytes.mark(2);
            var zipped = bytes.read() == GZIP_FIRST && bytes.read() == GZIP_SECOND;
            bytes.reset();
            return new BufferedReader(
                    new InputStreamReader(zipped ? new GZIPInputStream(bytes) : bytes, StandardCharsets.UTF_8));
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static List<String> fields(Path file, long number, String line) {
        var fields = new ArrayList<String>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < line.length(); i++) {
            var c = line.charAt(i);
            if (c == '"') {
                var doubled = quoted && i + 1 < line.length() && line.charAt(i + 1) == '"';
                if (doubled) {
                    field.append('"');
                    i++;
                } else {
                    quoted = !quoted;
                }
            } else if (c == ',' && !quoted) {
                fields.add(field.toString().strip());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        if (quoted) {
            throw CommandFailure.input(file, number, "a quote is not closed");
        }
        fields.add(field.toString().strip());
        return fields;
    }

    Path file() {
        return file;
    }

    List<Row> rows() {
        return rows;
    }

    /** Every column, in the file's order and lower case. */
    List<Column> columns() {
        return IntStream.range(0, header.size())
                .mapToObj(index -> new Column(header.get(index), index))
                .toList();
    }

    /** The first of these columns that the file has. */
    Optional<Column> first(String... names) {
        return Stream.of(names)
                .map(name -> new Column(name, header.indexOf(name.toLowerCase(Locale.ROOT))))
                .filter(column -> column.index() >= 0)
                .findFirst();
    }

    /** The first of these columns; their lack is the file's fault. */
    Column require(String... names) {
        return first(names).orElseThrow(() -> {
            var wanted = names.length == 1 ? "'" + names[0] + "'" : "one of " + String.join(", ", names);
            return CommandFailure.input(
                    file,
                    1,
                    "missing column %s (columns: %s)"
                            .formatted(wanted, header.stream().collect(Collectors.joining(", "))));
        });
    }

    CommandFailure wrong(Row row, String what) {
        return CommandFailure.input(file, row.line(), what);
    }

    /** Where a name stands in the header. */
    record Column(String name, int index) {}

    /** One line's fields. */
    record Row(long line, List<String> fields) {

        String text(Column column) {
            return fields.get(column.index());
        }
    }
}
