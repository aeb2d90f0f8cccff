package plimsoll.runtime.postgres;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * Who uses the server of a data folder: one file per user, locked for as long as its process lives. A file whose lock can be
 * taken belonged to a process that died without leaving, and is removed.
 */
final class Members {

    private final Path folder;

    Members(Path folder) {
        this.folder = folder;
    }

    /** A place in the list; giving it up is closing the channel, which death does too. */
    record Place(Path file, FileChannel channel) {
        void giveUp() throws IOException {
            Files.deleteIfExists(file);
            channel.close();
        }
    }

    Place join() throws IOException {
        Files.createDirectories(folder);
        Path file = folder.resolve(ours() + "-" + UUID.randomUUID());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        channel.lock();
        return new Place(file, channel);
    }

    /** Whether nobody is left. Call it with the folder's lock held. */
    boolean isEmpty() throws IOException {
        boolean empty = true;
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                if (isAlive(file)) {
                    empty = false;
                } else {
                    Files.deleteIfExists(file);
                }
            }
        }
        return empty;
    }

    /** A file of our own process must not even be opened: closing any descriptor of it would drop our lock on it. */
    private static boolean isAlive(Path file) throws IOException {
        if (file.getFileName().toString().startsWith(ours() + "-")) {
            return true;
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE);
                FileLock lock = channel.tryLock()) {
            return lock == null;
        }
    }

    /** Process ids are used again, start times are not. */
    private static String ours() {
        ProcessHandle self = ProcessHandle.current();
        Instant start = self.info().startInstant().orElse(Instant.EPOCH);
        return self.pid() + "-" + start.toEpochMilli();
    }
}
