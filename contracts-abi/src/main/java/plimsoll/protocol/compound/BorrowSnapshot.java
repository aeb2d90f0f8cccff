package plimsoll.protocol.compound;

import java.math.BigInteger;
import plimsoll.units.Wad;

/**
 * A debt as a reserve stores it: the tokens owed when the account last touched it, and the reserve's borrow index then.
 * With interest it is principal × index now ÷ index then, rounded down.
 */
public record BorrowSnapshot(BigInteger principal, Wad index) {

    public static final BorrowSnapshot NONE = new BorrowSnapshot(BigInteger.ZERO, Wad.ZERO);

    public BorrowSnapshot {
        if (principal.signum() < 0 || principal.bitLength() > 256) {
            throw new IllegalArgumentException("Principal is outside 0..2^256-1: found=" + principal);
        }
        if (principal.signum() > 0 && index.isZero()) {
            throw new IllegalArgumentException("Debt has no index: principal=" + principal);
        }
    }

    public boolean isNone() {
        return principal.signum() == 0;
    }

    BigInteger owedAt(BigInteger borrowIndex) {
        return isNone() ? BigInteger.ZERO : CompoundMath.mulDiv(principal, borrowIndex, index.raw());
    }
}
