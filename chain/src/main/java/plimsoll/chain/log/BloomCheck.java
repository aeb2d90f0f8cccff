package plimsoll.chain.log;

import plimsoll.units.BlockHash;

/**
 * How far a node's logs are held against the filters in its headers.
 *
 * @param reach which blocks are looked at
 * @param share of the blocks whose wanted logs were answered, 0 to 1: how many are read whole all the same, to find a list
 *     of which a part was dropped
 */
public record BloomCheck(Reach reach, double share) {

    public enum Reach {
        /** No block; for chains whose headers carry no true filter. */
        NONE,
        /** The blocks near the head, which are read one by one. */
        NEAR,
        /** Every block: while catching up all headers are read, too. */
        ALL
    }

    public BloomCheck {
        if (!(share >= 0 && share <= 1)) {
            throw new IllegalArgumentException("Share of blocks to check is outside 0..1: found=" + share);
        }
    }

    /** Near the head, and one block in ten whole. */
    public static BloomCheck near() {
        return new BloomCheck(Reach.NEAR, 0.1);
    }

    public static BloomCheck all(double share) {
        return new BloomCheck(Reach.ALL, share);
    }

    public static BloomCheck none() {
        return new BloomCheck(Reach.NONE, 0);
    }

    /** The choice falls by the block's hash: the same for everybody, and nobody can know it before the block is made. */
    boolean chooses(BlockHash block) {
        return Long.parseLong(block.hex(), 58, 66, 16) < share * (1L << 32);
    }
}
