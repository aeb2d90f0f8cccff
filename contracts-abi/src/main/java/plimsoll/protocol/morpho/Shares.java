package plimsoll.protocol.morpho;

import java.math.BigInteger;

/**
 * A part of what a market has lent or was lent. It becomes tokens only through the market's totals, so that interest needs no
 * writing. Range 0..2¹²⁸−1.
 */
public record Shares(BigInteger raw) implements Comparable<Shares> {

    public static final Shares ZERO = new Shares(BigInteger.ZERO);

    public Shares {
        if (raw.signum() < 0 || raw.bitLength() > 128) {
            throw new IllegalArgumentException("Shares are outside 0..2^128-1: found=" + raw);
        }
    }

    public static Shares ofRaw(BigInteger raw) {
        return new Shares(raw);
    }

    public Shares plus(Shares other) {
        return new Shares(raw.add(other.raw));
    }

    /** Throws where the result would be negative. */
    public Shares minus(Shares other) {
        return new Shares(raw.subtract(other.raw));
    }

    public Shares min(Shares other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }

    @Override
    public int compareTo(Shares other) {
        return raw.compareTo(other.raw);
    }
}
