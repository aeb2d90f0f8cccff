package plimsoll.chain.call;

import java.util.List;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/**
 * One event that a contract emitted.
 *
 * @param topics event signature first, then indexed arguments, 32 bytes each as 0x hex
 * @param data the other arguments as 0x hex
 * @param index position within the block
 */
public record EventLog(
        Address address,
        List<String> topics,
        String data,
        BlockNumber blockNumber,
        BlockHash blockHash,
        TxHash txHash,
        int index) {

    public EventLog {
        topics = List.copyOf(topics);
    }
}
