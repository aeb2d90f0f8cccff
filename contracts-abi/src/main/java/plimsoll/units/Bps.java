package plimsoll.units;

import java.math.BigInteger;
import java.math.RoundingMode;

/** A share in basis points (1/10 000). Range 0..2³¹−1; whether more than 10 000 makes sense is the user's affair. */
public record Bps(int raw) implements Comparable<Bps> {

    public static final BigInteger SCALE = BigInteger.valueOf(10_000);
    public static final Bps ZERO = new Bps(0);
    public static final Bps ONE_HUNDRED_PERCENT = new Bps(10_000);

    public Bps {
        if (raw < 0) {
            throw new IllegalArgumentException("Bps is negative: found=" + raw);
        }
    }

    public static Bps ofRaw(long raw) {
        return new Bps(Math.toIntExact(raw));
    }

    /** Reads percent such as {@code 82.5}; a hundredth of a percent is the finest step. */
    public static Bps parsePercent(String text) {
        return ofRaw(Uint.parse(text, 2, "Bps").longValueExact());
    }

    public static Bps percent(int percent) {
        return new Bps(Math.multiplyExact(percent, 100));
    }

    public Bps plus(Bps other) {
        return new Bps(Math.addExact(raw, other.raw));
    }

    /** Throws where the result would be negative. */
    public Bps minus(Bps other) {
        return new Bps(raw - other.raw);
    }

    public Bps times(Bps other, RoundingMode rounding) {
        return ofRaw(Uint.timesOver(BigInteger.valueOf(raw), BigInteger.valueOf(other.raw), SCALE, rounding)
                .longValueExact());
    }

    public boolean isZero() {
        return raw == 0;
    }

    @Override
    public int compareTo(Bps other) {
        return Integer.compare(raw, other.raw);
    }

    @Override
    public String toString() {
        return raw + " bps";
    }
}
