package plimsoll.runtime.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import plimsoll.chain.log.BlockRef;
import plimsoll.chain.log.BlockStore;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/** Followed blocks in PostgreSQL. */
public final class PostgresBlockStore implements BlockStore {

    private static final String WINDOW = "SELECT number, hash FROM blocks WHERE follower = ? ORDER BY number";
    private static final String LAST = "SELECT max(number) FROM blocks WHERE follower = ?";
    private static final String APPEND = "INSERT INTO blocks (follower, number, hash) VALUES (?, ?, ?)";
    private static final String FORGET = """
            DELETE FROM blocks WHERE follower = ? AND number <=
                (SELECT number FROM blocks WHERE follower = ? ORDER BY number DESC OFFSET ? LIMIT 1)
            """;
    private static final String REWIND = "DELETE FROM blocks WHERE follower = ? AND number >= ?";

    private final Transactions transactions;

    /** On a source of connections; a service gives its pool. */
    public PostgresBlockStore(DataSource source) {
        this.transactions = new Transactions(source);
    }

    @Override
    public List<BlockRef> window(String follower) {
        return transactions.run(connection -> {
            List<BlockRef> window = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(WINDOW)) {
                query.setString(1, follower);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        window.add(new BlockRef(new BlockNumber(row.getLong(1)), new BlockHash(row.getString(2))));
                    }
                }
            }
            return List.copyOf(window);
        });
    }

    @Override
    public void append(String follower, List<BlockRef> blocks, int keep) {
        transactions.run(connection -> {
            requireAscending(connection, follower, blocks);
            try (PreparedStatement append = connection.prepareStatement(APPEND)) {
                for (BlockRef block : blocks) {
                    append.setString(1, follower);
                    append.setLong(2, block.number().value());
                    append.setString(3, block.hash().hex());
                    append.addBatch();
                }
                append.executeBatch();
            }
            try (PreparedStatement forget = connection.prepareStatement(FORGET)) {
                forget.setString(1, follower);
                forget.setString(2, follower);
                forget.setInt(3, keep);
                return forget.executeUpdate();
            }
        });
    }

    @Override
    public void rewind(String follower, BlockNumber first) {
        transactions.run(connection -> {
            try (PreparedStatement rewind = connection.prepareStatement(REWIND)) {
                rewind.setString(1, follower);
                rewind.setLong(2, first.value());
                return rewind.executeUpdate();
            }
        });
    }

    private static void requireAscending(Connection connection, String follower, List<BlockRef> blocks)
            throws SQLException {
        long last = last(connection, follower);
        for (BlockRef block : blocks) {
            if (block.number().value() <= last) {
                throw new IllegalArgumentException(
                        "Block is not above the last: found=" + block.number() + " last=" + last);
            }
            last = block.number().value();
        }
    }

    private static long last(Connection connection, String follower) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(LAST)) {
            query.setString(1, follower);
            try (ResultSet row = query.executeQuery()) {
                row.next();
                long last = row.getLong(1);
                return row.wasNull() ? -1 : last;
            }
        }
    }
}
