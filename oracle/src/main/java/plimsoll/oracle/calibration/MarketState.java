package plimsoll.oracle.calibration;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.units.Address;

/**
 * A market at one moment: everything that a calibration takes in.
 *
 * @param time nothing later was looked at
 * @param reserves in the market's own order
 * @param book every account with debt; empty where it could not be valued, or none was given
 * @param bookFault why the book could not be valued; nothing is recommended then
 * @param sales what selling each asset was quoted to cost; assets without quotes are not in it
 * @param purchases what buying each asset back was quoted to cost, likewise
 */
public record MarketState(
        Origin origin,
        Instant time,
        List<Reserve> reserves,
        Book book,
        Optional<String> bookFault,
        Map<Address, SaleQuotes> sales,
        Map<Address, SaleQuotes> purchases) {

    public MarketState {
        reserves = List.copyOf(reserves);
        sales = new TreeMap<>(sales);
        purchases = new TreeMap<>(purchases);
    }

    /** Where on a chain it was read; only of a market that was. */
    public Origin.OnChain onChain() {
        return switch (origin) {
            case Origin.OnChain chain -> chain;
            case Origin.FromFiles files ->
                throw new IllegalStateException("Market was read from files: market=" + files.market());
        };
    }
}
