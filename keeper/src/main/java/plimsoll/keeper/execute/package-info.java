/**
 * Turns plans into transactions: tries them, sends them, follows them, and sells what was seized.
 *
 * <p>Not for choosing what to do: see {@code plimsoll.keeper.liquidation}.
 */
@NullMarked
package plimsoll.keeper.execute;

import org.jspecify.annotations.NullMarked;
