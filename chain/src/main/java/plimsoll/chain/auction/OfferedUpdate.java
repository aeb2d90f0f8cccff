package plimsoll.chain.auction;

import java.time.Instant;
import java.util.List;
import plimsoll.chain.call.Call;
import plimsoll.units.TxHash;

/**
 * A transaction, or several that stay together, that no block holds yet and behind which a place is for sale.
 *
 * @param reference the auction's name for it, by which a bid says what it stands behind
 * @param calls what is told of it: the transactions whose receiver and data are known, in their order
 * @param heardAt by our clock
 */
public record OfferedUpdate(TxHash reference, List<Call> calls, Instant heardAt) {

    public OfferedUpdate {
        calls = List.copyOf(calls);
    }
}
