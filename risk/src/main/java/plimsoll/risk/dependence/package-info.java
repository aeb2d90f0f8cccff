/**
 * How prices move together: correlations, shrunk, repaired and over time; the t copula; stress regimes of both.
 *
 * <p>Not for how one price moves (see {@code plimsoll.risk.volatility}) and not for paths.
 */
@NullMarked
package plimsoll.risk.dependence;

import org.jspecify.annotations.NullMarked;
