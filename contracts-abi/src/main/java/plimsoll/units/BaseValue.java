package plimsoll.units;

import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * A value in the market's base currency. Aave v3 counts US dollars with 8 decimals, which is what text shows; other
 * scales are the market's affair and never mix with these. Range 0..2²⁵⁶−1.
 */
public record BaseValue(BigInteger raw) implements Comparable<BaseValue> {

    public static final BaseValue ZERO = new BaseValue(BigInteger.ZERO);

    public BaseValue {
        Uint.require(raw, "BaseValue");
    }

    public static BaseValue ofRaw(BigInteger raw) {
        return new BaseValue(raw);
    }

    public static BaseValue ofRaw(long raw) {
        return new BaseValue(BigInteger.valueOf(raw));
    }

    /** Reads text such as {@code 1.05}; more digits than 8 decimals hold are refused. */
    public static BaseValue parse(String text) {
        return new BaseValue(Uint.parse(text, 8, "BaseValue"));
    }

    public BaseValue plus(BaseValue other) {
        return new BaseValue(raw.add(other.raw));
    }

    /** Throws where the result would be negative. */
    public BaseValue minus(BaseValue other) {
        return new BaseValue(Uint.minus(raw, other.raw, "BaseValue"));
    }

    public BaseValue minusOrZero(BaseValue other) {
        return new BaseValue(Uint.minusOrZero(raw, other.raw));
    }

    public BaseValue times(Bps share, RoundingMode rounding) {
        return new BaseValue(Uint.timesOver(raw, BigInteger.valueOf(share.raw()), Bps.SCALE, rounding));
    }

    /** How much of a token this value buys at {@code price}. */
    public TokenAmount amountAt(Price price, int tokenDecimals, RoundingMode rounding) {
        return new TokenAmount(Uint.timesOver(raw, Uint.tenTo(tokenDecimals), price.raw(), rounding), tokenDecimals);
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }

    @Override
    public int compareTo(BaseValue other) {
        return raw.compareTo(other.raw);
    }

    @Override
    public String toString() {
        return Uint.plain(raw, 8);
    }
}
