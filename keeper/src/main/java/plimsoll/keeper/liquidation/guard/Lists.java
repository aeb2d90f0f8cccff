package plimsoll.keeper.liquidation.guard;

import java.util.Set;
import plimsoll.units.Address;

/**
 * Assets and accounts that the operator names.
 *
 * @param denied never touched
 * @param allowed where any is named, no other is touched
 */
public record Lists(Set<Address> denied, Set<Address> allowed) {

    public static final Lists NONE = new Lists(Set.of(), Set.of());

    public Lists {
        denied = Set.copyOf(denied);
        allowed = Set.copyOf(allowed);
    }

    boolean excludes(Address address) {
        return denied.contains(address) || (!allowed.isEmpty() && !allowed.contains(address));
    }
}
