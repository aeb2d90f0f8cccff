package plimsoll.protocol.morpho;

import java.math.BigInteger;

/**
 * What one smallest unit of collateral is worth in smallest units of the loan token, times 10³⁶: the answer of a market's oracle.
 * Range 0..2²⁵⁶−1.
 */
public record OraclePrice(BigInteger raw) {

    public static final BigInteger SCALE = BigInteger.TEN.pow(36);

    public OraclePrice {
        if (raw.signum() < 0 || raw.bitLength() > 256) {
            throw new IllegalArgumentException("Oracle price is outside 0..2^256-1: found=" + raw);
        }
    }

    public static OraclePrice ofRaw(BigInteger raw) {
        return new OraclePrice(raw);
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }
}
