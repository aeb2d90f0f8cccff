package plimsoll.runtime.testing;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.postgresql.ds.PGSimpleDataSource;
import plimsoll.runtime.postgres.Database;
import plimsoll.runtime.postgres.DatabaseSettings;

/**
 * A fresh database for a test class, dropped at its end. As an extension:
 *
 * <pre>{@code
 * @RegisterExtension
 * static final TestDatabase DATABASE = TestDatabase.migrated();
 * }</pre>
 *
 * <p>or by hand with {@link #create} and {@link #drop}, which is what a Quarkus test resource does. Where it lives is said by
 * the environment: {@code PLIMSOLL_TEST_DB=container|embedded|auto}; see {@link TestServer}.
 */
public final class TestDatabase implements BeforeAllCallback, AfterAllCallback {

    private final boolean migrate;
    private String jdbcUrl = "";
    private String user = "";
    private String password = "";

    private TestDatabase(boolean migrate) {
        this.migrate = migrate;
    }

    /** With the schema of this version. */
    public static TestDatabase migrated() {
        return new TestDatabase(true);
    }

    /** With no table at all. */
    public static TestDatabase empty() {
        return new TestDatabase(false);
    }

    /** Makes the database; an extension does so before the first test of the class. */
    public TestDatabase create() {
        TestServer server = TestServer.shared();
        jdbcUrl = server.createDatabase();
        user = server.user();
        password = server.password();
        if (migrate) {
            try (Database database = open()) {
                database.migrate();
            }
        }
        return this;
    }

    /** Drops the database, ending whatever is still connected to it. */
    public void drop() {
        TestServer.shared().dropDatabase(jdbcUrl);
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        create();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        drop();
    }

    public String jdbcUrl() {
        return jdbcUrl;
    }

    public String user() {
        return user;
    }

    public String password() {
        return password;
    }

    /** The settings under which our processes reach it. */
    public DatabaseSettings settings() {
        return new DatabaseSettings(
                Optional.of(jdbcUrl), user, password, Path.of(System.getProperty("java.io.tmpdir")));
    }

    /** It, opened as our processes open it. */
    public Database open() {
        return Database.open(settings());
    }

    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /** The configuration of a Quarkus test: its data source and our own keys. */
    public Map<String, String> quarkusConfiguration() {
        return Map.of(
                "quarkus.datasource.jdbc.url",
                jdbcUrl,
                "quarkus.datasource.username",
                user,
                "quarkus.datasource.password",
                password,
                DatabaseSettings.JDBC_URL_KEY,
                jdbcUrl,
                DatabaseSettings.USER_KEY,
                user,
                DatabaseSettings.PASSWORD_KEY,
                password);
    }
}
