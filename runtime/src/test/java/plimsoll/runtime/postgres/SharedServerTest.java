package plimsoll.runtime.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plimsoll.runtime.testing.TestFolders;

/** Real processes share, leave, and are killed from the embedded server of one data folder. */
class SharedServerTest {

    enum Death {
        SIGKILL("-KILL"),
        SIGTERM("-TERM");

        private final String signal;

        Death(String signal) {
            this.signal = signal;
        }
    }

    private static final String CREATE = "DROP TABLE IF EXISTS rows; CREATE TABLE rows (n INT)";

    @TempDir
    static Path folder;

    private final List<User> users = new ArrayList<>();

    @BeforeAll
    static void needsSessions() {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/setsid")), "skipped: no setsid on this system");
    }

    @AfterEach
    void leaveNothingBehind() throws Exception {
        for (User user : users) {
            user.process.destroyForcibly().waitFor();
        }
        Membership.join(folder).leave();
        assertThat(PostmasterFile.of(folder.resolve("pg"))).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void theOtherGoesOnWhenTheStarterDiesAndTheLastToLeaveStopsIt(Death death) throws Exception {
        User oracle = start();
        User keeper = start();
        oracle.order(CREATE);

        oracle.dies(death.signal);
        keeper.order("INSERT INTO rows VALUES (1)");
        boolean running = serverRuns();
        keeper.leaves();

        assertThat(keeper.url).isEqualTo(oracle.url);
        assertThat(running).isTrue();
        assertThat(serverRuns()).isFalse();
        assertThat(rows()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(Death.class)
    void theStarterGoesOnWhenTheOtherDies(Death death) throws Exception {
        User oracle = start();
        User keeper = start();
        oracle.order(CREATE);

        keeper.dies(death.signal);
        oracle.order("INSERT INTO rows VALUES (1)");
        boolean running = serverRuns();
        oracle.dies("-TERM");

        assertThat(running).isTrue();
        assertThat(serverRuns()).isFalse();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void anOrphanIsAdoptedNotRestarted() throws Exception {
        User starter = start();
        starter.order(CREATE);
        starter.dies("-KILL");
        long orphan = PostmasterFile.of(folder.resolve("pg")).orElseThrow().pid();

        User heir = start();
        long adopted = PostmasterFile.of(folder.resolve("pg")).orElseThrow().pid();
        heir.order("INSERT INTO rows VALUES (1)");
        heir.leaves();

        assertThat(adopted).isEqualTo(orphan);
        assertThat(serverRuns()).isFalse();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void twoThatStartAtOnceShareOneServer() throws Exception {
        User first = launch();
        User second = launch();

        first.awaitOpen();
        second.awaitOpen();

        assertThat(second.url).isEqualTo(first.url);
    }

    @Test
    void ctrlCInTheStartersTerminalDoesNotReachTheServer() throws Exception {
        User starter = start();
        User other = start();

        new ProcessBuilder("kill", "-INT", "--", "-" + starter.process.pid())
                .start()
                .waitFor();
        starter.process.waitFor(20, TimeUnit.SECONDS);

        assertThatCode(() -> other.order("SELECT 1")).doesNotThrowAnyException();
    }

    @Test
    void aServiceLeavesWhenItsShutdownHasFinishedAndNotLater() throws Exception {
        User service = launch("-Dpatience=600000");
        service.awaitOpen();

        service.hears.println("exit");

        assertThat(service.process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(serverRuns()).isFalse();
    }

    @Test
    void aServerKilledWithItsClusterOpenRecovers() throws Exception {
        User user = start();
        user.order(CREATE);
        user.order("INSERT INTO rows VALUES (1)");
        user.dies("-KILL");
        ProcessHandle server = ProcessHandle.of(
                        PostmasterFile.of(folder.resolve("pg")).orElseThrow().pid())
                .orElseThrow();
        server.destroyForcibly();
        server.onExit().get(20, TimeUnit.SECONDS);

        assertThat(rows()).isEqualTo(1);
    }

    private boolean serverRuns() throws IOException {
        return PostmasterFile.of(folder.resolve("pg"))
                .filter(PostmasterFile::namesALivePostgres)
                .isPresent();
    }

    private int rows() throws Exception {
        try (Database database = Database.open(DatabaseSettings.embedded(folder));
                Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM rows")) {
            rows.next();
            return rows.getInt(1);
        }
    }

    private User start() throws IOException {
        User user = launch();
        user.awaitOpen();
        return user;
    }

    /** In a session of its own, so that a signal to its group is a Ctrl-C in its terminal and not in ours. */
    private User launch(String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-Djava.util.logging.manager=org.jboss.logmanager.LogManager",
                "-D" + TestFolders.PROGRAMS_KEY + "=" + TestFolders.programs(),
                "-cp",
                System.getProperty("java.class.path")));
        command.addAll(List.of(options));
        command.addAll(List.of(DatabaseUser.class.getName(), folder.toString()));
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        User user = new User(process);
        users.add(user);
        return user;
    }

    private static final class User {
        private final Process process;
        private final BufferedReader says;
        private final PrintWriter hears;
        private String url = "";

        User(Process process) {
            this.process = process;
            this.says = process.inputReader(StandardCharsets.UTF_8);
            this.hears = new PrintWriter(process.outputWriter(StandardCharsets.UTF_8), true);
        }

        void awaitOpen() throws IOException {
            String line = says.readLine();
            assertThat(line).startsWith("open ");
            url = line;
        }

        void order(String sql) throws IOException {
            hears.println(sql);
            assertThat(says.readLine()).isEqualTo("done");
        }

        void leaves() throws Exception {
            hears.println("leave");
            assertThat(says.readLine()).isEqualTo("left");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }

        void dies(String signal) throws Exception {
            new ProcessBuilder("kill", signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        }
    }
}
