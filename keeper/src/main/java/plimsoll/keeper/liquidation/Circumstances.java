package plimsoll.keeper.liquidation;

import java.util.Map;
import java.util.Optional;
import plimsoll.units.Address;

/**
 * What we know of ourselves when a block is judged.
 *
 * @param self the account that we act as, where there is one
 * @param pending the reasons of our transactions that have no outcome yet, by the account that they liquidate
 */
public record Circumstances(Optional<Address> self, Map<Address, String> pending) {

    public Circumstances {
        pending = Map.copyOf(pending);
    }
}
