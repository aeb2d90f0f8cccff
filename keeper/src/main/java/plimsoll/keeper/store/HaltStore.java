package plimsoll.keeper.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.time.OffsetDateTime;
import java.util.Optional;
import javax.sql.DataSource;
import plimsoll.keeper.liquidation.guard.Halt;
import plimsoll.runtime.store.Transactions;

/** The operator's orders to send nothing and to go on, for every keeper of this database; none is ever deleted. */
public final class HaltStore {

    private final Transactions transactions;

    public HaltStore(DataSource source) {
        this.transactions = new Transactions(source);
    }

    /** Writes an order down. */
    public void order(boolean halted, String by, String reason) {
        transactions.run(connection -> {
            try (PreparedStatement insert =
                    connection.prepareStatement("INSERT INTO halts (halted, ordered_by, reason) VALUES (?, ?, ?)")) {
                insert.setBoolean(1, halted);
                insert.setString(2, by);
                insert.setString(3, reason);
                return insert.executeUpdate();
            }
        });
    }

    /** The order that holds, where it is to send nothing. */
    public Optional<Halt> current() {
        return transactions.run(connection -> {
            try (PreparedStatement query = connection.prepareStatement(
                            "SELECT halted, ordered_by, reason, ordered_at FROM halts ORDER BY id DESC LIMIT 1");
                    ResultSet row = query.executeQuery()) {
                return row.next() && row.getBoolean(1)
                        ? Optional.of(new Halt(
                                row.getString(2),
                                row.getString(3),
                                row.getObject(4, OffsetDateTime.class).toInstant()))
                        : Optional.empty();
            }
        });
    }
}
