package plimsoll.chain.log;

import java.util.List;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.EventLog;
import plimsoll.units.BlockNumber;

/**
 * The wanted logs of a run of blocks: one block near the head, a whole page while catching up.
 *
 * @param first the first block of the run
 * @param last the last block of the run; {@code first} and {@code last} are the same near the head
 * @param logs in the order of the chain; empty where no block of the run held any
 */
public record BlockLogs(BlockNumber first, BlockHeader last, List<EventLog> logs) {

    public BlockLogs {
        logs = List.copyOf(logs);
    }
}
