package plimsoll.runtime.testing;

import java.nio.file.Path;

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
}
