package plimsoll.protocol.aave;

import java.math.BigInteger;
import plimsoll.units.Bps;

/**
 * Efficiency mode: better terms for the collateral that {@code collateralBitmap} names, for accounts that chose the category.
 *
 * @param liquidationBonus the premium alone
 * @param collateralBitmap bit i set where reserve i counts on these terms
 * @param ltvZeroBitmap bit i set where reserve i counts with an LTV of zero; read from 3.6 on
 * @param isIsolated whether collateral that the category does not cover has an LTV of zero; read from 3.7 on
 */
public record AaveEModeCategory(
        int id,
        Bps ltv,
        Bps liquidationThreshold,
        Bps liquidationBonus,
        BigInteger collateralBitmap,
        BigInteger ltvZeroBitmap,
        boolean isIsolated) {

    public AaveEModeCategory {
        if (id < 1 || id > 255) {
            throw new IllegalArgumentException("eMode category is outside 1..255: found=" + id);
        }
        requireBitmap(collateralBitmap);
        requireBitmap(ltvZeroBitmap);
    }

    /** A category of a pool before 3.7. */
    public AaveEModeCategory(
            int id,
            Bps ltv,
            Bps liquidationThreshold,
            Bps liquidationBonus,
            BigInteger collateralBitmap,
            BigInteger ltvZeroBitmap) {
        this(id, ltv, liquidationThreshold, liquidationBonus, collateralBitmap, ltvZeroBitmap, false);
    }

    /** Whether a reserve counts on this category's terms. */
    public boolean covers(int reserve) {
        return collateralBitmap.testBit(reserve);
    }

    /**
     * The LTV of an account in this category. Source: aave-v3-origin, logic/ValidationLogic.sol getUserReserveLtv; before 3.6
     * logic/GenericLogic.sol calculateUserAccountData, where an LTV of zero outside the category was one inside it.
     */
    Bps ltvOf(int reserve, Bps reserveLtv, AaveRevision revision) {
        if (!covers(reserve)) {
            return isIsolated && revision.isFrom(AaveRevision.V3_7) ? Bps.ZERO : reserveLtv;
        }
        boolean zero = revision.isFrom(AaveRevision.V3_6) ? ltvZeroBitmap.testBit(reserve) : reserveLtv.isZero();
        return zero ? Bps.ZERO : ltv;
    }

    private static void requireBitmap(BigInteger bitmap) {
        if (bitmap.signum() < 0 || bitmap.bitLength() > AaveReserve.MAX_RESERVES) {
            throw new IllegalArgumentException("eMode bitmap is beyond 128 reserves: found=" + bitmap);
        }
    }
}
