package plimsoll.runtime.postgres;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;

/** A small process of ours for {@link SharedServerTest}: opens the database of a folder and does as it is told on its input. */
final class DatabaseUser {

    private DatabaseUser() {}

    public static void main(String[] args) throws Exception {
        Database database = Database.open(DatabaseSettings.embedded(Path.of(args[0])));
        database.patientAtExit(Duration.ofMillis(Long.getLong("patience", 0)));
        System.out.println("open " + database.jdbcUrl());
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (String order = orders.readLine(); order != null && !order.equals("leave"); order = orders.readLine()) {
            if (order.equals("exit")) {
                System.exit(0);
            }
            try (Connection connection = database.dataSource().getConnection();
                    Statement statement = connection.createStatement()) {
                statement.execute(order);
                System.out.println("done");
            }
        }
        database.close();
        System.out.println("left");
    }
}
