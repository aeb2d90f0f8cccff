package plimsoll.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.CommandFailure.Kind;
import plimsoll.runtime.testing.TestDatabase;

/** What is wrong with a database is said in one sentence that names the key. */
class DatabaseFailureTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.empty();

    @TempDir
    Path folder;

    @Test
    void aUrlThatIsNotPostgres() {
        CommandFailure failure = opening("jdbc:mysql://localhost/x?password=hunter2", "u", "p");

        assertThat(failure.kind()).isEqualTo(Kind.CONFIGURATION);
        assertThat(failure.key()).contains("plimsoll.database.jdbc-url");
        assertThat(failure.sentence()).contains("jdbc:mysql://localhost/x").doesNotContain("hunter2");
    }

    @Test
    void aServerThatDoesNotAnswer() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        CommandFailure failure = opening("jdbc:postgresql://127.0.0.1:" + port + "/plimsoll", "u", "p");

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure.sentence()).contains("does not answer").contains("127.0.0.1:" + port);
    }

    @Test
    void aWrongPassword() {
        CommandFailure failure = opening(DATABASE.jdbcUrl(), DATABASE.user(), "wrong-password");

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.key()).contains("plimsoll.database.password");
        assertThat(failure.sentence()).doesNotContain("wrong-password");
    }

    @Test
    void aDatabaseThatDoesNotExist() {
        CommandFailure failure = opening(DATABASE.jdbcUrl() + "_nowhere", DATABASE.user(), DATABASE.password());

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.sentence()).contains("does not exist");
    }

    @Test
    void aDataFolderThatIsAFile() throws IOException {
        Path file = Files.createFile(folder.resolve("data"));

        CommandFailure failure =
                failureOf(() -> Database.open(DatabaseSettings.embedded(file)).close());

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.key()).contains("plimsoll.data-folder");
        assertThat(failure.sentence()).contains("not writable").contains(file.toString());
    }

    @Test
    void aSchemaThatIsNotMigratedAndThenLacksATable() throws Exception {
        try (Database database = Database.open(settings(DATABASE.jdbcUrl(), DATABASE.user(), DATABASE.password()))) {
            CommandFailure unmigrated = failureOf(database::checkSchema);
            database.migrate();
            database.migrate();
            database.checkSchema();
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute("DROP TABLE decisions");
            }
            CommandFailure lacking = failureOf(database::checkSchema);

            assertThat(unmigrated.sentence()).contains("not migrated");
            assertThat(lacking.sentence()).contains("table=decisions").contains("V2__");
            assertThat(lacking.exitCode()).isEqualTo(3);
        }
    }

    private static CommandFailure opening(String jdbcUrl, String user, String password) {
        return failureOf(() -> Database.open(settings(jdbcUrl, user, password)).close());
    }

    private static DatabaseSettings settings(String jdbcUrl, String user, String password) {
        return new DatabaseSettings(Optional.of(jdbcUrl), user, password, Path.of("unused"));
    }

    private static CommandFailure failureOf(ThrowingCallable work) {
        return catchThrowableOfType(CommandFailure.class, work);
    }
}
