/**
 * Prices and returns in time order, with what is missing from them named.
 *
 * <p>Not for reading files: an edge parses, this package checks and computes.
 */
@NullMarked
package plimsoll.risk.series;

import org.jspecify.annotations.NullMarked;
