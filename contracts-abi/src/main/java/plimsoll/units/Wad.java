package plimsoll.units;

import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A fixed-point number with 18 decimals, as Aave and Morpho store ratios. Range 0..2²⁵⁶−1.
 */
public record Wad(BigInteger raw) implements Comparable<Wad> {

    public static final Wad ZERO = new Wad(BigInteger.ZERO);

    public Wad {
        Uint.require(raw, "Wad");
    }

    public static Wad ofRaw(BigInteger raw) {
        return new Wad(raw);
    }

    public static Wad ofRaw(long raw) {
        return new Wad(BigInteger.valueOf(raw));
    }

    /** Reads text such as {@code 1.05}; more digits than 18 decimals hold are refused. */
    public static Wad parse(String text) {
        return new Wad(Uint.parse(text, 18, "Wad"));
    }

    public Wad plus(Wad other) {
        return new Wad(raw.add(other.raw));
    }

    /** Throws where the result would be negative. */
    public Wad minus(Wad other) {
        return new Wad(Uint.minus(raw, other.raw, "Wad"));
    }

    public Wad minusOrZero(Wad other) {
        return new Wad(Uint.minusOrZero(raw, other.raw));
    }

    public static final BigInteger SCALE = BigInteger.TEN.pow(18);
    public static final Wad ONE = new Wad(SCALE);

    public Wad times(Wad other, RoundingMode rounding) {
        return new Wad(Uint.timesOver(raw, other.raw, SCALE, rounding));
    }

    public Wad dividedBy(Wad other, RoundingMode rounding) {
        return new Wad(Uint.timesOver(raw, SCALE, other.raw, rounding));
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }

    @Override
    public int compareTo(Wad other) {
        return raw.compareTo(other.raw);
    }

    @Override
    public String toString() {
        return Uint.plain(raw, 18);
    }
}
