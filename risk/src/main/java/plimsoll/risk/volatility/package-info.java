/**
 * Conditional volatility of a return series.
 *
 * <p>Not for tails: see {@code plimsoll.risk.tail}.
 */
@NullMarked
package plimsoll.risk.volatility;

import org.jspecify.annotations.NullMarked;
