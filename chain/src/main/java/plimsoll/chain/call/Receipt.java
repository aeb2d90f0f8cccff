package plimsoll.chain.call;

import java.util.List;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/**
 * What became of a transaction that a block holds.
 *
 * @param succeeded false where it reverted; its fee is paid all the same
 * @param created the contract that it made, if it made one
 */
public record Receipt(
        TxHash txHash,
        BlockNumber blockNumber,
        BlockHash blockHash,
        int index,
        boolean succeeded,
        Gas gasUsed,
        GasPrice effectiveGasPrice,
        Optional<Address> created,
        List<EventLog> logs) {

    public Receipt {
        logs = List.copyOf(logs);
    }

    public Wei fee() {
        return effectiveGasPrice.times(gasUsed);
    }
}
