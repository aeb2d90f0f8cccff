package plimsoll.keeper.watch;

import java.math.BigInteger;
import java.util.Optional;
import plimsoll.chain.call.PendingTransaction;
import plimsoll.chain.tx.Forerunner;

/**
 * An answer that waits in the pool for its block.
 *
 * @param answer what the feed would say, if it takes the transmission
 * @param bytes the signed transaction, where a node hands it out; only then can anything stand behind it
 */
public record PendingPrice(
        PriceSource source, BigInteger answer, PendingTransaction transaction, Optional<String> bytes) {

    /** What stands behind it names it by this. */
    public Optional<Forerunner> forerunner() {
        return bytes.map(text -> new Forerunner(transaction.from(), transaction.nonce(), text));
    }
}
