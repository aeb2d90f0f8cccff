package plimsoll.protocol.aave;

import java.math.BigInteger;
import plimsoll.units.Bps;

/**
 * Efficiency mode: better terms for the collateral that {@code collateralBitmap} names, for accounts that chose the category.
 *
 * @param liquidationBonus the premium alone
 * @param collateralBitmap bit i set where reserve i counts on these terms
 * @param ltvZeroBitmap bit i set where reserve i counts with an LTV of zero
 */
public record AaveEModeCategory(
        int id,
        Bps ltv,
        Bps liquidationThreshold,
        Bps liquidationBonus,
        BigInteger collateralBitmap,
        BigInteger ltvZeroBitmap) {

    public AaveEModeCategory {
        if (id < 1 || id > 255) {
            throw new IllegalArgumentException("eMode category is outside 1..255: found=" + id);
        }
        requireBitmap(collateralBitmap);
        requireBitmap(ltvZeroBitmap);
    }

    /** Whether a reserve counts on this category's terms. */
    public boolean covers(int reserve) {
        return collateralBitmap.testBit(reserve);
    }

    /** Source: aave-v3-origin 3.6.0, logic/ValidationLogic.sol getUserReserveLtv, for a covered reserve. */
    Bps ltvOf(int reserve) {
        return ltvZeroBitmap.testBit(reserve) ? Bps.ZERO : ltv;
    }

    private static void requireBitmap(BigInteger bitmap) {
        if (bitmap.signum() < 0 || bitmap.bitLength() > AaveReserve.MAX_RESERVES) {
            throw new IllegalArgumentException("eMode bitmap is beyond 128 reserves: found=" + bitmap);
        }
    }
}
