package plimsoll.runtime.postgres;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Optional;
import java.util.Properties;
import plimsoll.runtime.cli.CommandFailure;

/** Opens single connections, and says in one sentence what is wrong with the one that could not be opened. */
final class Connections {

    private static final String PREFIX = "jdbc:postgresql:";
    private static final int SECONDS = 10;

    private Connections() {}

    static Connection open(String jdbcUrl, String user, String password) throws SQLException {
        Properties properties = new Properties();
        properties.setProperty("user", user);
        properties.setProperty("password", password);
        properties.setProperty("connectTimeout", String.valueOf(SECONDS));
        properties.setProperty("loginTimeout", String.valueOf(SECONDS));
        properties.setProperty("ApplicationName", "plimsoll");
        return DriverManager.getConnection(jdbcUrl, properties);
    }

    /** Opens and closes one connection. */
    static void check(String jdbcUrl, String user, String password) {
        if (!jdbcUrl.startsWith(PREFIX)) {
            throw CommandFailure.configuration(
                    DatabaseSettings.JDBC_URL_KEY + " is not a PostgreSQL URL: found=" + withoutQuery(jdbcUrl)
                            + " allowed=jdbc:postgresql://HOST:PORT/DATABASE",
                    DatabaseSettings.JDBC_URL_KEY);
        }
        try (Connection connection = open(jdbcUrl, user, password)) {
            connection.isValid(SECONDS);
        } catch (SQLException e) {
            throw failure(jdbcUrl, user, e);
        }
    }

    static CommandFailure failure(String jdbcUrl, String user, SQLException e) {
        String at = withoutQuery(jdbcUrl);
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        CommandFailure failure = switch (state) {
            case "28P01", "28000" ->
                CommandFailure.configuration(
                        "Database refuses the password (" + DatabaseSettings.PASSWORD_KEY + ") or the user: user="
                                + user + " url=" + at,
                        DatabaseSettings.PASSWORD_KEY);
            case "3D000" ->
                CommandFailure.configuration(
                        "Database does not exist: " + DatabaseSettings.JDBC_URL_KEY + "=" + at,
                        DatabaseSettings.JDBC_URL_KEY);
            case "42P01" -> CommandFailure.outside("Database schema is not migrated: " + said + " url=" + at);
            default ->
                CommandFailure.outside(
                        "Database does not answer: " + DatabaseSettings.JDBC_URL_KEY + "=" + at + ": " + said,
                        DatabaseSettings.JDBC_URL_KEY);
        };
        return failure.because(e);
    }

    /** A URL may carry a password in its query; messages never do. */
    private static String withoutQuery(String jdbcUrl) {
        int query = jdbcUrl.indexOf('?');
        return query < 0 ? jdbcUrl : jdbcUrl.substring(0, query);
    }
}
