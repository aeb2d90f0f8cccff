package plimsoll.oracle.calibration;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;

/**
 * A market as one block shows it: everything that a calibration takes in.
 *
 * @param configurator the contract that sets parameters of {@code pool}
 * @param reserves in the pool's own order
 * @param book every account with debt; empty where it could not be valued
 * @param bookFault why the book could not be valued; nothing is recommended then
 */
public record MarketState(
        ChainId chain,
        Address pool,
        Address configurator,
        BlockNumber block,
        BlockHash blockHash,
        Instant blockTime,
        ReadingSettings reading,
        List<Reserve> reserves,
        Book book,
        Optional<String> bookFault) {

    public MarketState {
        reserves = List.copyOf(reserves);
    }
}
