package plimsoll.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostmasterFileTest {

    @TempDir
    Path cluster;

    @Test
    void readsIdAndPort() throws IOException {
        write("123\n/data/pg\n1700000000\n45123\n\n127.0.0.1\n");

        PostmasterFile file = PostmasterFile.of(cluster).orElseThrow();

        assertThat(file.pid()).isEqualTo(123);
        assertThat(file.port()).isEqualTo(45_123);
    }

    @Test
    void hasNoPortWhileTheServerStarts() throws IOException {
        write("123\n/data/pg\n");

        assertThat(PostmasterFile.of(cluster).orElseThrow().port()).isZero();
    }

    @Test
    void isAbsentWithoutAServerAndRefusedWhereItIsNone() throws IOException {
        assertThat(PostmasterFile.of(cluster)).isEmpty();
        write("not a number\n");
        assertThatThrownBy(() -> PostmasterFile.of(cluster)).hasMessageContaining("postmaster.pid");
    }

    @Test
    void anIdThatAnotherProgramUsesNowIsNoServer() throws IOException {
        write(ProcessHandle.current().pid() + "\n/data/pg\n1700000000\n45123\n");

        assertThat(PostmasterFile.of(cluster).orElseThrow().namesALivePostgres())
                .isFalse();
    }

    private void write(String text) throws IOException {
        Files.writeString(cluster.resolve("postmaster.pid"), text);
    }
}
