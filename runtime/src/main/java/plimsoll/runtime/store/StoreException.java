package plimsoll.runtime.store;

import java.sql.SQLException;

/** The database did not do what a store asked of it; nothing was written. */
public final class StoreException extends RuntimeException {

    private static final long serialVersionUID = 1;

    StoreException(SQLException cause) {
        super(
                "Database failed: "
                        + String.valueOf(cause.getMessage()).lines().findFirst().orElse(""),
                cause);
    }

    /** Whether the same request may succeed when repeated: the connection broke, or another transaction was in the way. */
    public boolean isTransient() {
        return getCause() instanceof SQLException sql
                && sql.getSQLState() != null
                && (sql.getSQLState().startsWith("08")
                        || sql.getSQLState().startsWith("40")
                        || sql.getSQLState().startsWith("57P"));
    }
}
