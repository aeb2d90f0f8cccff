package plimsoll.keeper.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import javax.sql.DataSource;
import plimsoll.keeper.journal.JournalEntry;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.runtime.store.Transactions;
import plimsoll.units.BlockNumber;

/** The journal's entries with all that their decisions rest on. One thread writes. */
public final class SceneStore {

    /** How the text of {@link RecordText} is to be read; another number is another program's. */
    private static final int FORMAT = 1;

    /** A part that is in use is said to be so no more often than this, and outlives its last use by as much. */
    private static final Duration PART_IS_TOLD = Duration.ofHours(1);

    private static final int MOST_KNOWN = 20_000;

    private final Transactions transactions;
    private final Map<String, Instant> told = new LinkedHashMap<>(1_024, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_KNOWN;
        }
    };

    /** On a source of connections; a service gives its pool. */
    public SceneStore(DataSource source) {
        this.transactions = new Transactions(source);
    }

    /** One row of the journal as it is read. */
    public sealed interface Stored {

        long market();

        BlockNumber block();

        Instant decidedAt();

        int decisions();

        record Replayable(long market, BlockNumber block, Instant decidedAt, int decisions, JournalEntry entry)
                implements Stored {}

        /** Written by a program whose records were others. */
        record NotReplayable(long market, BlockNumber block, Instant decidedAt, int decisions, String why)
                implements Stored {}
    }

    /** Adds an entry; one without decisions is not kept. */
    public void add(long market, JournalEntry entry, Instant decidedAt) {
        if (entry.verdicts().isEmpty()) {
            return;
        }
        RecordText.Written written = RecordText.write(entry);
        MarketBlock block = entry.scene().block();
        Map<String, Instant> tell = new HashMap<>();
        transactions.run(connection -> {
            for (Map.Entry<String, String> part : written.parts().entrySet()) {
                Optional<Instant> before = Optional.ofNullable(told.get(part.getKey()));
                if (before.filter(it -> it.plus(PART_IS_TOLD).isAfter(decidedAt))
                        .isEmpty()) {
                    execute(
                            connection,
                            "INSERT INTO scene_parts (digest, content, last_used_at) VALUES (?, ?, ?) ON CONFLICT"
                                    + " (digest) DO UPDATE SET last_used_at ="
                                    + " GREATEST(scene_parts.last_used_at, EXCLUDED.last_used_at)",
                            part.getKey(),
                            part.getValue(),
                            Timestamp.from(decidedAt));
                    tell.put(part.getKey(), decidedAt);
                }
            }
            return execute(
                    connection,
                    "INSERT INTO scenes (market_id, block_number, block_hash, decided_at, format, decisions, content)"
                            + " VALUES (?, ?, ?, ?, ?, ?, ?)",
                    market,
                    block.number().value(),
                    block.hash().hex(),
                    Timestamp.from(decidedAt),
                    FORMAT,
                    entry.verdicts().size(),
                    written.content());
        });
        told.putAll(tell);
    }

    /** Every entry of these blocks, both included, in their order; of one market or of all. */
    public void each(Optional<Long> market, BlockNumber from, BlockNumber to, Consumer<Stored> reader) {
        transactions.run(connection -> {
            String sql = "SELECT market_id, block_number, decided_at, format, decisions, content FROM scenes WHERE"
                    + " block_number BETWEEN ? AND ?" + (market.isPresent() ? " AND market_id = ?" : "")
                    + " ORDER BY id";
            Map<String, String> parts = new HashMap<>();
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setFetchSize(200);
                query.setLong(1, from.value());
                query.setLong(2, to.value());
                if (market.isPresent()) {
                    query.setLong(3, market.get());
                }
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        reader.accept(stored(connection, row, parts));
                    }
                }
            }
            return 0;
        });
    }

    /** How many decisions of these blocks have a line but no entry: they are older than entries. */
    public int withoutEntry(Optional<Long> market, BlockNumber from, BlockNumber to) {
        return transactions.run(connection -> {
            String sql = "SELECT count(*) FROM decisions d WHERE d.block_number BETWEEN ? AND ?"
                    + (market.isPresent() ? " AND d.market_id = ?" : "")
                    + " AND NOT EXISTS (SELECT 1 FROM scenes s WHERE s.market_id = d.market_id AND s.block_number ="
                    + " d.block_number)";
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setLong(1, from.value());
                query.setLong(2, to.value());
                if (market.isPresent()) {
                    query.setLong(3, market.get());
                }
                try (ResultSet row = query.executeQuery()) {
                    return row.next() ? row.getInt(1) : 0;
                }
            }
        });
    }

    /** The numbers of the markets of this contract. */
    public List<Long> markets(String contract) {
        return transactions.run(connection -> {
            List<Long> numbers = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement("SELECT id FROM markets WHERE pool = ?")) {
                query.setString(1, contract);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        numbers.add(row.getLong(1));
                    }
                }
            }
            return numbers;
        });
    }

    /** Forgets what was decided before; lines with a transaction stay. Returns how many entries went. */
    public int prune(long market, Instant before) {
        return transactions.run(connection -> {
            Timestamp limit = Timestamp.from(before);
            int gone = execute(connection, "DELETE FROM scenes WHERE market_id = ? AND decided_at < ?", market, limit);
            execute(
                    connection,
                    "DELETE FROM decisions WHERE market_id = ? AND decided_at < ? AND intent_id IS NULL",
                    market,
                    limit);
            // A part may have been used for an hour since it was last told; a day is far beyond that, and costs little.
            execute(
                    connection,
                    "DELETE FROM scene_parts WHERE last_used_at < ? AND NOT EXISTS (SELECT 1 FROM scenes WHERE"
                            + " decided_at < ?)",
                    Timestamp.from(before.minus(Duration.ofDays(1))),
                    limit);
            return gone;
        });
    }

    private static Stored stored(Connection connection, ResultSet row, Map<String, String> parts) throws SQLException {
        long market = row.getLong(1);
        var block = new BlockNumber(row.getLong(2));
        Instant at = row.getTimestamp(3).toInstant();
        int decisions = row.getInt(5);
        if (row.getInt(4) != FORMAT) {
            return new Stored.NotReplayable(market, block, at, decisions, "format=" + row.getInt(4));
        }
        String content = row.getString(6);
        load(connection, content, parts);
        try {
            return new Stored.Replayable(
                    market,
                    block,
                    at,
                    decisions,
                    RecordText.read(content, JournalEntry.class, digest -> part(parts, digest)));
        } catch (IllegalArgumentException e) {
            return new Stored.NotReplayable(market, block, at, decisions, String.valueOf(e.getMessage()));
        }
    }

    /** Reads the parts that a text refers to, and those that they refer to, as far as they are not known. */
    private static void load(Connection connection, String content, Map<String, String> parts) throws SQLException {
        Set<String> wanted = new HashSet<>(RecordText.references(content));
        wanted.removeAll(parts.keySet());
        while (!wanted.isEmpty()) {
            Set<String> next = new HashSet<>();
            try (PreparedStatement query =
                    connection.prepareStatement("SELECT digest, content FROM scene_parts WHERE digest = ANY (?)")) {
                query.setArray(1, connection.createArrayOf("text", wanted.toArray()));
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        parts.put(row.getString(1), row.getString(2));
                        next.addAll(RecordText.references(row.getString(2)));
                    }
                }
            }
            next.removeAll(parts.keySet());
            wanted = next;
        }
    }

    private static String part(Map<String, String> parts, String digest) {
        return Optional.ofNullable(parts.get(digest))
                .orElseThrow(() -> new IllegalArgumentException("Part is missing: digest=" + digest));
    }

    private static int execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
