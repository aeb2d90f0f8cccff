package plimsoll.chain.testing;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.log.BlockLogs;
import plimsoll.chain.log.LogConsumer;
import plimsoll.units.BlockNumber;

/** A state made of logs in the plainest way: the logs themselves, by block. */
public final class RecordingConsumer implements LogConsumer {

    private final SortedMap<BlockNumber, List<EventLog>> logs = new TreeMap<>();
    private int rewinds;

    @Override
    public void apply(BlockLogs run) {
        for (EventLog log : run.logs()) {
            logs.computeIfAbsent(log.blockNumber(), _ -> new ArrayList<>()).add(log);
        }
    }

    @Override
    public void rewind(BlockNumber first) {
        rewinds++;
        logs.tailMap(first).clear();
    }

    /** Every log that counts, in the order of the chain. */
    public List<EventLog> logs() {
        return logs.values().stream().flatMap(List::stream).toList();
    }

    public int rewinds() {
        return rewinds;
    }
}
