package plimsoll.oracle.plan;

import java.util.Map;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.units.Address;

/**
 * Counts the accounts that are healthy under the first set of parameters and liquidatable under the second, on the
 * positions and prices of one block. Lower thresholds must never give a smaller count.
 */
@FunctionalInterface
public interface ForcedLiquidations {

    int between(Map<Address, CollateralParameters> before, Map<Address, CollateralParameters> after);
}
