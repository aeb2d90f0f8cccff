package plimsoll.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresProgramsTest {

    private static final int UNPACKERS = 2;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void areOneFolderForAllWhoUnpackThemAtOnce() throws Exception {
        CyclicBarrier together = new CyclicBarrier(UNPACKERS);
        List<Future<PostgresPrograms>> unpacked = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(UNPACKERS)) {
            for (int i = 0; i < UNPACKERS; i++) {
                unpacked.add(threads.submit(() -> {
                    together.await();
                    return PostgresPrograms.unpackedIn(folder);
                }));
            }
        }

        for (Future<PostgresPrograms> programs : unpacked) {
            assertThat(programs.get().run(folder.resolve("log"), "postgres", List.of("--version")))
                    .startsWith("postgres (PostgreSQL)");
        }
        assertThat(names()).singleElement().asString().startsWith("postgres-");
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }
}
