package plimsoll.keeper.position;

import java.util.List;
import java.util.Map;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * A book as it was left, for the next run to go on from.
 *
 * @param recent the newest blocks that it had taken in, ascending, at least one; the positions are true at the last
 * @param reserves the asset behind each reserve number that the positions name
 */
public record BookSnapshot(List<RecentBlock> recent, Map<Integer, Address> reserves, List<AccountPosition> positions) {

    public BookSnapshot {
        recent = List.copyOf(recent);
        reserves = Map.copyOf(reserves);
        positions = List.copyOf(positions);
        if (recent.isEmpty()) {
            throw new IllegalArgumentException("Snapshot names no block: positions=" + positions.size());
        }
    }

    /** The block that the positions are true at. */
    public BlockNumber block() {
        return recent.getLast().number();
    }
}
