package plimsoll.protocol.compound;

import java.math.BigInteger;

/**
 * What an account has in one reserve.
 *
 * @param tokens the reserve's own tokens held (vTokens, cTokens) in their smallest unit
 * @param entered whether the account entered the reserve; only then does it count for or against the account
 */
public record CompoundHolding(int reserve, BigInteger tokens, boolean entered, BorrowSnapshot borrowed) {

    public CompoundHolding {
        if (tokens.signum() < 0 || tokens.bitLength() > 256) {
            throw new IllegalArgumentException(
                    "Tokens are outside 0..2^256-1: found=" + tokens + " reserve=" + reserve);
        }
    }

    public static CompoundHolding none(int reserve) {
        return new CompoundHolding(reserve, BigInteger.ZERO, false, BorrowSnapshot.NONE);
    }
}
