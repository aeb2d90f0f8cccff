package plimsoll.chain.call;

import java.time.Instant;
import java.util.Optional;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;

/**
 * What a block says about itself.
 *
 * @param baseFee the EIP-1559 base fee; absent on chains without one
 * @param logsBloom the filter of all its logs' addresses and topics, 256 bytes as 0x hex
 */
public record BlockHeader(
        BlockNumber number,
        BlockHash hash,
        BlockHash parentHash,
        Instant time,
        Optional<GasPrice> baseFee,
        Gas gasLimit,
        Gas gasUsed,
        String logsBloom) {

    /** The filter of the logs as such; absent where the header carries none. */
    public Optional<LogsBloom> bloom() {
        return LogsBloom.parse(logsBloom);
    }

    public BlockAt at() {
        return BlockAt.hash(hash);
    }

    public boolean isChildOf(BlockHeader parent) {
        return parentHash.equals(parent.hash) && number.equals(parent.number.next());
    }
}
