package plimsoll.chain.log;

import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/** A block by height and name. */
public record BlockRef(BlockNumber number, BlockHash hash) {}
