package plimsoll.runtime.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.stream.Stream;

/** Where tests keep what is worth keeping between runs. */
public final class TestFolders {

    /** The system property that names a folder of unpacked PostgreSQL programs which several data folders share. */
    public static final String PROGRAMS_KEY = "plimsoll.postgres.programs";

    private TestFolders() {}

    /** The PostgreSQL programs, unpacked once for all tests of all modules; sets {@link #PROGRAMS_KEY} to it. */
    public static Path programs() {
        Path root = Path.of(System.getProperty("plimsoll.root", System.getProperty("java.io.tmpdir")));
        Path programs = root.resolve("target").resolve("postgres-programs");
        System.setProperty(PROGRAMS_KEY, programs.toString());
        return programs;
    }

    static void delete(Path folder) {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
