package plimsoll.keeper.position;

import java.time.Instant;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/** The one block that everything known about a market belongs to. */
public record MarketBlock(BlockNumber number, BlockHash hash, Instant time) {}
