package plimsoll.protocol.comet;

import java.math.BigInteger;

/**
 * An account's balance of the base token as Comet stores it, without interest: positive where it lends, negative where it
 * owes. It becomes tokens only through an index, the supply's or the debt's by its sign. Range of a signed 104-bit integer.
 */
public record Principal(BigInteger raw) {

    public static final Principal ZERO = new Principal(BigInteger.ZERO);

    public Principal {
        if (raw.bitLength() > 103) {
            throw new IllegalArgumentException("Principal is outside 104 bits: found=" + raw);
        }
    }

    public static Principal ofRaw(BigInteger raw) {
        return new Principal(raw);
    }

    public boolean isDebt() {
        return raw.signum() < 0;
    }
}
