/**
 * The arithmetic of Aave v3, exact to the last wei for the pool revision it names.
 *
 * <p>Not for reading a chain: callers bring the numbers.
 */
@NullMarked
package plimsoll.protocol.aave;

import org.jspecify.annotations.NullMarked;
