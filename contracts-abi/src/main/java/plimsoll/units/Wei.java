package plimsoll.units;

import java.math.BigInteger;

/**
 * An amount of the chain's own coin, in wei (10⁻¹⁸). Range 0..2²⁵⁶−1.
 */
public record Wei(BigInteger raw) implements Comparable<Wei> {

    public static final Wei ZERO = new Wei(BigInteger.ZERO);

    public Wei {
        Uint.require(raw, "Wei");
    }

    public static Wei ofRaw(BigInteger raw) {
        return new Wei(raw);
    }

    public static Wei ofRaw(long raw) {
        return new Wei(BigInteger.valueOf(raw));
    }

    /** Reads text such as {@code 1.05}; more digits than 18 decimals hold are refused. */
    public static Wei parse(String text) {
        return new Wei(Uint.parse(text, 18, "Wei"));
    }

    public Wei plus(Wei other) {
        return new Wei(raw.add(other.raw));
    }

    /** Throws where the result would be negative. */
    public Wei minus(Wei other) {
        return new Wei(Uint.minus(raw, other.raw, "Wei"));
    }

    public Wei minusOrZero(Wei other) {
        return new Wei(Uint.minusOrZero(raw, other.raw));
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }

    @Override
    public int compareTo(Wei other) {
        return raw.compareTo(other.raw);
    }

    @Override
    public String toString() {
        return Uint.plain(raw, 18);
    }
}
