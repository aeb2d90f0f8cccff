/**
 * What our transactions brought and cost, read from their receipts, and held against what the chain says that we own.
 *
 * <p>Not for deciding what would pay: see {@code plimsoll.keeper.liquidation}.
 */
@NullMarked
package plimsoll.keeper.profit;

import org.jspecify.annotations.NullMarked;
