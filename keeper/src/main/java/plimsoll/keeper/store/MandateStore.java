package plimsoll.keeper.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.margin.Past;
import plimsoll.keeper.margin.Reading;
import plimsoll.keeper.margin.Relief;
import plimsoll.keeper.margin.Verdict;
import plimsoll.runtime.store.Transactions;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;

/** What mandates decided and did. An action is stored before anything of it is sent, under a key that nothing else ever has. */
public final class MandateStore {

    private static final Duration DAY = Duration.ofHours(24);
    private static final String COUNTED = "state IN ('open', 'done', 'stranded')";

    private final Transactions transactions;

    /** On a source of connections; a service gives its pool. */
    public MandateStore(DataSource source) {
        this.transactions = new Transactions(source);
    }

    /** An action whose end is not known. Its relief's amount has no decimals, because a row outlives what is known of a token. */
    public record Open(
            long id,
            String key,
            String market,
            Address account,
            Mandate.Source source,
            Relief relief,
            Instant expires) {}

    /** One row of the audit. */
    public record Audit(
            String mandate,
            String market,
            Address account,
            String verdict,
            String reason,
            Optional<HealthFactor> health,
            BlockNumber block,
            Instant decidedAt,
            long repeats,
            Optional<String> key,
            Optional<String> state) {}

    /** What a mandate's next decision has to know. */
    public Past past(Mandate mandate, Reading reading, Instant now) {
        return transactions.run(connection -> new Past(
                open(connection, reading), lastAction(connection, mandate), used(connection, mandate, now.minus(DAY))));
    }

    private static Optional<String> open(Connection connection, Reading reading) throws SQLException {
        String sql =
                "SELECT reason_key FROM margin_actions WHERE market = ? AND account = ? AND state = 'open' LIMIT 1";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, reading.market());
            query.setString(2, reading.account().hex());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? Optional.of(row.getString(1)) : Optional.empty();
            }
        }
    }

    private static Optional<Instant> lastAction(Connection connection, Mandate mandate) throws SQLException {
        String sql = "SELECT max(decided_at) FROM margin_actions WHERE mandate = ? AND verdict = 'act' AND state <>"
                + " 'lapsed'";
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, mandate.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? MarginStore.instant(row, 1) : Optional.empty();
            }
        }
    }

    private static Map<Address, BigInteger> used(Connection connection, Mandate mandate, Instant since)
            throws SQLException {
        String sql = "SELECT asset, sum(amount_raw) FROM margin_actions WHERE mandate = ? AND decided_at > ? AND "
                + COUNTED + " GROUP BY asset";
        Map<Address, BigInteger> used = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(sql)) {
            query.setString(1, mandate.name());
            query.setObject(2, MarginStore.time(since));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    used.put(new Address(row.getString(1)), MarginStore.integer(row, 2));
                }
            }
        }
        return used;
    }

    /** Records a decision after which nothing is sent; the same verdict again only counts. */
    public void decided(Mandate mandate, Reading reading, Verdict verdict, Instant now) {
        transactions.run(connection -> {
            lock(connection, mandate);
            String again = """
                UPDATE margin_actions SET repeats = repeats + 1
                WHERE id = (SELECT max(id) FROM margin_actions WHERE mandate = ? AND market = ? AND account = ?)
                  AND verdict = ? AND state IS NULL
                """;
            try (PreparedStatement update = connection.prepareStatement(again)) {
                update.setString(1, mandate.name());
                update.setString(2, reading.market());
                update.setString(3, reading.account().hex());
                update.setString(4, verdict.word());
                if (update.executeUpdate() > 0) {
                    return false;
                }
            }
            insert(connection, mandate, reading, verdict, now, Optional.empty());
            return true;
        });
    }

    /** Records an action that is about to begin; empty where the position has one under way after all. */
    public Optional<Open> act(Mandate mandate, Reading reading, Verdict.Act act, Instant now, Duration valid) {
        return transactions.run(connection -> {
            lock(connection, mandate);
            if (open(connection, reading).isPresent()) {
                return Optional.empty();
            }
            String key = "margin/" + mandate.name() + "/" + reading.market() + "/" + (count(connection, mandate) + 1);
            Instant expires = now.plus(valid);
            long id =
                    insert(connection, mandate, reading, act, now, Optional.of(new Action(key, act.relief(), expires)));
            return Optional.of(
                    new Open(id, key, reading.market(), reading.account(), mandate.source(), act.relief(), expires));
        });
    }

    private record Action(String key, Relief relief, Instant expires) {}

    /** Two processes never decide for one mandate at the same time. */
    private static void lock(Connection connection, Mandate mandate) throws SQLException {
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT pg_advisory_xact_lock(hashtextextended('margin/' || ?, 0))")) {
            lock.setString(1, mandate.name());
            lock.execute();
        }
    }

    private static long count(Connection connection, Mandate mandate) throws SQLException {
        try (PreparedStatement query = connection.prepareStatement(
                "SELECT count(*) FROM margin_actions WHERE mandate = ? AND verdict = 'act'")) {
            query.setString(1, mandate.name());
            try (ResultSet row = query.executeQuery()) {
                return row.next() ? row.getLong(1) : 0;
            }
        }
    }

    private static long insert(
            Connection connection,
            Mandate mandate,
            Reading reading,
            Verdict verdict,
            Instant now,
            Optional<Action> action)
            throws SQLException {
        String sql = """
            INSERT INTO margin_actions (mandate, market, account, verdict, reason, health_wad, block_number, decided_at, kind,
                                        asset, amount_raw, after_wad, reason_key, expires_at, state, source)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) RETURNING id
            """;
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, mandate.name());
            insert.setString(2, reading.market());
            insert.setString(3, reading.account().hex());
            insert.setString(4, verdict.word());
            insert.setString(5, verdict.reason());
            insert.setBigDecimal(6, MarginStore.raw(reading.health()));
            insert.setLong(7, reading.block().value());
            insert.setObject(8, MarginStore.time(now));
            Optional<Relief> relief = action.map(Action::relief);
            insert.setString(9, relief.map(it -> it.kind().word()).orElse(null));
            insert.setString(10, relief.map(it -> it.asset().hex()).orElse(null));
            insert.setBigDecimal(
                    11, relief.map(it -> new BigDecimal(it.amount().raw())).orElse(null));
            insert.setBigDecimal(12, MarginStore.raw(relief.map(Relief::after)));
            insert.setString(13, action.map(Action::key).orElse(null));
            insert.setObject(
                    14, action.map(it -> MarginStore.time(it.expires())).orElse(null));
            insert.setString(15, action.isPresent() ? "open" : null);
            insert.setString(16, action.isPresent() ? mandate.source().name().toLowerCase(Locale.ROOT) : null);
            try (ResultSet row = insert.executeQuery()) {
                if (!row.next()) {
                    throw new IllegalStateException("Insert returned no id: mandate=" + mandate.name());
                }
                return row.getLong(1);
            }
        }
    }

    /** The actions of a market whose end is not known, the oldest first. */
    public List<Open> open(String market) {
        return transactions.run(connection -> {
            String sql = """
                SELECT id, reason_key, source, account, kind, asset, amount_raw, after_wad, expires_at
                FROM margin_actions WHERE market = ? AND state = 'open' ORDER BY id
                """;
            List<Open> open = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, market);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        open.add(new Open(
                                row.getLong(1),
                                row.getString(2),
                                market,
                                new Address(row.getString(4)),
                                Mandate.Source.valueOf(row.getString(3).toUpperCase(Locale.ROOT)),
                                relief(row),
                                MarginStore.instant(row, 9).orElseThrow()));
                    }
                }
            }
            return open;
        });
    }

    private static Relief relief(ResultSet row) throws SQLException {
        return new Relief(
                row.getString(5).equals(Relief.Kind.TOP_UP.word()) ? Relief.Kind.TOP_UP : Relief.Kind.REPAYMENT,
                new Address(row.getString(6)),
                "",
                TokenAmount.ofRaw(MarginStore.integer(row, 7), 0),
                MarginStore.health(row, 8).orElseThrow());
    }

    /** Writes down how an action ended. */
    public void conclude(long id, String state, Instant at) {
        String sql = "UPDATE margin_actions SET state = ?, concluded_at = ? WHERE id = ? AND state = 'open'";
        transactions.run(connection -> {
            try (PreparedStatement update = connection.prepareStatement(sql)) {
                update.setString(1, state);
                update.setObject(2, MarginStore.time(at));
                update.setLong(3, id);
                return update.executeUpdate();
            }
        });
    }

    /** What was decided, the newest first. */
    public List<Audit> audit(int limit) {
        return transactions.run(connection -> {
            String sql = """
                SELECT mandate, market, account, verdict, reason, health_wad, block_number, decided_at, repeats, reason_key, state
                FROM margin_actions ORDER BY id DESC LIMIT ?
                """;
            List<Audit> audit = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setInt(1, limit);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        audit.add(new Audit(
                                row.getString(1),
                                row.getString(2),
                                new Address(row.getString(3)),
                                row.getString(4),
                                row.getString(5),
                                MarginStore.health(row, 6),
                                new BlockNumber(row.getLong(7)),
                                MarginStore.instant(row, 8).orElseThrow(),
                                row.getLong(9),
                                Optional.ofNullable(row.getString(10)),
                                Optional.ofNullable(row.getString(11))));
                    }
                }
            }
            return audit;
        });
    }
}
