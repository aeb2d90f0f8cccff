/**
 * The parameters of reserves: closed forms of risk measures, refined by simulations, kept calm over time.
 *
 * <p>Not for simulating: a refinement is given a function that does. Not for rounding and clamping to what a contract accepts: that is the oracle's one door back to exact numbers.
 */
@NullMarked
package plimsoll.risk.calibration;

import org.jspecify.annotations.NullMarked;
