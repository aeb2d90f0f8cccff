package plimsoll.units;

import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * What one unit of gas costs, in wei. Text is in gwei (10⁻⁹). Range 0..2²⁵⁶−1.
 */
public record GasPrice(BigInteger raw) implements Comparable<GasPrice> {

    public static final GasPrice ZERO = new GasPrice(BigInteger.ZERO);

    public GasPrice {
        Uint.require(raw, "GasPrice");
    }

    public static GasPrice ofRaw(BigInteger raw) {
        return new GasPrice(raw);
    }

    public static GasPrice ofRaw(long raw) {
        return new GasPrice(BigInteger.valueOf(raw));
    }

    /** Reads text such as {@code 1.05}; more digits than 9 decimals hold are refused. */
    public static GasPrice parse(String text) {
        return new GasPrice(Uint.parse(text, 9, "GasPrice"));
    }

    public GasPrice plus(GasPrice other) {
        return new GasPrice(raw.add(other.raw));
    }

    /** Throws where the result would be negative. */
    public GasPrice minus(GasPrice other) {
        return new GasPrice(Uint.minus(raw, other.raw, "GasPrice"));
    }

    public GasPrice minusOrZero(GasPrice other) {
        return new GasPrice(Uint.minusOrZero(raw, other.raw));
    }

    public Wei times(Gas gas) {
        return new Wei(raw.multiply(BigInteger.valueOf(gas.units())));
    }

    /** This price scaled by {@code share} of itself, for example 11 250 bps for the next block's highest base fee. */
    public GasPrice times(Bps share, RoundingMode rounding) {
        return new GasPrice(Uint.timesOver(raw, BigInteger.valueOf(share.raw()), Bps.SCALE, rounding));
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }

    @Override
    public int compareTo(GasPrice other) {
        return raw.compareTo(other.raw);
    }

    @Override
    public String toString() {
        return Uint.plain(raw, 9) + " gwei";
    }
}
