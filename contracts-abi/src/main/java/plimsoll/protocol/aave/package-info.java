/**
 * The arithmetic of Aave v3, exact to the last wei, by the revision that the pool says it is.
 *
 * <p>Not for reading a chain: callers bring the numbers.
 */
@NullMarked
package plimsoll.protocol.aave;

import org.jspecify.annotations.NullMarked;
