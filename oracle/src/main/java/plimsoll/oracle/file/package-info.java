/**
 * Prices, bars, returns and losses from CSV files, with the file and line of whatever is wrong in them.
 *
 * <p>Not for what the numbers mean: it hands over the series of {@code plimsoll.risk}.
 */
@NullMarked
package plimsoll.oracle.file;

import org.jspecify.annotations.NullMarked;
