package plimsoll.oracle.calibration;

import java.util.Optional;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.units.Address;
import plimsoll.units.Bps;

/**
 * One asset of the market at the block that is judged.
 *
 * @param protocolShareOfBonus what the protocol keeps of each liquidator's bonus
 * @param note why people have set this reserve apart (frozen, paused, inactive); empty where they have not
 */
public record Reserve(
        Address asset,
        String symbol,
        CollateralParameters current,
        Bps protocolShareOfBonus,
        Optional<String> note,
        ObservedFeed feed) {}
