package plimsoll.chain.call;

import plimsoll.units.BlockHash;

/** Which logs of one block are wanted. */
public record BlockLogQuery(BlockHash block, LogQuery query) {}
