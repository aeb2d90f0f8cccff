/**
 * Does a loss forecast hold? Forecasts replayed against history, and the tests of the result.
 *
 * <p>Not for making forecasts: it is given a forecaster.
 */
@NullMarked
package plimsoll.risk.backtest;

import org.jspecify.annotations.NullMarked;
