package plimsoll.chain.othernodes;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** A node's process; closing ends it by its id, and so does the end of this JVM. It prints to a file. */
final class ChildNode implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofMinutes(2);

    private final Process process;
    private final int port;
    private final Thread atExit;

    private ChildNode(Process process, int port) {
        this.process = process;
        this.port = port;
        atExit = new Thread(process::destroyForcibly, "stop-child-node");
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    static ChildNode start(Path folder, Path output, int port, List<String> command) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectInput(ProcessBuilder.Redirect.from(Path.of("/dev/null").toFile()))
                .redirectOutput(output.toFile());
        builder.environment().put("HARDHAT_DISABLE_TELEMETRY_PROMPT", "true");
        ChildNode node = new ChildNode(builder.start(), port);
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (!node.accepts()) {
            if (!node.process.isAlive() || System.nanoTime() > deadline) {
                node.close();
                throw new IOException("Node does not start: command=" + command + " said=" + Files.readString(output));
            }
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        return node;
    }

    private boolean accepts() {
        try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return true;
        } catch (IOException e) {
            return false;
        }
    }

    String url() {
        return "http://127.0.0.1:" + port;
    }

    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(5, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
    }
}
