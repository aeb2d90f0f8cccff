package plimsoll.chain.tx;

import java.time.Instant;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;

/**
 * One signed form of an intent. Every attempt of an intent has the same nonce, so at most one of them is ever mined.
 *
 * @param number counted from 1
 * @param bytes the signed transaction as 0x hex, ready to send
 * @param cancels whether it does nothing but use the nonce up, because the intent itself cannot be sent
 */
public record Attempt(
        int number,
        GasPrice maxFee,
        GasPrice maxPriorityFee,
        TxHash hash,
        String bytes,
        boolean cancels,
        Instant signedAt) {}
