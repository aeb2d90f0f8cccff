package plimsoll.risk;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** Published and recomputed values that lie beside the checkout; tests that need them are skipped where they are missing. */
public final class ReferenceData {

    private ReferenceData() {}

    public static Path file(String name) {
        var root = Path.of(System.getProperty("plimsoll.root", ".."));
        var file = root.resolve("../shared/data/reference").resolve(name).normalize();
        assumeTrue(Files.isReadable(file), "skipped: no shared data");
        return file;
    }

    public static JsonNode json(String name) throws IOException {
        return new ObjectMapper().readTree(file(name).toFile());
    }

    /** Rows of a plain CSV without its header; quotes are dropped, no field of these files has a comma. */
    public static List<List<String>> rows(String name) throws IOException {
        var rows = new ArrayList<List<String>>();
        for (var line : Files.readAllLines(file(name))) {
            rows.add(List.of(line.replace("\"", "").split(",", -1)));
        }
        return List.copyOf(rows.subList(1, rows.size()));
    }

    /** Rows of a CSV of the shared data beside the reference values, plain or gzip, without its header. */
    public static List<List<String>> sharedRows(String name) throws IOException {
        var root = Path.of(System.getProperty("plimsoll.root", ".."));
        var file = root.resolve("../shared/data").resolve(name).normalize();
        assumeTrue(Files.isReadable(file), "skipped: no shared data");
        try (var bytes = Files.newInputStream(file);
                var plain = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
            return new String(plain.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .skip(1)
                    .map(line -> List.of(line.split(",", -1)))
                    .toList();
        }
    }

    public static double[] column(String name, int column) throws IOException {
        return rows(name).stream()
                .mapToDouble(row -> Double.parseDouble(row.get(column)))
                .toArray();
    }
}
