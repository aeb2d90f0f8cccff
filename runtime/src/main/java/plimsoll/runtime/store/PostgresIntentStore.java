package plimsoll.runtime.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.Lease;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/**
 * Intents in PostgreSQL. Every writing method first locks its lane's lease and compares the token, so a holder that lost the
 * lane while it slept writes nothing. Instants are kept to the microsecond.
 */
public final class PostgresIntentStore implements IntentStore {

    private static final String UNIQUE_VIOLATION = "23505";
    private static final String HIGHEST_NONCE =
            "SELECT max(nonce) FROM intents WHERE chain_id = ? AND signer = ? AND state <> 'withdrawn'";
    private static final String SPENT = """
            SELECT coalesce(sum(gas_used * gas_price_wei
                + CASE WHEN state = 'final' OR (state = 'mined' AND succeeded) THEN value_wei ELSE 0 END), 0)
            FROM intents
            WHERE chain_id = ? AND signer = ? AND planned_at >= ? AND state IN ('mined', 'final', 'reverted', 'dropped')
            """;

    private final Transactions transactions;

    /** On a source of connections; a service gives its pool. */
    public PostgresIntentStore(DataSource source) {
        this.transactions = new Transactions(source);
    }

    @Override
    public Optional<Lease> acquire(Lane lane, String holder, Duration time) {
        return transactions.run(connection -> Leases.acquire(connection, lane, holder, time));
    }

    @Override
    public Lease renew(Lease lease, Duration time) {
        return transactions.run(connection -> Leases.renew(connection, lease, time));
    }

    @Override
    public void release(Lease lease) {
        transactions.run(connection -> {
            Leases.release(connection, lease);
            return lease;
        });
    }

    @Override
    public List<Planning> plan(Lease lease, Nonce first, List<TransactionIntent> intents, Instant at) {
        return transactions.run(connection -> {
            Leases.verify(connection, lease);
            List<Planning> plannings = new ArrayList<>();
            Nonce next = first;
            for (TransactionIntent intent : intents) {
                Optional<Long> id = insert(connection, lease.lane(), next, intent, at);
                if (id.isPresent()) {
                    StoredIntent stored = new StoredIntent(
                            id.get(), lease.lane(), next, intent, new IntentState.Planned(), List.of(), at);
                    plannings.add(new Planning(stored, true));
                    next = next.next();
                } else {
                    plannings.add(
                            new Planning(known(connection, intent.reason()).orElseThrow(), false));
                }
            }
            return plannings;
        });
    }

    @Override
    public void sign(Lease lease, List<Signing> attempts) {
        transactions.run(connection -> {
            Leases.verify(connection, lease);
            for (Signing signing : attempts) {
                IntentRows.updateState(
                        connection,
                        signing.intentId(),
                        new IntentState.Signed(signing.attempt().hash()));
                IntentRows.insertAttempt(connection, signing.intentId(), signing.attempt());
            }
            return lease;
        });
    }

    @Override
    public void record(Lease lease, List<Change> changes) {
        transactions.run(connection -> {
            Leases.verify(connection, lease);
            for (Change change : changes) {
                IntentRows.updateState(connection, change.intentId(), change.state());
            }
            return lease;
        });
    }

    @Override
    public StoredIntent replan(Lease lease, long intentId, IntentState.Dropped yielded, Nonce nonce) {
        return transactions.run(connection -> {
            Leases.verify(connection, lease);
            StoredIntent before =
                    IntentRows.select(connection, "id = ?", statement -> statement.setLong(1, intentId)).stream()
                            .findFirst()
                            .orElseThrow(() -> new IllegalArgumentException("Intent is unknown: id=" + intentId));
            try {
                IntentRows.moveTo(connection, intentId, nonce);
            } catch (SQLException e) {
                throw nonceTaken(e, lease.lane(), nonce);
            }
            IntentRows.updateState(connection, intentId, new IntentState.Planned());
            StoredIntent used = IntentStore.yieldedRecord(0, before, yielded);
            long record = insert(connection, used.lane(), used.nonce(), used.intent(), used.plannedAt())
                    .orElseThrow();
            IntentRows.updateState(connection, record, yielded);
            IntentRows.moveAttempts(connection, intentId, record);
            return IntentRows.select(connection, "id = ?", statement -> statement.setLong(1, intentId))
                    .getFirst();
        });
    }

    @Override
    public Optional<StoredIntent> at(Lane lane, Nonce nonce) {
        return transactions.run(connection -> IntentRows.select(
                        connection, "chain_id = ? AND signer = ? AND nonce = ? AND state <> 'withdrawn'", statement -> {
                            set(statement, lane);
                            statement.setLong(3, nonce.value());
                        })
                .stream()
                .findFirst());
    }

    @Override
    public Optional<StoredIntent> find(String reason) {
        return transactions.run(connection -> known(connection, reason));
    }

    @Override
    public List<StoredIntent> unfinished(Lane lane) {
        return transactions.run(connection -> IntentRows.select(
                connection,
                "chain_id = ? AND signer = ? AND state IN ('planned', 'signed', 'sent', 'mined') ORDER BY nonce",
                statement -> set(statement, lane)));
    }

    @Override
    public Optional<Nonce> highestNonce(Lane lane) {
        return transactions.run(connection -> {
            try (PreparedStatement query = connection.prepareStatement(HIGHEST_NONCE)) {
                set(query, lane);
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    long nonce = row.getLong(1);
                    return row.wasNull() ? Optional.<Nonce>empty() : Optional.of(new Nonce(nonce));
                }
            }
        });
    }

    @Override
    public Wei spentSince(Lane lane, Instant since) {
        return transactions.run(connection -> {
            try (PreparedStatement query = connection.prepareStatement(SPENT)) {
                set(query, lane);
                query.setObject(3, since.atOffset(ZoneOffset.UTC));
                try (ResultSet row = query.executeQuery()) {
                    row.next();
                    return Wei.ofRaw(row.getBigDecimal(1).toBigIntegerExact());
                }
            }
        });
    }

    private static Optional<StoredIntent> known(Connection connection, String reason) throws SQLException {
        return IntentRows.select(connection, "reason = ?", statement -> statement.setString(1, reason)).stream()
                .findFirst();
    }

    /** A nonce that is taken is the caller's mistake, not the database's. */
    private static Optional<Long> insert(
            Connection connection, Lane lane, Nonce nonce, TransactionIntent intent, Instant at) throws SQLException {
        try {
            return IntentRows.insert(connection, lane, nonce, intent, at);
        } catch (SQLException e) {
            throw nonceTaken(e, lane, nonce);
        }
    }

    private static SQLException nonceTaken(SQLException failure, Lane lane, Nonce nonce) {
        if (UNIQUE_VIOLATION.equals(failure.getSQLState())) {
            throw new IllegalStateException("Nonce is planned already: lane=" + lane + " nonce=" + nonce, failure);
        }
        return failure;
    }

    private static void set(PreparedStatement statement, Lane lane) throws SQLException {
        statement.setLong(1, lane.chain().value());
        statement.setString(2, lane.signer().hex());
    }
}
