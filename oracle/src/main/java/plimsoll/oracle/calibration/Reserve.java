package plimsoll.oracle.calibration;

import java.util.Optional;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/**
 * One asset of the market at the moment that is judged.
 *
 * @param protocolShareOfBonus what the protocol keeps of each liquidator's bonus
 * @param reserveFactor what the protocol keeps of the interest
 * @param price of one whole token in the base currency, as the market itself counts; 0 where it cannot say
 * @param note why people have set this reserve apart (frozen, paused, inactive); empty where they have not
 */
public record Reserve(
        Address asset,
        String symbol,
        CollateralParameters current,
        Bps protocolShareOfBonus,
        Bps reserveFactor,
        boolean isBorrowable,
        Optional<String> note,
        double price,
        PriceHistory prices) {

    /** Whether anything can be borrowed against it today. */
    public boolean isOpenCollateral() {
        return current.isCollateral() && !current.ltv().isZero();
    }
}
