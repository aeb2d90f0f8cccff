package plimsoll.chain.log;

import java.util.List;
import plimsoll.units.BlockNumber;

/**
 * The durable memory of how far each follower has come: its newest applied block, and enough blocks below it to find the
 * common ancestor after a reorg. When a writing method returns, what it wrote survives a crash, all of it or nothing.
 */
public interface BlockStore {

    /** The blocks that the follower remembers, ascending; the last one is where it stands. Not every height need be there. */
    List<BlockRef> window(String follower);

    /** Adds blocks above all that are remembered, ascending, then forgets all but the newest {@code keep}. */
    void append(String follower, List<BlockRef> blocks, int keep);

    /** Forgets the blocks from {@code first} up. */
    void rewind(String follower, BlockNumber first);
}
