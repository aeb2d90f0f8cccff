/**
 * Follows one market on its chain: blocks, logs, balances, indexes and prices, all of one block.
 *
 * <p>Not for judging what it sees: see {@code plimsoll.keeper.position}.
 */
@NullMarked
package plimsoll.keeper.watch;

import org.jspecify.annotations.NullMarked;
