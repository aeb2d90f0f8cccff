/**
 * Typed reads of a chain: blocks, accounts, calls, logs and receipts, pinned to block hashes where it matters.
 *
 * <p>Not for sending transactions, nor for following a chain as it grows.
 */
@NullMarked
package plimsoll.chain.call;

import org.jspecify.annotations.NullMarked;
