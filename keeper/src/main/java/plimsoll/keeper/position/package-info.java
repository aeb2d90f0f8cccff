/**
 * Accounts of a market and how healthy they are.
 *
 * <p>Not for acting: see {@code plimsoll.keeper.liquidation}.
 */
@NullMarked
package plimsoll.keeper.position;

import org.jspecify.annotations.NullMarked;
