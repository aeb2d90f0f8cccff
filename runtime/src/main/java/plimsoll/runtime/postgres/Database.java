package plimsoll.runtime.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.jspecify.annotations.Nullable;
import org.postgresql.ds.PGSimpleDataSource;
import plimsoll.runtime.cli.CommandFailure;

/**
 * A PostgreSQL that answers: the user's by JDBC URL, or the embedded one of the data folder, which the first process starts,
 * later ones share and the last to leave stops. Closing it leaves; so does the end of the process, however it comes.
 */
public final class Database implements AutoCloseable {

    private final String jdbcUrl;
    private final String user;
    private final String password;
    private final @Nullable Membership membership;

    private Database(String jdbcUrl, String user, String password, @Nullable Membership membership) {
        this.jdbcUrl = jdbcUrl;
        this.user = user;
        this.password = password;
        this.membership = membership;
    }

    /**
     * Opens the database and checks that it answers.
     *
     * @throws CommandFailure in one sentence, where the URL, the password or the data folder is wrong or nothing answers
     */
    public static Database open(DatabaseSettings settings) {
        if (settings.jdbcUrl().isPresent()) {
            Database database = new Database(settings.jdbcUrl().get(), settings.user(), settings.password(), null);
            Connections.check(database.jdbcUrl, database.user, database.password);
            return database;
        }
        Membership membership = Membership.join(settings.dataFolder());
        EmbeddedServer.Access access = membership.access();
        return new Database(access.jdbcUrl(), access.user(), access.password(), membership);
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

    /** A source of plain connections without a pool: for commands and tests; services give the URL to their own pool. */
    public DataSource dataSource() {
        PGSimpleDataSource source = new PGSimpleDataSource();
        source.setUrl(jdbcUrl);
        source.setUser(user);
        source.setPassword(password);
        return source;
    }

    /** Brings the schema to this version. Two processes may do so at once; one waits for the other. */
    public void migrate() {
        try {
            Flyway.configure(Database.class.getClassLoader())
                    .dataSource(jdbcUrl, user, password)
                    .locations("classpath:db/migration")
                    .load()
                    .migrate();
        } catch (FlywayException e) {
            throw CommandFailure.outside("Database cannot be migrated: " + firstLine(e))
                    .because(e);
        }
    }

    /**
     * Makes sure that the schema is the one that this program knows, for a process that must not or need not migrate.
     *
     * @throws CommandFailure naming the missing table or the versions that differ
     */
    public void checkSchema() {
        try (Connection connection = dataSource().getConnection()) {
            Schema.check(connection);
        } catch (SQLException e) {
            throw Connections.failure(jdbcUrl, user, e);
        }
    }

    /**
     * Lets the process's own shutdown finish first: after a signal the embedded server is left when {@link #close} or
     * {@code System.exit} is called or this time has passed, whichever comes first. Without it, it is left at once, perhaps
     * under queries that are still running.
     */
    public Database patientAtExit(Duration grace) {
        if (membership != null) {
            membership.patientAtExit(grace);
        }
        return this;
    }

    @Override
    public void close() {
        if (membership != null) {
            membership.leave();
        }
    }

    private static String firstLine(Exception e) {
        return String.valueOf(e.getMessage()).strip().lines().findFirst().orElse("");
    }

    @Override
    public String toString() {
        return "Database[" + jdbcUrl + "]";
    }
}
