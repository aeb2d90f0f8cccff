/**
 * Value at risk and expected shortfall: from a sample, from a fitted tail, and as a forecast.
 *
 * <p>Not for the volatility that scales a tail from day to day: see {@code plimsoll.risk.volatility}.
 */
@NullMarked
package plimsoll.risk.tail;

import org.jspecify.annotations.NullMarked;
