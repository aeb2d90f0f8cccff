package plimsoll.keeper.store;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import plimsoll.runtime.store.Transactions;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.TxHash;

/** The transactions of ours that blocks hold, whatever became of them: each has cost its fee. */
public final class MinedIntents {

    private final Transactions transactions;

    /** On a source of connections; a service gives its pool. */
    public MinedIntents(DataSource source) {
        this.transactions = new Transactions(source);
    }

    /** One of them. */
    public record Mined(Address signer, TxHash tx, String reason) {}

    /** Those of a chain that were planned from one moment until before another, in the order of their planning. */
    public List<Mined> of(ChainId chain, Instant from, Instant until) {
        String sql = """
                SELECT signer, tx_hash, reason FROM intents
                WHERE chain_id = ? AND planned_at >= ? AND planned_at < ? AND block_number IS NOT NULL
                ORDER BY id
                """;
        return transactions.run(connection -> {
            List<Mined> mined = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setLong(1, chain.value());
                query.setTimestamp(2, Timestamp.from(from));
                query.setTimestamp(3, Timestamp.from(until));
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        mined.add(new Mined(
                                new Address(row.getString(1)), TxHash.parse(row.getString(2)), row.getString(3)));
                    }
                }
            }
            return mined;
        });
    }
}
