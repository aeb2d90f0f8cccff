package plimsoll.oracle.file;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;

/** Real files that lie beside the checkout; tests that need them are skipped where they are missing. */
final class SharedData {

    private SharedData() {}

    static Path file(String name) {
        var root = Path.of(System.getProperty("plimsoll.root", ".."));
        var file = root.resolve("../shared/data").resolve(name).normalize();
        assumeTrue(Files.isReadable(file), "skipped: no shared data");
        return file;
    }
}
