package plimsoll.keeper.position;

import java.util.Set;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/** A block that the book has taken in, and the accounts that it, or a block between it and the one before, touched. */
public record RecentBlock(BlockNumber number, BlockHash hash, Set<Address> touched) {

    public RecentBlock {
        touched = Set.copyOf(touched);
    }
}
