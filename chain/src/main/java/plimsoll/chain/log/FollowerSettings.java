package plimsoll.chain.log;

import plimsoll.units.BlockNumber;

/**
 * How a follower reads a chain.
 *
 * @param name under which the position of an only consumer is stored
 * @param start the first block that can hold a wanted log
 * @param near how many of the newest blocks are read one by one, pinned by hash; older ones come in pages
 * @param keep the most blocks that are remembered above the last final one
 * @param paging how older blocks are read
 * @param finality which blocks can never be taken back
 * @param bloom how the node's logs are checked against its headers
 */
public record FollowerSettings(
        String name, BlockNumber start, int near, int keep, Paging paging, Finality finality, BloomCheck bloom) {

    public FollowerSettings {
        if (near < 1 || keep < near) {
            throw new IllegalArgumentException(
                    "Follower must remember at least the blocks near the head: near=" + near + " keep=" + keep);
        }
    }

    /** The newest 64 blocks one by one, ordinary pages, 512 blocks remembered, the chain's own finality, bloom near the head. */
    public static FollowerSettings of(String name, BlockNumber start) {
        return new FollowerSettings(name, start, 64, 512, Paging.ordinary(), Finality.tagged(), BloomCheck.near());
    }

    public FollowerSettings withNear(int blocks) {
        return new FollowerSettings(name, start, blocks, keep, paging, finality, bloom);
    }

    public FollowerSettings withKeep(int blocks) {
        return new FollowerSettings(name, start, near, blocks, paging, finality, bloom);
    }

    public FollowerSettings withPaging(Paging chosen) {
        return new FollowerSettings(name, start, near, keep, chosen, finality, bloom);
    }

    public FollowerSettings withFinality(Finality chosen) {
        return new FollowerSettings(name, start, near, keep, paging, chosen, bloom);
    }

    public FollowerSettings withBloom(BloomCheck chosen) {
        return new FollowerSettings(name, start, near, keep, paging, finality, chosen);
    }
}
