/**
 * Collateral parameters as closed forms of risk measures.
 *
 * <p>Not for rounding and clamping to what a contract accepts: that is the oracle's one door back to exact numbers.
 */
@NullMarked
package plimsoll.risk.calibration;

import org.jspecify.annotations.NullMarked;
