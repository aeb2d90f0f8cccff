package plimsoll.keeper.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import plimsoll.keeper.margin.Outbox;
import plimsoll.runtime.store.Transactions;

/** The messages of margin calls that are on their way. Several processes may take from it; none takes what another holds. */
public final class OutboxStore implements Outbox {

    private static final int LONGEST_FAILURE = 500;

    private final Transactions transactions;

    /** On a source of connections; a service gives its pool. */
    public OutboxStore(DataSource source) {
        this.transactions = new Transactions(source);
    }

    @Override
    public List<Message> take(String channel, Instant now, Duration lease, int most) {
        String sql = """
            UPDATE margin_messages m SET attempts = m.attempts + 1, due_at = ?
            FROM margin_calls c
            WHERE c.id = m.call_id AND m.id IN (
                SELECT id FROM margin_messages
                WHERE channel = ? AND state = 'waiting' AND due_at <= ?
                ORDER BY id LIMIT ? FOR UPDATE SKIP LOCKED)
            RETURNING m.id, c.key, m.channel, c.subject, c.body, c.facts, m.attempts
            """;
        return transactions.run(connection -> {
            List<Message> messages = new ArrayList<>();
            try (PreparedStatement take = connection.prepareStatement(sql)) {
                take.setObject(1, MarginStore.time(now.plus(lease)));
                take.setString(2, channel);
                take.setObject(3, MarginStore.time(now));
                take.setInt(4, most);
                try (ResultSet row = take.executeQuery()) {
                    while (row.next()) {
                        messages.add(message(row));
                    }
                }
            }
            messages.sort(java.util.Comparator.comparingLong(Message::id));
            return messages;
        });
    }

    private static Message message(ResultSet row) throws SQLException {
        return new Message(
                row.getLong(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getString(6),
                row.getInt(7));
    }

    @Override
    public void delivered(Message message, Instant at) {
        String sql =
                "UPDATE margin_messages SET state = 'delivered', concluded_at = ? WHERE id = ? AND state = 'waiting'";
        transactions.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setObject(1, MarginStore.time(at));
                update.setLong(2, message.id());
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void failed(Message message, String why, Instant next) {
        String sql = "UPDATE margin_messages SET due_at = ?, last_failure = ? WHERE id = ? AND state = 'waiting'";
        transactions.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setObject(1, MarginStore.time(next));
                update.setString(2, cut(why));
                update.setLong(3, message.id());
                return update.executeUpdate();
            }
        });
    }

    @Override
    public void dead(Message message, String why, Instant at) {
        String sql =
                "UPDATE margin_messages SET state = 'dead', concluded_at = ?, last_failure = ? WHERE id = ? AND state"
                        + " = 'waiting'";
        transactions.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setObject(1, MarginStore.time(at));
                update.setString(2, cut(why));
                update.setLong(3, message.id());
                return update.executeUpdate();
            }
        });
    }

    private static String cut(String text) {
        return text.length() <= LONGEST_FAILURE ? text : text.substring(0, LONGEST_FAILURE);
    }
}
