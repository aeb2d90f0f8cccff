package plimsoll.devnet;

import java.math.BigInteger;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/**
 * A call of {@code liquidationCall}.
 *
 * @param debtToCover the most that the liquidator pays; the pool takes less where its rules allow less
 */
public record Liquidation(Address borrower, Asset collateral, Asset debt, TokenAmount debtToCover) {

    /** As much as the pool allows. */
    public static Liquidation ofAll(Address borrower, Asset collateral, Asset debt) {
        BigInteger unlimited = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
        return new Liquidation(borrower, collateral, debt, TokenAmount.ofRaw(unlimited, debt.decimals()));
    }
}
