package plimsoll.runtime.store;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Optional;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.Lease;
import plimsoll.chain.tx.LeaseLostException;

/** The rows of {@code leases}. Time is the database's, so that hosts with different clocks agree. */
final class Leases {

    private static final String ACQUIRE = """
            INSERT INTO leases (name, holder, live, token, expires_at)
            VALUES (?, ?, ?, 1, clock_timestamp() + ? * INTERVAL '1 millisecond')
            ON CONFLICT (name) DO UPDATE
                SET holder = excluded.holder, live = excluded.live, token = leases.token + 1,
                    expires_at = excluded.expires_at
                WHERE leases.holder = excluded.holder OR leases.expires_at <= clock_timestamp()
                    OR (excluded.live AND NOT leases.live)
            RETURNING token, expires_at
            """;
    private static final String RENEW = """
            UPDATE leases SET expires_at = clock_timestamp() + ? * INTERVAL '1 millisecond'
            WHERE name = ? AND token = ?
            RETURNING token, expires_at
            """;
    private static final String RELEASE = "UPDATE leases SET expires_at = 'epoch' WHERE name = ? AND token = ?";
    private static final String VERIFY = "SELECT 1 FROM leases WHERE name = ? AND token = ? FOR UPDATE";

    private Leases() {}

    /** @param expires by the database's clock */
    record Grant(long token, Instant expires) {}

    /**
     * Who wants a lease.
     *
     * @param isLive whether it acts for real; it outranks whoever only tries
     */
    record Applicant(String holder, boolean isLive) {}

    /**
     * Takes what is free, has run out, or is the holder's already, and who is live what a dry one holds; absent where another holds it.
     */
    static Optional<Grant> acquire(Connection connection, String name, Applicant applicant, Duration time)
            throws SQLException {
        try (PreparedStatement acquire = connection.prepareStatement(ACQUIRE)) {
            acquire.setString(1, name);
            acquire.setString(2, applicant.holder);
            acquire.setBoolean(3, applicant.isLive);
            acquire.setLong(4, time.toMillis());
            return grant(acquire);
        }
    }

    /** Absent where it was taken over. */
    static Optional<Grant> renew(Connection connection, String name, long token, Duration time) throws SQLException {
        try (PreparedStatement renew = connection.prepareStatement(RENEW)) {
            renew.setLong(1, time.toMillis());
            renew.setString(2, name);
            renew.setLong(3, token);
            return grant(renew);
        }
    }

    static void release(Connection connection, String name, long token) throws SQLException {
        try (PreparedStatement release = connection.prepareStatement(RELEASE)) {
            release.setString(1, name);
            release.setLong(2, token);
            release.executeUpdate();
        }
    }

    static Optional<Lease> acquire(Connection connection, Lane lane, String holder, Duration time) throws SQLException {
        return acquire(connection, name(lane), new Applicant(holder, true), time)
                .map(grant -> new Lease(lane, holder, grant.token, grant.expires));
    }

    static Lease renew(Connection connection, Lease lease, Duration time) throws SQLException {
        return renew(connection, name(lease.lane()), lease.token(), time)
                .map(grant -> new Lease(lease.lane(), lease.holder(), grant.token, grant.expires))
                .orElseThrow(() -> new LeaseLostException(lease));
    }

    static void release(Connection connection, Lease lease) throws SQLException {
        release(connection, name(lease.lane()), lease.token());
    }

    /** Makes sure that the lease is the newest, and keeps it so until the transaction ends. */
    static void verify(Connection connection, Lease lease) throws SQLException {
        if (!isNewest(connection, name(lease.lane()), lease.token())) {
            throw new LeaseLostException(lease);
        }
    }

    /** Whether nobody has taken it since; if so, nobody does until the transaction ends. */
    static boolean isNewest(Connection connection, String name, long token) throws SQLException {
        try (PreparedStatement verify = connection.prepareStatement(VERIFY)) {
            verify.setString(1, name);
            verify.setLong(2, token);
            try (ResultSet rows = verify.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static Optional<Grant> grant(PreparedStatement statement) throws SQLException {
        try (ResultSet rows = statement.executeQuery()) {
            return rows.next()
                    ? Optional.of(new Grant(
                            rows.getLong(1),
                            rows.getObject(2, OffsetDateTime.class).toInstant()))
                    : Optional.empty();
        }
    }

    private static String name(Lane lane) {
        return "lane " + lane.chain().value() + "/" + lane.signer().hex();
    }
}
