package plimsoll.protocol.morpho;

import plimsoll.units.Wad;

/**
 * What a borrower agrees to by authorising a pre-liquidation contract: from {@code preLltv} on up to the market's own threshold a
 * part of the debt may be repaid, at an incentive below the ordinary one. Both grow linearly from their first to their second value.
 *
 * @param preLcf1 the share of the debt that may be repaid at {@code preLltv}
 * @param preLcf2 the share that may be repaid at the market's own threshold; above 1 is everything
 * @param preLif1 collateral's worth per unit repaid at {@code preLltv}
 * @param preLif2 collateral's worth per unit repaid at the market's own threshold
 */
public record PreLiquidationTerms(Wad preLltv, Wad preLcf1, Wad preLcf2, Wad preLif1, Wad preLif2) {

    /** The contract cannot be made otherwise. */
    public PreLiquidationTerms {
        if (preLcf1.compareTo(preLcf2) > 0 || preLcf1.compareTo(Wad.ONE) > 0) {
            throw new IllegalArgumentException(
                    "Close factors fall or begin above 1: preLcf1=" + preLcf1 + " preLcf2=" + preLcf2);
        }
        if (preLif1.compareTo(Wad.ONE) < 0 || preLif1.compareTo(preLif2) > 0) {
            throw new IllegalArgumentException(
                    "Incentive factors fall or begin below 1: preLif1=" + preLif1 + " preLif2=" + preLif2);
        }
    }
}
