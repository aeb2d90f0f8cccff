package plimsoll.chain.call;

import java.util.List;
import plimsoll.units.BlockNumber;
import plimsoll.units.GasPrice;

/**
 * Fees of the last blocks.
 *
 * @param baseFees one for each block from {@code oldest} on, and one more: that of the block to come
 * @param rewards for each block the tips paid at the percentiles asked, in their order
 */
public record FeeHistory(BlockNumber oldest, List<GasPrice> baseFees, List<List<GasPrice>> rewards) {

    public FeeHistory {
        baseFees = List.copyOf(baseFees);
        rewards = rewards.stream().map(List::copyOf).toList();
    }

    /** The last block that was mined. */
    public BlockNumber newest() {
        return oldest.plus(baseFees.size() - 2);
    }

    public GasPrice nextBaseFee() {
        return baseFees.getLast();
    }
}
