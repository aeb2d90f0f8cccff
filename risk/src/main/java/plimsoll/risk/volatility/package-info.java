/**
 * Conditional volatility of a return series, and realised volatility of bars.
 *
 * <p>Not for tails: see {@code plimsoll.risk.tail}.
 */
@NullMarked
package plimsoll.risk.volatility;

import org.jspecify.annotations.NullMarked;
