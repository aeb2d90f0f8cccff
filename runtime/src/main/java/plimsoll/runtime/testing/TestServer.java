package plimsoll.runtime.testing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import plimsoll.runtime.postgres.Database;
import plimsoll.runtime.postgres.DatabaseSettings;
import plimsoll.runtime.work.Folders;

/**
 * The one PostgreSQL server of a test JVM. {@code PLIMSOLL_TEST_DB} says which: {@code container} needs a container engine
 * and fails without one, {@code embedded} needs none, {@code auto} (the default) takes a container where an engine answers
 * and its image is at hand, the embedded server otherwise. {@code PLIMSOLL_TEST_IMAGE} names the image.
 */
final class TestServer {

    private static @Nullable TestServer shared;

    private final String jdbcUrl;
    private final String user;
    private final String password;

    TestServer(String jdbcUrl, String user, String password) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
    }

    static synchronized TestServer shared() {
        TestServer server = shared;
        if (server == null) {
            server =
                    start(Optional.ofNullable(System.getenv("PLIMSOLL_TEST_DB")).orElse("auto"));
            shared = server;
        }
        return server;
    }

    private static TestServer start(String mode) {
        return switch (mode.toLowerCase(Locale.ROOT)) {
            case "container" -> ContainerServer.start();
            case "embedded" -> embedded();
            case "auto" -> ContainerServer.isAvailable() ? ContainerServer.start() : embedded();
            default ->
                throw new IllegalArgumentException(
                        "PLIMSOLL_TEST_DB is not container, embedded or auto: found=" + mode);
        };
    }

    /** In a folder of its own, which goes with the JVM. */
    private static TestServer embedded() {
        try {
            Path programs = TestFolders.programs();
            Files.createDirectories(programs);
            Path folder = Files.createTempDirectory(programs, "server-");
            Database database = Database.open(DatabaseSettings.embedded(folder));
            database.patientAtExit(Duration.ofSeconds(30));
            Runtime.getRuntime().addShutdownHook(new Thread(() -> {
                database.close();
                tidy(folder);
            }));
            return new TestServer(database.jdbcUrl(), database.user(), database.password());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void tidy(Path folder) {
        try {
            Folders.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String user() {
        return user;
    }

    String password() {
        return password;
    }

    /** Returns the URL of a new, empty database. */
    String createDatabase() {
        String name = "test_" + UUID.randomUUID().toString().replace("-", "");
        execute("CREATE DATABASE " + name);
        return withoutQuery().replaceFirst("/[^/]*$", "/" + name);
    }

    void dropDatabase(String url) {
        execute("DROP DATABASE IF EXISTS " + url.substring(url.lastIndexOf('/') + 1) + " WITH (FORCE)");
    }

    private String withoutQuery() {
        return jdbcUrl.replaceFirst("\\?.*$", "");
    }

    private void execute(String sql) {
        try (Connection connection = DriverManager.getConnection(jdbcUrl, user, password);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException("Test database: " + sql, e);
        }
    }
}
