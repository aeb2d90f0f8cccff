package plimsoll.chain.fork;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One running anvil. It prints to a file and not to our streams: a child that inherits them keeps a reader of our output
 * waiting after we are gone. Closing ends this process alone, by its id; so does the end of this JVM.
 */
public final class LocalNode implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(30);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(5);
    private static final Pattern LISTENING = Pattern.compile("Listening on 127\\.0\\.0\\.1:(\\d+)");

    private final Process process;
    private final Path output;
    private final int port;
    private final Thread atExit;
    private final Optional<Path> forkFiles;

    private LocalNode(Process process, Path output, int port, Thread atExit, Optional<Path> forkFiles) {
        this.process = process;
        this.output = output;
        this.port = port;
        this.atExit = atExit;
        this.forkFiles = forkFiles;
    }

    /** Starts the node and returns once it accepts connections; throws {@link UncheckedIOException} with one plain sentence. */
    public static LocalNode start(LocalNodeSettings settings) {
        List<String> command = new ArrayList<>(List.of(
                settings.binary().toString(), "--host", "127.0.0.1", "--port", Integer.toString(settings.port())));
        command.addAll(settings.options());
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(settings.output().toFile());
        Optional<Path> forkFiles = Optional.empty();
        Process process;
        try {
            Path folder = settings.output().toAbsolutePath().getParent();
            if (folder != null) {
                Files.createDirectories(folder);
            }
            if (settings.origin().isPresent()) {
                Files.deleteIfExists(settings.output()); // or the port of an earlier node would be read there
                forkFiles =
                        Optional.of(ForkFiles.prepare(builder, settings.origin().get()));
            }
            process = builder.start();
            if (settings.origin().isPresent()) {
                ForkFiles.copy(process, settings.origin().get(), settings.output());
            }
        } catch (IOException e) {
            forkFiles.ifPresent(ForkFiles::remove);
            throw new UncheckedIOException("The local node cannot be started: binary=" + settings.binary(), e);
        }
        Thread atExit = new Thread(process::destroyForcibly, "stop-local-node");
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            int port = awaitPort(process, settings.output());
            return new LocalNode(process, settings.output(), port, atExit, forkFiles);
        } catch (IOException e) {
            process.destroyForcibly();
            Runtime.getRuntime().removeShutdownHook(atExit);
            forkFiles.ifPresent(ForkFiles::remove);
            throw new UncheckedIOException(e.getMessage(), e);
        }
    }

    public String rpcUrl() {
        return "http://127.0.0.1:" + port;
    }

    public int port() {
        return port;
    }

    public long pid() {
        return process.pid();
    }

    /** The file that holds what the node has printed. */
    public Path output() {
        return output;
    }

    public boolean isRunning() {
        return process.isAlive();
    }

    /** Ends the process, by force where asking does not help; a second call does nothing. */
    @Override
    public void close() {
        process.destroy();
        forkFiles.ifPresent(ForkFiles::remove);
        try {
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The JVM is already going down and runs the hook itself.
            process.destroyForcibly();
        }
    }

    private static int awaitPort(Process process, Path output) throws IOException {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            boolean ended = !process.isAlive();
            String printed = Files.exists(output) ? Files.readString(output) : "";
            Optional<Integer> port = listeningPort(printed);
            if (port.isPresent()) {
                return port.get();
            }
            if (ended) {
                throw new IOException("The local node ended at once: exit=" + process.exitValue() + " said="
                        + lastLine(printed) + " output=" + output);
            }
            LockSupport.parkNanos(Duration.ofMillis(5).toNanos());
        }
        throw new IOException(
                "The local node does not listen after " + START_LIMIT.toSeconds() + " s: output=" + output);
    }

    private static Optional<Integer> listeningPort(String printed) {
        Matcher line = LISTENING.matcher(printed);
        return line.find() ? Optional.of(Integer.parseInt(line.group(1))) : Optional.empty();
    }

    private static String lastLine(String printed) {
        List<String> lines = printed.lines().filter(line -> !line.isBlank()).toList();
        return lines.isEmpty() ? "nothing" : lines.getLast().strip();
    }
}
