package plimsoll.oracle.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Minutes of work: the page in the repository is what the command writes from the files. */
@Tag("long")
class StudyTest {

    private static final Path ROOT = Path.of(System.getProperty("plimsoll.root", ".."));

    @Test
    void thePageInTheRepositoryIsWhatTheCommandWrites() throws IOException {
        var data = ROOT.resolve("../shared/data").normalize();
        assumeTrue(Files.isDirectory(data), "skipped: no shared data");

        var page = Study.write(data, () -> {});

        assertThat(page).isEqualTo(Files.readString(ROOT.resolve("docs/studies/aave-2023.md")));
    }
}
