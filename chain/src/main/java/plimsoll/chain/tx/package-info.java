/**
 * Transactions that cannot be lost or doubled: intents stored before their bytes exist, one owner of nonces per lane,
 * fees raised until a block takes them.
 *
 * <p>Not for deciding what to send, nor for keeping keys.
 */
@NullMarked
package plimsoll.chain.tx;

import org.jspecify.annotations.NullMarked;
