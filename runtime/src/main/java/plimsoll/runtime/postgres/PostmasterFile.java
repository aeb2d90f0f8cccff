package plimsoll.runtime.postgres;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * What a PostgreSQL server writes about itself into its cluster: process id, data folder, start time, port, ... one per line.
 * It is left behind when the server is killed, so it only says where to ask.
 */
record PostmasterFile(Path file, long pid, int port, Instant started) {

    /** Clocks of the kernel and of the file differ by less. */
    private static final Duration TOLERANCE = Duration.ofSeconds(10);

    /** The port is written a moment after the id; until then it reads as 0. */
    static Optional<PostmasterFile> of(Path cluster) throws IOException {
        Path file = cluster.resolve("postmaster.pid");
        try {
            List<String> lines = Files.readAllLines(file);
            if (lines.isEmpty()) {
                return Optional.empty();
            }
            long pid = Math.abs(Long.parseLong(lines.getFirst().strip()));
            int port = lines.size() > 3 ? Integer.parseInt(lines.get(3).strip()) : 0;
            long started = lines.size() > 2 ? Long.parseLong(lines.get(2).strip()) : 0;
            return Optional.of(new PostmasterFile(file, pid, port, Instant.ofEpochSecond(started)));
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (NumberFormatException e) {
            throw new IOException(file + " is not a server's: " + e.getMessage(), e);
        }
    }

    /** Whether the server that wrote this runs. Ids are used again, but only by processes that started later. */
    boolean namesALivePostgres() {
        Optional<ProcessHandle> process = ProcessHandle.of(pid).filter(ProcessHandle::isAlive);
        return process.map(ProcessHandle::info)
                .filter(info -> info.command()
                        .map(command -> command.endsWith("postgres"))
                        .orElse(true))
                .filter(info -> info.startInstant()
                        .map(start -> started.equals(Instant.EPOCH) || !start.isAfter(started.plus(TOLERANCE)))
                        .orElse(true))
                .isPresent();
    }
}
