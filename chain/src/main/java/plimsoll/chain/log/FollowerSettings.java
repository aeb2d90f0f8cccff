package plimsoll.chain.log;

import plimsoll.units.BlockNumber;

/**
 * How a follower reads a chain.
 *
 * @param name under which its position is stored; one consumer, one name
 * @param start the first block that can hold a wanted log
 * @param near how many of the newest blocks are read one by one, pinned by hash; older ones come in pages
 * @param largestPage the most blocks asked for at once while catching up
 * @param keep how many blocks are remembered, the deepest reorg that is survived without starting again
 */
public record FollowerSettings(String name, BlockNumber start, int near, int largestPage, int keep) {

    public FollowerSettings {
        if (near < 1 || largestPage < 1 || keep < near) {
            throw new IllegalArgumentException("Follower must remember at least the blocks near the head: near=" + near
                    + " keep=" + keep + " largestPage=" + largestPage);
        }
    }

    /** The newest 64 blocks one by one, pages of up to 5 000, 512 blocks remembered. */
    public static FollowerSettings of(String name, BlockNumber start) {
        return new FollowerSettings(name, start, 64, 5_000, 512);
    }
}
