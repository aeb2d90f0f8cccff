/**
 * What our rules say about liquidations and positions of the past, beside what was recorded: pure arithmetic over given rows.
 *
 * <p>Not for reading their files: see {@code plimsoll.keeper.cli}.
 */
@NullMarked
package plimsoll.keeper.history;

import org.jspecify.annotations.NullMarked;
