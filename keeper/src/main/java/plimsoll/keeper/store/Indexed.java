package plimsoll.keeper.store;

import java.util.List;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** How far an earlier run had come: its last snapshot's block, and everybody who had a position then. */
public record Indexed(BlockNumber block, List<Address> accounts) {

    public Indexed {
        accounts = List.copyOf(accounts);
    }
}
