package plimsoll.keeper.watch;

import java.time.Instant;
import java.util.List;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.CallResult;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.position.BookChange;

/**
 * A new state of the market: the book has been brought to it.
 *
 * @param seenAt when its block was first seen, by our clock
 * @param change what became of the book
 * @param alongside the answers to the calls that travelled with the reads
 */
public record Sighting(
        BlockHeader header, Market market, Instant seenAt, BookChange change, List<CallResult> alongside) {

    public Sighting {
        alongside = List.copyOf(alongside);
    }
}
