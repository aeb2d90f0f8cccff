package plimsoll.runtime.postgres;

import java.nio.file.Path;
import java.util.Optional;

/**
 * Which database a process uses.
 *
 * @param jdbcUrl a PostgreSQL of the user's, such as {@code jdbc:postgresql://host:5432/plimsoll}; empty for the embedded one
 * @param user the role at {@code jdbcUrl}; the embedded server has its own
 * @param password its password
 * @param dataFolder where the embedded server keeps its cluster ({@code pg}), programs, password and log; created when missing
 */
public record DatabaseSettings(Optional<String> jdbcUrl, String user, String password, Path dataFolder) {

    public static final String JDBC_URL_KEY = "plimsoll.database.jdbc-url";
    public static final String USER_KEY = "plimsoll.database.user";
    public static final String PASSWORD_KEY = "plimsoll.database.password";
    public static final String DATA_FOLDER_KEY = "plimsoll.data-folder";

    /** The embedded server in this data folder. */
    public static DatabaseSettings embedded(Path dataFolder) {
        return new DatabaseSettings(Optional.empty(), "", "", dataFolder);
    }

    @Override
    public String toString() {
        return "DatabaseSettings[jdbcUrl=" + jdbcUrl.orElse("embedded") + ", user=" + user + ", dataFolder="
                + dataFolder + "]";
    }
}
