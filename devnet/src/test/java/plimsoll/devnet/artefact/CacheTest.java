package plimsoll.devnet.artefact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CacheTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path root;

    @Test
    void fillsAFolderOnceHoweverManyAsk() throws Exception {
        AtomicInteger fillings = new AtomicInteger();
        Callable<Path> asking = () -> new Cache(root).folder("contracts", "key", folder -> {
            fillings.incrementAndGet();
            Files.writeString(folder.resolve("file"), "content");
        });

        List<Path> found = new ArrayList<>();
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (Future<Path> future : threads.invokeAll(java.util.Collections.nCopies(8, asking))) {
                found.add(future.get());
            }
        }

        assertThat(fillings).hasValue(1);
        assertThat(found)
                .allSatisfy(folder -> assertThat(folder.resolve("file")).hasContent("content"));
    }

    @Test
    void leavesNothingOfAFillingThatFails() throws IOException {
        assertThatThrownBy(() -> new Cache(root).folder("npm", "key", folder -> {
                    Files.writeString(folder.resolve("half"), "");
                    throw new IOException("no network");
                }))
                .hasMessage("no network");

        try (Stream<Path> left = Files.list(root.resolve("npm"))) {
            assertThat(left).isEmpty();
        }
    }
}
