package plimsoll.protocol.morpho;

import plimsoll.units.TokenAmount;

/** What an account has and owes in one market. */
public record MorphoPosition(TokenAmount collateral, Shares borrowShares) {

    public MorphoPosition {
        if (collateral.raw().bitLength() > 128) {
            throw new IllegalArgumentException("Collateral is outside 0..2^128-1: found=" + collateral.raw());
        }
    }
}
