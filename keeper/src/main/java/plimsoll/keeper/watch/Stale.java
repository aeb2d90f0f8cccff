package plimsoll.keeper.watch;

import java.util.HashSet;
import java.util.Set;
import plimsoll.keeper.position.Touch;
import plimsoll.units.Address;

/**
 * What has to be read again before the book is true.
 *
 * @param parameters whether what governance sets may have changed
 * @param touches facts about accounts and indexes; an account that the book does not know is named whole
 */
public record Stale(boolean parameters, Set<Touch> touches) {

    public Stale {
        touches = Set.copyOf(touches);
    }

    /** Every account of which something is stale, for protocols that read accounts whole. */
    public Set<Address> accounts() {
        Set<Address> accounts = new HashSet<>();
        touches.forEach(touch -> touch.whose().ifPresent(accounts::add));
        return accounts;
    }
}
