/**
 * Where prices can go together from here: joint paths of many assets in blocks, and who runs the blocks.
 *
 * <p>Not for what the paths do to a market's positions: that is {@code simulation}.
 */
@NullMarked
package plimsoll.risk.path;

import org.jspecify.annotations.NullMarked;
