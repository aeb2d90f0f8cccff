package plimsoll.protocol.aave;

import java.math.BigInteger;

/**
 * A balance as aTokens and debt tokens store it: the amount divided by the index, so that interest needs no writing. It
 * becomes tokens only through an index. Range 0..2¹²⁰−1.
 */
public record ScaledAmount(BigInteger raw) {

    public static final ScaledAmount ZERO = new ScaledAmount(BigInteger.ZERO);

    public ScaledAmount {
        if (raw.signum() < 0 || raw.bitLength() > 120) {
            throw new IllegalArgumentException("Scaled balance is outside 0..2^120-1: found=" + raw);
        }
    }

    public static ScaledAmount ofRaw(BigInteger raw) {
        return new ScaledAmount(raw);
    }

    public boolean isZero() {
        return raw.signum() == 0;
    }
}
