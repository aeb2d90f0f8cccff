/**
 * Which forecast model deserves to be believed: scores out of sample, and whether a difference between them means anything.
 *
 * <p>Not for whether a model is right: a champion can be the best of a bad lot, see {@code plimsoll.risk.backtest}.
 */
@NullMarked
package plimsoll.risk.selection;

import org.jspecify.annotations.NullMarked;
