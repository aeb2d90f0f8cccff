package plimsoll.chain.key;

import plimsoll.units.TxHash;

/**
 * A transaction that any node can take.
 *
 * @param bytes the whole transaction as 0x hex
 */
public record SignedTransaction(TxHash hash, String bytes) {}
