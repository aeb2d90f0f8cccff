package plimsoll.oracle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.StrictConfiguration;
import plimsoll.runtime.postgres.Database;
import plimsoll.runtime.testing.TestDatabase;

/** What stops the start, each in one sentence. */
class PreflightTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @SuppressWarnings("NullAway.Init")
    private static Devnet devnet;

    @BeforeAll
    static void start() {
        devnet = Devnet.start(DevnetSettings.ofSeed(4));
    }

    @AfterAll
    static void stop() {
        devnet.close();
    }

    @Test
    void passesWhereEverythingIsRight() {
        check(Map.of());
    }

    @Test
    void saysThatTheNodeDoesNotAnswer() {
        assertThatThrownBy(() -> check(Map.of("plimsoll.chain.rpc-url", "http://127.0.0.1:1")))
                .isInstanceOfSatisfying(
                        CommandFailure.class,
                        failure -> assertThat(failure.exitCode()).isEqualTo(3))
                .hasMessageContaining("refused the connection");
    }

    @Test
    void refusesAnotherChain() {
        assertThatThrownBy(() -> check(Map.of("plimsoll.chain.id", "1")))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(2);
                    assertThat(failure.key()).contains("plimsoll.chain.id");
                    assertThat(failure.sentence()).contains("plimsoll.chain.id", "chain=31337", "expected=1");
                });
    }

    @Test
    void needsAKeyWhereItIsLive() {
        assertThatThrownBy(() -> check(Map.of(
                        "plimsoll.oracle.live", "true",
                        "plimsoll.oracle.governor",
                                devnet.addresses().governor().hex(),
                        "plimsoll.oracle.timelock",
                                devnet.addresses().timelock().hex())))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(2);
                    assertThat(failure.key()).contains("plimsoll.signer.keystore");
                });
    }

    @Test
    void namesATableThatIsMissing() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("ALTER TABLE proposals RENAME TO elsewhere");
            try {
                assertThatThrownBy(() -> openAndClose()).isInstanceOfSatisfying(CommandFailure.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(3);
                    assertThat(failure.sentence()).contains("proposals");
                });
            } finally {
                statement.execute("ALTER TABLE elsewhere RENAME TO proposals");
            }
        }
        openAndClose();
    }

    private static void openAndClose() {
        try (Database database = Preflight.open(DATABASE.settings())) {
            assertThat(database.jdbcUrl()).isNotEmpty();
        }
    }

    private static void check(Map<String, String> changes) {
        Map<String, String> values = new HashMap<>(Map.of(
                "plimsoll.market.pool", devnet.addresses().pool().hex(),
                "plimsoll.chain.rpc-url", devnet.rpcUrl()));
        values.putAll(changes);
        OracleConfig config = new StrictConfiguration<>(OracleConfig.class, "plimsoll.keeper").of(values);
        Preflight.check(OracleSettings.of(config), Map.of());
    }
}
