package plimsoll.units;

import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A fixed-point number with 27 decimals, as Aave stores indexes and rates. Range 0..2²⁵⁶−1.
 */
public record Ray(BigInteger raw) implements Comparable<Ray> {

    public static final Ray ZERO = new Ray(BigInteger.ZERO);

    public Ray {
        Uint.require(raw, "Ray");
    }

    public static Ray ofRaw(BigInteger raw) {
        return new Ray(raw);
    }

    public static Ray ofRaw(long raw) {
        return new Ray(BigInteger.valueOf(raw));
    }

    /** Reads text such as {@code 1.05}; more digits than 27 decimals hold are refused. */
    public static Ray parse(String text) {
        return new Ray(Uint.parse(text, 27, "Ray"));
    }

    public Ray plus(Ray other) {
        return new Ray(raw.add(other.raw));
    }

    /** Throws where the result would be negative. */
    public Ray minus(Ray other) {
        return new Ray(Uint.minus(raw, other.raw, "Ray"));
    }

    public Ray minusOrZero(Ray other) {
        return new Ray(Uint.minusOrZero(raw, other.raw));
    }

    public static final BigInteger SCALE = BigInteger.TEN.pow(27);
    public static final Ray ONE = new Ray(SCALE);

    public Ray times(Ray other, RoundingMode rounding) {
        return new Ray(Uint.timesOver(raw, other.raw, SCALE, rounding));
    }

    public Ray dividedBy(Ray other, RoundingMode rounding) {
        return new Ray(Uint.timesOver(raw, SCALE, other.raw, rounding));
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }

    @Override
    public int compareTo(Ray other) {
        return raw.compareTo(other.raw);
    }

    @Override
    public String toString() {
        return Uint.plain(raw, 27);
    }
}
