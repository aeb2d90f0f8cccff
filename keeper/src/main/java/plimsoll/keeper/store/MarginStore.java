package plimsoll.keeper.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import plimsoll.keeper.margin.Alarm;
import plimsoll.keeper.margin.Level;
import plimsoll.keeper.margin.MarginCall;
import plimsoll.keeper.margin.Reading;
import plimsoll.keeper.margin.Scope;
import plimsoll.keeper.margin.Watch;
import plimsoll.runtime.cli.Json;
import plimsoll.runtime.store.Transactions;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.HealthFactor;
import plimsoll.units.Wad;

/** The watch list, what it remembers, and the calls that were made. A call and the memory of it are stored together or not at all. */
public final class MarginStore {

    private final Transactions transactions;

    /** On a source of connections; a service gives its pool. */
    public MarginStore(DataSource source) {
        this.transactions = new Transactions(source);
    }

    /** A call as it was made, and how far its messages have come, such as {@code desk: delivered}. */
    public record StoredCall(
            String key,
            String watch,
            String market,
            Address account,
            String level,
            HealthFactor health,
            Optional<HealthFactor> before,
            BaseValue collateral,
            BaseValue debt,
            BlockNumber block,
            Instant calledAt,
            String text,
            List<String> messages) {}

    /** Adds or replaces an entry; what the name has rung so far is forgotten. */
    public void put(Watch watch, Instant now) {
        transactions.run(connection -> {
            remove(connection, watch.name());
            String sql = """
                INSERT INTO margin_watches (name, account, market, emode_category, level_names, level_wads, band_wad,
                                            interval_seconds, channels, created_at)
                VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """;
            try (PreparedStatement insert = connection.prepareStatement(sql)) {
                insert.setString(1, watch.name());
                insert.setString(2, watch.scope().account().hex());
                insert.setString(3, watch.scope().market().orElse(null));
                insert.setObject(4, watch.scope().mode().orElse(null), Types.INTEGER);
                insert.setArray(5, texts(connection, watch.levels().stream().map(Level::name)));
                insert.setArray(
                        6,
                        connection.createArrayOf(
                                "numeric",
                                watch.levels().stream()
                                        .map(level -> new BigDecimal(
                                                level.below().ratio().raw()))
                                        .toArray()));
                insert.setBigDecimal(7, new BigDecimal(watch.band().raw()));
                insert.setLong(8, watch.interval().toSeconds());
                insert.setArray(9, texts(connection, watch.channels().stream()));
                insert.setObject(10, time(now));
                return insert.executeUpdate();
            }
        });
    }

    /** Takes an entry away; false where there is none of this name. */
    public boolean remove(String name) {
        return transactions.run(connection -> remove(connection, name));
    }

    private static boolean remove(Connection connection, String name) throws SQLException {
        for (String sql :
                List.of("DELETE FROM margin_alarms WHERE watch = ?", "DELETE FROM margin_watches WHERE name = ?")) {
            try (PreparedStatement delete = connection.prepareStatement(sql)) {
                delete.setString(1, name);
                boolean found = delete.executeUpdate() > 0;
                if (found && sql.contains("margin_watches")) {
                    return true;
                }
            }
        }
        return false;
    }

    /** The entries that were added, by name. */
    public List<Watch> watches() {
        return transactions.run(connection -> {
            String sql = """
                SELECT name, account, market, emode_category, level_names, level_wads, band_wad, interval_seconds, channels
                FROM margin_watches ORDER BY name
                """;
            List<Watch> watches = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(sql);
                    ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    watches.add(watch(row));
                }
            }
            return watches;
        });
    }

    private static Watch watch(ResultSet row) throws SQLException {
        String[] names = (String[]) row.getArray(5).getArray();
        BigDecimal[] wads = (BigDecimal[]) row.getArray(6).getArray();
        List<Level> levels = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            levels.add(new Level(names[i], new HealthFactor(Wad.ofRaw(wads[i].toBigIntegerExact()))));
        }
        int mode = row.getInt(4);
        Optional<Integer> modeOrNone = row.wasNull() ? Optional.empty() : Optional.of(mode);
        return new Watch(
                row.getString(1),
                new Scope(new Address(row.getString(2)), Optional.ofNullable(row.getString(3)), modeOrNone),
                levels,
                Wad.ofRaw(row.getBigDecimal(7).toBigIntegerExact()),
                Duration.ofSeconds(row.getLong(8)),
                List.of((String[]) row.getArray(9).getArray()));
    }

    /** Which memory: a watch whose account was changed has none of the other's. */
    public record AlarmKey(String watch, Address account) {}

    /** What the watches remember of a market. */
    public Map<AlarmKey, Alarm> alarms(String market) {
        return transactions.run(connection -> {
            String sql = """
                SELECT rung, calls, last_call_at, last_level_wad, health_wad, watch, account
                FROM margin_alarms WHERE market = ?
                """;
            Map<AlarmKey, Alarm> alarms = new HashMap<>();
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, market);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        alarms.put(new AlarmKey(row.getString(6), new Address(row.getString(7))), alarm(row));
                    }
                }
            }
            return alarms;
        });
    }

    private static Alarm alarm(ResultSet row) throws SQLException {
        Optional<Instant> lastCall = instant(row, 3);
        Optional<HealthFactor> lastLevel = health(row, 4);
        return new Alarm(
                Set.of((String[]) row.getArray(1).getArray()),
                row.getLong(2),
                lastCall.flatMap(at -> lastLevel.map(level -> new Alarm.LastCall(at, level))),
                health(row, 5));
    }

    /** Remembers a look; where it rang, the call and one message for each channel come with it. */
    public void remember(Watch watch, Reading reading, Alarm alarm, Optional<MarginCall> call, Instant now) {
        transactions.run(connection -> {
            writeAlarm(connection, watch, reading, alarm);
            if (call.isPresent()) {
                Optional<Long> id = writeCall(connection, call.get(), now);
                if (id.isPresent()) {
                    writeMessages(connection, id.get(), watch.channels(), now);
                }
            }
            return call.isPresent();
        });
    }

    private static void writeAlarm(Connection connection, Watch watch, Reading reading, Alarm alarm)
            throws SQLException {
        String sql = """
            INSERT INTO margin_alarms (watch, market, account, rung, calls, last_call_at, last_level_wad, health_wad)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (watch, market, account) DO UPDATE SET rung = EXCLUDED.rung, calls = EXCLUDED.calls,
                last_call_at = EXCLUDED.last_call_at, last_level_wad = EXCLUDED.last_level_wad, health_wad = EXCLUDED.health_wad
            """;
        try (PreparedStatement upsert = connection.prepareStatement(sql)) {
            upsert.setString(1, watch.name());
            upsert.setString(2, reading.market());
            upsert.setString(3, reading.account().hex());
            upsert.setArray(4, texts(connection, alarm.rung().stream().sorted()));
            upsert.setLong(5, alarm.calls());
            upsert.setObject(6, alarm.lastCall().map(it -> time(it.at())).orElse(null));
            upsert.setBigDecimal(7, raw(alarm.lastCall().map(Alarm.LastCall::level)));
            upsert.setBigDecimal(8, raw(alarm.health()));
            upsert.executeUpdate();
        }
    }

    /** The call's number; none where this call was made before. */
    private static Optional<Long> writeCall(Connection connection, MarginCall call, Instant now) throws SQLException {
        String sql = """
            INSERT INTO margin_calls (key, watch, market, account, level, level_wad, health_wad, health_before_wad,
                                      collateral_base, debt_base, block_number, called_at, subject, body, facts)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (key) DO NOTHING RETURNING id
            """;
        Reading reading = call.reading();
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setString(1, call.key());
            insert.setString(2, call.watch());
            insert.setString(3, reading.market());
            insert.setString(4, reading.account().hex());
            insert.setString(5, call.level().name());
            insert.setBigDecimal(6, raw(Optional.of(call.level().below())));
            insert.setBigDecimal(7, raw(reading.health()));
            insert.setBigDecimal(8, raw(call.before()));
            insert.setBigDecimal(9, new BigDecimal(reading.collateral().raw()));
            insert.setBigDecimal(10, new BigDecimal(reading.debt().raw()));
            insert.setLong(11, reading.block().value());
            insert.setObject(12, time(now));
            insert.setString(13, call.subject());
            insert.setString(14, call.text());
            insert.setString(15, Json.write(call.facts()));
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private static void writeMessages(Connection connection, long call, List<String> channels, Instant now)
            throws SQLException {
        String sql = "INSERT INTO margin_messages (call_id, channel, due_at) VALUES (?, ?, ?)";
        try (PreparedStatement insert = connection.prepareStatement(sql)) {
            for (String channel : channels) {
                insert.setLong(1, call);
                insert.setString(2, channel);
                insert.setObject(3, time(now));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** Calls, the newest first; of one account where it is given. */
    public List<StoredCall> calls(Optional<Address> account, int limit) {
        return transactions.run(connection -> {
            String sql = """
                SELECT c.key, c.watch, c.market, c.account, c.level, c.health_wad, c.health_before_wad, c.collateral_base,
                       c.debt_base, c.block_number, c.called_at, c.body,
                       ARRAY(SELECT m.channel || ': ' || m.state FROM margin_messages m WHERE m.call_id = c.id ORDER BY m.id)
                FROM margin_calls c WHERE ?::text IS NULL OR c.account = ? ORDER BY c.id DESC LIMIT ?
                """;
            List<StoredCall> calls = new ArrayList<>();
            try (PreparedStatement query = connection.prepareStatement(sql)) {
                query.setString(1, account.map(Address::hex).orElse(null));
                query.setString(2, account.map(Address::hex).orElse(null));
                query.setInt(3, limit);
                try (ResultSet row = query.executeQuery()) {
                    while (row.next()) {
                        calls.add(call(row));
                    }
                }
            }
            return calls;
        });
    }

    private static StoredCall call(ResultSet row) throws SQLException {
        return new StoredCall(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                new Address(row.getString(4)),
                row.getString(5),
                health(row, 6).orElseThrow(),
                health(row, 7),
                BaseValue.ofRaw(integer(row, 8)),
                BaseValue.ofRaw(integer(row, 9)),
                new BlockNumber(row.getLong(10)),
                instant(row, 11).orElseThrow(),
                row.getString(12),
                List.of((String[]) row.getArray(13).getArray()));
    }

    static OffsetDateTime time(Instant at) {
        return at.atOffset(ZoneOffset.UTC);
    }

    static Optional<Instant> instant(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getObject(column, OffsetDateTime.class)).map(OffsetDateTime::toInstant);
    }

    static Optional<HealthFactor> health(ResultSet row, int column) throws SQLException {
        return Optional.ofNullable(row.getBigDecimal(column))
                .map(found -> new HealthFactor(Wad.ofRaw(found.toBigIntegerExact())));
    }

    static BigInteger integer(ResultSet row, int column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }

    static @Nullable BigDecimal raw(Optional<HealthFactor> health) {
        return health.map(it -> new BigDecimal(it.ratio().raw())).orElse(null);
    }

    private static java.sql.Array texts(Connection connection, java.util.stream.Stream<String> texts)
            throws SQLException {
        return connection.createArrayOf("text", texts.toArray());
    }
}
