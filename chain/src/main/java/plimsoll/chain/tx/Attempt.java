package plimsoll.chain.tx;

import java.time.Instant;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;

/**
 * One signed form of an intent. Every attempt of an intent has the same nonce, so at most one of them is ever mined.
 *
 * @param number counted from 1
 * @param bytes the signed transaction as 0x hex, ready to send
 */
public record Attempt(
        int number,
        GasPrice maxFee,
        GasPrice maxPriorityFee,
        TxHash hash,
        String bytes,
        Purpose purpose,
        Instant signedAt) {

    /** What it means if this attempt is the one that a block takes. */
    public sealed interface Purpose {

        /** The intent has happened. */
        record Act() implements Purpose {}

        /** The nonce is used up by a transaction that does nothing, and the intent is given up. */
        record Drop(String reason) implements Purpose {}

        /** The nonce is used up by a transaction that does nothing, and the intent is planned again under a later one. */
        record Yield(String reason) implements Purpose {}
    }

    /** Whether it does nothing but use the nonce up. */
    public boolean cancels() {
        return !(purpose instanceof Purpose.Act);
    }
}
