package plimsoll.acceptance.demo;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** One of our services as an operating system process of its own, with its log in a file and its page on loopback. */
public final class AppProcess implements AutoCloseable {

    private static final Duration START_LIMIT = Duration.ofSeconds(60);
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);

    private final String name;
    private final Process process;
    private final URI address;
    private final Path log;
    private final Thread atExit;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(2))
            .build();

    private AppProcess(String name, Process process, URI address, Path log) {
        this.name = name;
        this.process = process;
        this.address = address;
        this.log = log;
        // Whoever ends this process must not leave a service behind that goes on sending.
        this.atExit = Thread.ofPlatform().name("stop-" + name).unstarted(process::destroy);
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /**
     * Starts {@code oracle} or {@code keeper}. Secrets go in by the environment or by file, never as an argument.
     *
     * @param root the project's root, which has the packaged service
     * @param settings configuration keys and values
     */
    public static AppProcess start(Path root, String name, Map<String, String> settings, Path log) {
        // Four virtual machines start at once on few cores: the quick compiler and the small collector suit that.
        return start(root, name, settings, log, List.of("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC"));
    }

    /** The same with other options for its virtual machine. */
    public static AppProcess start(
            Path root, String name, Map<String, String> settings, Path log, List<String> machine) {
        Path jar = root.resolve(name).resolve("target/quarkus-app/quarkus-run.jar");
        if (!Files.isRegularFile(jar)) {
            throw new IllegalStateException(
                    "The " + name + " is not packaged: missing=" + root.relativize(jar) + "; ./plimsoll packages it");
        }
        int port = freePort();
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "--add-modules=jdk.incubator.vector",
                "-Dplimsoll.root=" + root,
                "-Dquarkus.http.host=127.0.0.1",
                "-Dquarkus.http.port=" + port));
        command.addAll(machine);
        command.addAll(List.of("-jar", jar.toString()));
        ProcessBuilder builder = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .redirectInput(ProcessBuilder.Redirect.from(new File("/dev/null")));
        settings.forEach((key, value) -> builder.environment().put(environmentName(key), value));
        try {
            return new AppProcess(name, builder.start(), URI.create("http://127.0.0.1:" + port), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** How a configuration key is spelled in the environment: upper case, every other character an underscore. */
    static String environmentName(String key) {
        return key.toUpperCase(java.util.Locale.ROOT).replaceAll("[^A-Z0-9]", "_");
    }

    public URI address() {
        return address;
    }

    public Path log() {
        return log;
    }

    public boolean isAlive() {
        return process.isAlive();
    }

    public long pid() {
        return process.pid();
    }

    /** Waits until the service says that it is ready, or ends it and fails with the last lines of its log. */
    public void awaitReady() {
        long deadline = System.nanoTime() + START_LIMIT.toNanos();
        while (System.nanoTime() < deadline) {
            if (!process.isAlive()) {
                throw new IllegalStateException(
                        "The " + name + " ended at its start with exit code " + process.exitValue() + ":\n" + tail());
            }
            try {
                if (exchange("GET", "/q/health/ready", Duration.ofSeconds(2)).statusCode() == 200) {
                    return;
                }
            } catch (IOException _) {
                // Not listening yet: asked again below.
            }
            pause();
        }
        process.destroyForcibly();
        throw new IllegalStateException("The " + name + " is not ready after " + START_LIMIT + ":\n" + tail());
    }

    public String get(String path) {
        return body("GET", path);
    }

    public String post(String path) {
        return body("POST", path);
    }

    /** Ends the process as {@code kill -9} does: nothing of it gets to tidy up. */
    public void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    @Override
    public void close() {
        process.destroy();
        if (!awaitExit()) {
            process.destroyForcibly();
            awaitExit();
        }
        http.close();
        try {
            Runtime.getRuntime().removeShutdownHook(atExit);
        } catch (IllegalStateException e) {
            // The machine is going down already, and runs it itself.
        }
    }

    private boolean awaitExit() {
        try {
            return process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private String body(String method, String path) {
        try {
            HttpResponse<String> response = exchange(method, path, Duration.ofSeconds(60));
            if (response.statusCode() / 100 != 2) {
                throw new IllegalStateException("The " + name + " refused " + method + " " + path + ": status="
                        + response.statusCode() + " body=" + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException("The " + name + " did not answer " + method + " " + path + "\n" + tail(), e);
        }
    }

    private HttpResponse<String> exchange(String method, String path, Duration limit) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve(path))
                .timeout(limit)
                .header("Accept", "application/json")
                .method(method, HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            return http.send(request, HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private String tail() {
        try {
            List<String> lines = Files.readAllLines(log);
            return String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size()));
        } catch (IOException e) {
            return "(no log at " + log + ")";
        }
    }

    static void pause() {
        try {
            TimeUnit.MILLISECONDS.sleep(50);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0)) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
