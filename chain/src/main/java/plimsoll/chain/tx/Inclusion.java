package plimsoll.chain.tx;

import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/**
 * Where a transaction stands on the chain, and what it cost.
 *
 * @param succeeded false where the contract reverted; the fee is paid all the same
 */
public record Inclusion(
        TxHash tx, BlockNumber blockNumber, BlockHash blockHash, boolean succeeded, Gas gasUsed, GasPrice gasPrice) {

    public Wei fee() {
        return gasPrice.times(gasUsed);
    }
}
