/**
 * What to do about an account below the line: which debt, which collateral, how much, and whether it pays.
 *
 * <p>Not for doing it: see {@code plimsoll.keeper.execute}.
 */
@NullMarked
package plimsoll.keeper.liquidation;

import org.jspecify.annotations.NullMarked;
