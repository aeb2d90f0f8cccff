package plimsoll.keeper.position;

import java.util.List;
import java.util.Set;
import plimsoll.units.Address;

/**
 * What a new state of the market means for whoever keeps a copy of the book.
 *
 * @param read the accounts of which something was read anew; the others are as they were
 * @param recent the newest blocks that the book has taken in, ascending; the last is the one it is true at
 */
public record BookChange(Set<Address> read, List<RecentBlock> recent) {

    public BookChange {
        read = Set.copyOf(read);
        recent = List.copyOf(recent);
    }
}
