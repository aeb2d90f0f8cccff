package plimsoll.keeper.position;

import java.math.BigInteger;

/**
 * An amount as a protocol stores it, in the protocol's own unit: scaled balances, shares, cTokens, principal. Interest turns it into
 * tokens only through something that the market keeps, an index or a ratio of totals, so that it changes by its account's doing alone.
 *
 * @param storedAt the market's index when the account was last written, for protocols that keep one per account; 1 for the others
 */
public record StoredAmount(BigInteger raw, BigInteger storedAt) {

    public static final StoredAmount ZERO = ofRaw(BigInteger.ZERO);

    public StoredAmount {
        if (raw.signum() < 0 || raw.bitLength() > 256) {
            throw new IllegalArgumentException("Stored amount is outside 0..2^256-1: found=" + raw);
        }
        if (storedAt.signum() <= 0 || storedAt.bitLength() > 256) {
            throw new IllegalArgumentException("Index of a stored amount is outside 1..2^256-1: found=" + storedAt);
        }
    }

    public static StoredAmount ofRaw(BigInteger raw) {
        return new StoredAmount(raw, BigInteger.ONE);
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }

    /** For the screen: grows with the market's index alone. Within 3·2⁻⁵³ of the exact quotient, relatively. */
    double perIndex() {
        return raw.doubleValue() / storedAt.doubleValue();
    }
}
