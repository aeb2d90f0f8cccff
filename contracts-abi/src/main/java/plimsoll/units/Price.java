package plimsoll.units;

import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * The value of one whole token in the market's base currency, with that currency's decimals (Aave v3: 8).
 */
public record Price(BigInteger raw) implements Comparable<Price> {

    public static final Price ZERO = new Price(BigInteger.ZERO);

    public Price {
        Uint.require(raw, "Price");
    }

    public static Price ofRaw(BigInteger raw) {
        return new Price(raw);
    }

    public static Price ofRaw(long raw) {
        return new Price(BigInteger.valueOf(raw));
    }

    /** Reads text such as {@code 1.05}; more digits than 8 decimals hold are refused. */
    public static Price parse(String text) {
        return new Price(Uint.parse(text, 8, "Price"));
    }

    public Price plus(Price other) {
        return new Price(raw.add(other.raw));
    }

    /** Throws where the result would be negative. */
    public Price minus(Price other) {
        return new Price(Uint.minus(raw, other.raw, "Price"));
    }

    public Price minusOrZero(Price other) {
        return new Price(Uint.minusOrZero(raw, other.raw));
    }

    /** This price after a move to {@code share} of itself: 8 000 bps is a fall of 20 %. */
    public Price times(Bps share, RoundingMode rounding) {
        return new Price(Uint.timesOver(raw, BigInteger.valueOf(share.raw()), Bps.SCALE, rounding));
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }

    @Override
    public int compareTo(Price other) {
        return raw.compareTo(other.raw);
    }

    @Override
    public String toString() {
        return Uint.plain(raw, 8);
    }
}
