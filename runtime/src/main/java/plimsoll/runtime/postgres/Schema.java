package plimsoll.runtime.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.runtime.cli.CommandFailure;

/** Whether a database holds every table that the applied migrations made. */
final class Schema {

    private static final Pattern TABLE = Pattern.compile("(?m)^CREATE TABLE ([a-z_]+)");
    private static final String MIGRATE = " (the oracle and the keeper migrate it when they start)";

    private Schema() {}

    static void check(Connection connection) throws SQLException {
        if (!exists(connection, "flyway_schema_history")) {
            throw CommandFailure.outside("Database schema is not migrated: it holds no table of ours" + MIGRATE);
        }
        for (String script : applied(connection)) {
            for (String table : tables(script)) {
                if (!exists(connection, table)) {
                    throw CommandFailure.outside("Database schema lacks a table: table=" + table + " made by " + script
                            + "; restore it from a backup");
                }
            }
        }
    }

    private static List<String> applied(Connection connection) throws SQLException {
        List<String> scripts = new ArrayList<>();
        try (PreparedStatement query = connection.prepareStatement(
                        "SELECT script FROM flyway_schema_history WHERE success AND version IS NOT NULL ORDER BY installed_rank");
                ResultSet rows = query.executeQuery()) {
            while (rows.next()) {
                scripts.add(rows.getString(1));
            }
        }
        return scripts;
    }

    private static List<String> tables(String script) {
        try (InputStream file = Schema.class.getClassLoader().getResourceAsStream("db/migration/" + script)) {
            if (file == null) {
                throw CommandFailure.outside("Database schema is newer than this program: migration=" + script);
            }
            Matcher matcher = TABLE.matcher(new String(file.readAllBytes(), StandardCharsets.UTF_8));
            return matcher.results().map(result -> result.group(1)).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static boolean exists(Connection connection, String table) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement("SELECT to_regclass(?) IS NOT NULL")) {
            query.setString(1, table);
            try (ResultSet rows = query.executeQuery()) {
                return rows.next() && rows.getBoolean(1);
            }
        }
    }
}
