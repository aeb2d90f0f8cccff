package plimsoll.keeper.watch;

import java.util.List;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * Which market is watched, and from where.
 *
 * @param firstBlock logs are read from here; every account that had something before must be among the known ones
 * @param knownAccounts accounts from an earlier run, read whole at the start
 */
public record WatchSettings(Address pool, BlockNumber firstBlock, List<Address> knownAccounts, Heartbeats heartbeats) {

    public WatchSettings {
        knownAccounts = List.copyOf(knownAccounts);
    }
}
