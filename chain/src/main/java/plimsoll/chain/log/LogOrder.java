package plimsoll.chain.log;

import java.util.List;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;

/** The order in which a chain's logs stand. */
final class LogOrder {

    private LogOrder() {}

    /** The same logs; throws where they are out of order, repeated, or of two blocks at one height. */
    static List<EventLog> required(List<EventLog> logs) {
        for (int i = 1; i < logs.size(); i++) {
            EventLog before = logs.get(i - 1);
            EventLog log = logs.get(i);
            int blocks = before.blockNumber().compareTo(log.blockNumber());
            if (blocks > 0 || (blocks == 0 && before.index() >= log.index())) {
                throw RpcException.corrupt("Logs are out of order or repeated: block=" + log.blockNumber() + " index="
                        + log.index() + " after block=" + before.blockNumber() + " index=" + before.index());
            }
            if (blocks == 0 && !before.blockHash().equals(log.blockHash())) {
                throw new RpcException(
                        Kind.TRANSIENT, "Logs of one height name two blocks: block=" + log.blockNumber());
            }
        }
        return logs;
    }
}
