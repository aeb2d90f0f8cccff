/**
 * The arithmetic of Morpho Blue, exact to the last wei, and of the pre-liquidation contracts beside it.
 *
 * <p>Not for reading a chain: callers bring the numbers.
 */
@NullMarked
package plimsoll.protocol.morpho;

import org.jspecify.annotations.NullMarked;
