package plimsoll.runtime.store;

import java.sql.Connection;
import java.sql.SQLException;
import javax.sql.DataSource;

/** Runs work in one database transaction: all of it or nothing. */
public final class Transactions {

    private final DataSource source;

    /** On a source of connections; a service gives its pool. */
    public Transactions(DataSource source) {
        this.source = source;
    }

    /** What is done in one transaction. */
    public interface Work<T> {
        T with(Connection connection) throws SQLException;
    }

    /**
     * Commits what the work did, or undoes it where the work fails.
     *
     * @throws StoreException where the database failed
     */
    public <T> T run(Work<T> work) {
        try (Connection connection = source.getConnection()) {
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(false);
            try {
                T result = work.with(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                undo(connection, e);
                throw e;
            } finally {
                restore(connection, autoCommit);
            }
        } catch (SQLException e) {
            throw new StoreException(e);
        }
    }

    /** A pool takes connections back as it gave them. A broken connection cannot be restored, and the pool notices itself. */
    private static void restore(Connection connection, boolean autoCommit) throws SQLException {
        if (!connection.isClosed()) {
            connection.setAutoCommit(autoCommit);
        }
    }

    private static void undo(Connection connection, Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }
}
