package plimsoll.units;

import java.math.BigInteger;
import java.math.RoundingMode;

/**
 * An amount of a token in its smallest unit, together with the token's decimals. Amounts of different decimals never mix.
 * Range 0..2²⁵⁶−1 raw, 0..77 decimals.
 */
public record TokenAmount(BigInteger raw, int decimals) implements Comparable<TokenAmount> {

    public TokenAmount {
        Uint.require(raw, "TokenAmount");
        if (decimals < 0 || decimals > 77) {
            throw new IllegalArgumentException("Token decimals are outside 0..77: found=" + decimals);
        }
    }

    public static TokenAmount ofRaw(BigInteger raw, int decimals) {
        return new TokenAmount(raw, decimals);
    }

    public static TokenAmount ofRaw(long raw, int decimals) {
        return new TokenAmount(BigInteger.valueOf(raw), decimals);
    }

    public static TokenAmount zero(int decimals) {
        return new TokenAmount(BigInteger.ZERO, decimals);
    }

    /** Reads whole tokens such as {@code 1.05}; more digits than the decimals hold are refused. */
    public static TokenAmount parse(String text, int decimals) {
        return new TokenAmount(Uint.parse(text, decimals, "TokenAmount"), decimals);
    }

    public TokenAmount plus(TokenAmount other) {
        return new TokenAmount(raw.add(sameDecimals(other).raw), decimals);
    }

    /** Throws where the result would be negative. */
    public TokenAmount minus(TokenAmount other) {
        return new TokenAmount(Uint.minus(raw, sameDecimals(other).raw, "TokenAmount"), decimals);
    }

    public TokenAmount minusOrZero(TokenAmount other) {
        return new TokenAmount(Uint.minusOrZero(raw, sameDecimals(other).raw), decimals);
    }

    public TokenAmount times(Bps share, RoundingMode rounding) {
        return new TokenAmount(Uint.timesOver(raw, BigInteger.valueOf(share.raw()), Bps.SCALE, rounding), decimals);
    }

    /** The share {@code part ÷ whole} of this amount; the two are of one token, which may be another than this one's. */
    public TokenAmount times(TokenAmount part, TokenAmount whole, RoundingMode rounding) {
        return new TokenAmount(Uint.timesOver(raw, part.raw, part.sameDecimals(whole).raw, rounding), decimals);
    }

    public TokenAmount min(TokenAmount other) {
        return compareTo(other) <= 0 ? this : other;
    }

    public BaseValue valueAt(Price price, RoundingMode rounding) {
        return new BaseValue(Uint.timesOver(raw, price.raw(), unit(), rounding));
    }

    /** One whole token in its smallest unit: 10^decimals. */
    public BigInteger unit() {
        return Uint.tenTo(decimals);
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }

    @Override
    public int compareTo(TokenAmount other) {
        return raw.compareTo(sameDecimals(other).raw);
    }

    @Override
    public String toString() {
        return Uint.plain(raw, decimals);
    }

    private TokenAmount sameDecimals(TokenAmount other) {
        if (other.decimals != decimals) {
            throw new IllegalArgumentException(
                    "Token amounts differ in decimals: left=" + decimals + " right=" + other.decimals);
        }
        return other;
    }

    /** Its smallest units as the nearest double, for searches that prove their end exactly. */
    public double toDouble() {
        return raw.doubleValue();
    }
}
