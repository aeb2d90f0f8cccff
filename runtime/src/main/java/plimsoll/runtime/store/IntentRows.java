package plimsoll.runtime.store;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.Bid;
import plimsoll.chain.tx.Forerunner;
import plimsoll.chain.tx.Inclusion;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.Urgency;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/** Intents as rows of {@code intents} and {@code attempts}, and back. */
final class IntentRows {

    private static final String SELECT = "SELECT * FROM intents WHERE ";
    private static final String ATTEMPTS =
            "SELECT * FROM attempts WHERE intent_id = ANY (?) ORDER BY intent_id, number";
    private static final String INSERT = """
            INSERT INTO intents (chain_id, signer, nonce, reason, to_address, call_data, value_wei, gas_limit,
                max_fee_cap_wei, planned_at, urgency, deadline, forerunner_sender, forerunner_nonce, forerunner_bytes,
                bid_behind, bid_block, bid_tip_wei)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            ON CONFLICT (reason) DO NOTHING RETURNING id
            """;
    private static final String UPDATE = """
            UPDATE intents SET state = ?, tx_hash = ?, sent_at = ?, block_number = ?, block_hash = ?, succeeded = ?,
                gas_used = ?, gas_price_wei = ?, state_reason = ?
            WHERE id = ?
            """;
    private static final String INSERT_ATTEMPT = """
            INSERT INTO attempts (intent_id, number, max_fee_wei, max_priority_fee_wei, tx_hash, signed_bytes, cancels,
                signed_at, yields, cancel_reason)
            VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """;
    private static final String MOVE = "UPDATE intents SET nonce = ? WHERE id = ?";
    private static final String MOVE_ATTEMPTS = "UPDATE attempts SET intent_id = ? WHERE intent_id = ?";

    private IntentRows() {}

    interface Parameters {
        void on(PreparedStatement statement) throws SQLException;
    }

    /** Reads the intents that fit a condition, each with its attempts. */
    static List<StoredIntent> select(Connection connection, String condition, Parameters parameters)
            throws SQLException {
        Map<Long, StoredIntent> bare = new LinkedHashMap<>();
        try (PreparedStatement query = connection.prepareStatement(SELECT + condition)) {
            parameters.on(query);
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    bare.put(row.getLong("id"), intent(row));
                }
            }
        }
        if (bare.isEmpty()) {
            return List.of();
        }
        Map<Long, List<Attempt>> attempts = attempts(connection, bare.keySet().toArray(Long[]::new));
        return bare.values().stream()
                .map(i -> new StoredIntent(
                        i.id(),
                        i.lane(),
                        i.nonce(),
                        i.intent(),
                        i.state(),
                        attempts.getOrDefault(i.id(), List.of()),
                        i.plannedAt()))
                .toList();
    }

    /** Returns the new row's id, or nothing where the reason is known. */
    static Optional<Long> insert(Connection connection, Lane lane, Nonce nonce, TransactionIntent intent, Instant at)
            throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT)) {
            insert.setLong(1, lane.chain().value());
            insert.setString(2, lane.signer().hex());
            insert.setLong(3, nonce.value());
            insert.setString(4, intent.reason());
            insert.setString(5, intent.to().hex());
            insert.setString(6, intent.data());
            insert.setBigDecimal(7, new BigDecimal(intent.value().raw()));
            insert.setLong(8, intent.gasLimit().units());
            insert.setBigDecimal(9, new BigDecimal(intent.maxFeeCap().raw()));
            insert.setObject(10, at.atOffset(ZoneOffset.UTC));
            insert.setString(11, intent.urgency().word());
            insert.setObject(
                    12,
                    intent.deadline().map(time -> time.atOffset(ZoneOffset.UTC)).orElse(null));
            setText(insert, 13, intent.forerunner().map(it -> it.sender().hex()));
            if (intent.forerunner().isPresent()) {
                insert.setLong(14, intent.forerunner().get().nonce().value());
            } else {
                insert.setNull(14, Types.BIGINT);
            }
            setText(insert, 15, intent.forerunner().map(Forerunner::bytes));
            setBid(insert, intent.bid());
            try (ResultSet row = insert.executeQuery()) {
                return row.next() ? Optional.of(row.getLong(1)) : Optional.empty();
            }
        }
    }

    private static void setBid(PreparedStatement insert, Optional<Bid> bid) throws SQLException {
        setText(insert, 16, bid.map(it -> it.behind().hex()));
        if (bid.isPresent()) {
            insert.setLong(17, bid.get().block().value());
            insert.setBigDecimal(18, new BigDecimal(bid.get().tip().raw()));
        } else {
            insert.setNull(17, Types.BIGINT);
            insert.setNull(18, Types.NUMERIC);
        }
    }

    static void insertAttempt(Connection connection, long intentId, Attempt attempt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(INSERT_ATTEMPT)) {
            insert.setLong(1, intentId);
            insert.setInt(2, attempt.number());
            insert.setBigDecimal(3, new BigDecimal(attempt.maxFee().raw()));
            insert.setBigDecimal(4, new BigDecimal(attempt.maxPriorityFee().raw()));
            insert.setString(5, attempt.hash().hex());
            insert.setString(6, attempt.bytes());
            insert.setBoolean(7, attempt.cancels());
            insert.setObject(8, attempt.signedAt().atOffset(ZoneOffset.UTC));
            insert.setBoolean(9, attempt.purpose() instanceof Attempt.Purpose.Yield);
            setText(
                    insert,
                    10,
                    switch (attempt.purpose()) {
                        case Attempt.Purpose.Act _ -> Optional.empty();
                        case Attempt.Purpose.Drop(String why) -> Optional.of(why);
                        case Attempt.Purpose.Yield(String why) -> Optional.of(why);
                    });
            insert.executeUpdate();
        }
    }

    static void moveTo(Connection connection, long intentId, Nonce nonce) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE)) {
            move.setLong(1, nonce.value());
            move.setLong(2, intentId);
            move.executeUpdate();
        }
    }

    static void moveAttempts(Connection connection, long fromIntent, long toIntent) throws SQLException {
        try (PreparedStatement move = connection.prepareStatement(MOVE_ATTEMPTS)) {
            move.setLong(1, toIntent);
            move.setLong(2, fromIntent);
            move.executeUpdate();
        }
    }

    static void updateState(Connection connection, long intentId, IntentState state) throws SQLException {
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            Optional<Inclusion> inclusion = state.standing();
            update.setString(1, state.word());
            setText(update, 2, txHash(state));
            if (state instanceof IntentState.Sent(TxHash _, Instant at)) {
                update.setObject(3, at.atOffset(ZoneOffset.UTC));
            } else {
                update.setNull(3, Types.TIMESTAMP_WITH_TIMEZONE);
            }
            setInclusion(update, inclusion);
            setText(update, 9, reason(state));
            update.setLong(10, intentId);
            if (update.executeUpdate() == 0) {
                throw new IllegalArgumentException("Intent is unknown: id=" + intentId);
            }
        }
    }

    private static void setInclusion(PreparedStatement update, Optional<Inclusion> inclusion) throws SQLException {
        if (inclusion.isPresent()) {
            Inclusion in = inclusion.get();
            update.setLong(4, in.blockNumber().value());
            update.setString(5, in.blockHash().hex());
            update.setBoolean(6, in.succeeded());
            update.setLong(7, in.gasUsed().units());
            update.setBigDecimal(8, new BigDecimal(in.gasPrice().raw()));
        } else {
            update.setNull(4, Types.BIGINT);
            update.setNull(5, Types.VARCHAR);
            update.setNull(6, Types.BOOLEAN);
            update.setNull(7, Types.BIGINT);
            update.setNull(8, Types.NUMERIC);
        }
    }

    private static Optional<String> txHash(IntentState state) {
        return switch (state) {
            case IntentState.Signed(TxHash tx) -> Optional.of(tx.hex());
            case IntentState.Sent(TxHash tx, Instant _) -> Optional.of(tx.hex());
            case IntentState.Planned _, IntentState.Replaced _, IntentState.Withdrawn _ -> Optional.empty();
            case IntentState.Mined _, IntentState.Final _, IntentState.Reverted _, IntentState.Dropped _ ->
                state.standing().map(in -> in.tx().hex());
        };
    }

    private static Optional<String> reason(IntentState state) {
        return switch (state) {
            case IntentState.Reverted(Inclusion _, String reason) -> Optional.of(reason);
            case IntentState.Replaced(String reason) -> Optional.of(reason);
            case IntentState.Withdrawn(String reason) -> Optional.of(reason);
            case IntentState.Dropped(Inclusion _, String reason) -> Optional.of(reason);
            case IntentState.Planned _,
                    IntentState.Signed _,
                    IntentState.Sent _,
                    IntentState.Mined _,
                    IntentState.Final _ -> Optional.empty();
        };
    }

    private static StoredIntent intent(ResultSet row) throws SQLException {
        TransactionIntent intent = new TransactionIntent(
                row.getString("reason"),
                new Address(row.getString("to_address")),
                row.getString("call_data"),
                Wei.ofRaw(integer(row, "value_wei")),
                new Gas(row.getLong("gas_limit")),
                GasPrice.ofRaw(integer(row, "max_fee_cap_wei")),
                urgency(row),
                Optional.ofNullable(row.getObject("deadline", OffsetDateTime.class))
                        .map(OffsetDateTime::toInstant),
                forerunner(row),
                bid(row));
        Lane lane = new Lane(new ChainId(row.getLong("chain_id")), new Address(row.getString("signer")));
        return new StoredIntent(
                row.getLong("id"),
                lane,
                new Nonce(row.getLong("nonce")),
                intent,
                state(row),
                List.of(),
                instant(row, "planned_at"));
    }

    private static Optional<Forerunner> forerunner(ResultSet row) throws SQLException {
        String bytes = row.getString("forerunner_bytes");
        return bytes == null
                ? Optional.empty()
                : Optional.of(new Forerunner(
                        new Address(row.getString("forerunner_sender")),
                        new Nonce(row.getLong("forerunner_nonce")),
                        bytes));
    }

    private static Optional<Bid> bid(ResultSet row) throws SQLException {
        String behind = row.getString("bid_behind");
        return behind == null
                ? Optional.empty()
                : Optional.of(new Bid(
                        new TxHash(behind),
                        new BlockNumber(row.getLong("bid_block")),
                        GasPrice.ofRaw(integer(row, "bid_tip_wei"))));
    }

    private static IntentState state(ResultSet row) throws SQLException {
        String word = row.getString("state");
        return switch (word) {
            case "planned" -> new IntentState.Planned();
            case "signed" -> new IntentState.Signed(new TxHash(row.getString("tx_hash")));
            case "sent" -> new IntentState.Sent(new TxHash(row.getString("tx_hash")), instant(row, "sent_at"));
            case "mined" -> new IntentState.Mined(inclusion(row));
            case "final" -> new IntentState.Final(inclusion(row));
            case "reverted" -> new IntentState.Reverted(inclusion(row), row.getString("state_reason"));
            case "replaced" -> new IntentState.Replaced(row.getString("state_reason"));
            case "withdrawn" -> new IntentState.Withdrawn(row.getString("state_reason"));
            case "dropped" -> new IntentState.Dropped(inclusion(row), row.getString("state_reason"));
            default -> throw new IllegalStateException("Intent state is unknown: found=" + word);
        };
    }

    private static Urgency urgency(ResultSet row) throws SQLException {
        String word = row.getString("urgency");
        return Arrays.stream(Urgency.values())
                .filter(urgency -> urgency.word().equals(word))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("Intent's urgency is unknown: found=" + word));
    }

    private static Attempt.Purpose purpose(ResultSet row) throws SQLException {
        if (!row.getBoolean("cancels")) {
            return new Attempt.Purpose.Act();
        }
        String why = Optional.ofNullable(row.getString("cancel_reason")).orElse("no node would take it");
        return row.getBoolean("yields") ? new Attempt.Purpose.Yield(why) : new Attempt.Purpose.Drop(why);
    }

    private static Inclusion inclusion(ResultSet row) throws SQLException {
        return new Inclusion(
                new TxHash(row.getString("tx_hash")),
                new BlockNumber(row.getLong("block_number")),
                new BlockHash(row.getString("block_hash")),
                row.getBoolean("succeeded"),
                new Gas(row.getLong("gas_used")),
                GasPrice.ofRaw(integer(row, "gas_price_wei")));
    }

    private static Map<Long, List<Attempt>> attempts(Connection connection, Long[] intentIds) throws SQLException {
        Map<Long, List<Attempt>> attempts = new HashMap<>();
        try (PreparedStatement query = connection.prepareStatement(ATTEMPTS)) {
            query.setArray(1, connection.createArrayOf("bigint", intentIds));
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    attempts.computeIfAbsent(row.getLong("intent_id"), _ -> new ArrayList<>())
                            .add(new Attempt(
                                    row.getInt("number"),
                                    GasPrice.ofRaw(integer(row, "max_fee_wei")),
                                    GasPrice.ofRaw(integer(row, "max_priority_fee_wei")),
                                    new TxHash(row.getString("tx_hash")),
                                    row.getString("signed_bytes"),
                                    purpose(row),
                                    instant(row, "signed_at")));
                }
            }
        }
        return attempts;
    }

    private static void setText(PreparedStatement statement, int index, Optional<String> text) throws SQLException {
        if (text.isPresent()) {
            statement.setString(index, text.get());
        } else {
            statement.setNull(index, Types.VARCHAR);
        }
    }

    private static BigInteger integer(ResultSet row, String column) throws SQLException {
        return row.getBigDecimal(column).toBigIntegerExact();
    }

    private static Instant instant(ResultSet row, String column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }
}
