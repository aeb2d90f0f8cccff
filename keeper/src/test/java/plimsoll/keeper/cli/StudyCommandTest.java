package plimsoll.keeper.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.keeper.history.HistoryStudy;
import plimsoll.runtime.cli.CommandFailure;

class StudyCommandTest {

    private static final Path ROOT = Path.of(System.getProperty("plimsoll.root", ".."));
    private static final Path DATA = ROOT.resolve("../shared/data");

    /** Counts were found once more by a script of another language over the same files. */
    @Test
    void reproducesThePast() throws IOException {
        assumeTrue(Files.isDirectory(DATA), "skipped: no shared data");

        HistoryStudy.Study study = HistoryStudy.of(new HistoryFiles(DATA).read());

        HistoryStudy.Headline found = study.headline();
        assertThat(found.liquidations()).isEqualTo(7_691);
        assertThat(found.sampleFound()).isEqualTo(300);
        assertThat(found.blocksOfSeveral()).isEqualTo(493);
        assertThat(found.blocksEqual()).isEqualTo(482);
        assertThat(found.borrowers()).isEqualTo(1_309);
        assertThat(study.page()).isEqualTo(Files.readString(ROOT.resolve("docs/studies/keeper-history.md")));
    }

    @Test
    void namesTheLineThatIsWrong(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("rows.csv"), "a,b\n1,2\n3\n");

        assertThatExceptionOfType(CommandFailure.class)
                .isThrownBy(() -> CsvRows.read(file))
                .withMessageContaining("rows.csv:3: 1 fields, the header has 2");
    }
}
