package plimsoll.chain.pool;

import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/** A newest block: the one that an endpoint announces, or the one that enough endpoints agree on. */
public record Head(BlockNumber number, BlockHash hash) {

    @Override
    public String toString() {
        return number + " " + hash;
    }
}
