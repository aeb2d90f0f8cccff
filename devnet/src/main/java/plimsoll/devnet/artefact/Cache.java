package plimsoll.devnet.artefact;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * A folder of folders, each complete and named by the hash of what went into it. A folder appears by one rename, so that
 * nobody sees half of it; a file lock lets one process at a time fill it.
 */
final class Cache {

    private static final ReentrantLock IN_THIS_PROCESS = new ReentrantLock();

    private final Path root;

    Cache(Path root) {
        this.root = root;
    }

    /** Where PLIMSOLL_CACHE says, else devnet/target under the project's root, else target under the working directory. */
    static Cache find() {
        Optional<Path> named =
                Optional.ofNullable(System.getenv("PLIMSOLL_CACHE")).map(Path::of);
        return new Cache(named.or(() -> projectRoot().map(project -> project.resolve(Path.of("devnet", "target"))))
                .orElse(Path.of("target"))
                .toAbsolutePath());
    }

    /** The complete folder {@code kind/key}, filled by {@code filling} if nobody has done so yet. */
    Path folder(String kind, String key, Filling filling) throws IOException {
        Path complete = root.resolve(kind).resolve(key);
        if (Files.isDirectory(complete)) {
            return complete;
        }
        Files.createDirectories(complete.getParent());
        IN_THIS_PROCESS.lock();
        try (FileChannel file = FileChannel.open(
                        root.resolve(kind + ".lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                FileLock _ = file.lock()) {
            if (Files.isDirectory(complete)) {
                return complete;
            }
            Path unfinished = Files.createTempDirectory(complete.getParent(), "unfinished-");
            try {
                filling.into(unfinished);
                Files.move(unfinished, complete, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                delete(unfinished);
            }
            return complete;
        } finally {
            IN_THIS_PROCESS.unlock();
        }
    }

    private static Optional<Path> projectRoot() {
        Optional<Path> told =
                Optional.ofNullable(System.getProperty("plimsoll.root")).map(Path::of);
        return told.or(() -> Stream.iterate(Path.of("").toAbsolutePath(), folder -> folder != null, Path::getParent)
                .filter(folder -> Files.exists(folder.resolve("pom.xml")) && Files.exists(folder.resolve("plimsoll")))
                .findFirst());
    }

    static void delete(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> content = Files.walk(folder)) {
            for (Path path : content.sorted((a, b) -> b.compareTo(a)).toList()) {
                Files.delete(path);
            }
        }
    }

    /** Puts a folder's content into an empty folder. */
    @FunctionalInterface
    interface Filling {
        void into(Path folder) throws IOException;
    }
}
