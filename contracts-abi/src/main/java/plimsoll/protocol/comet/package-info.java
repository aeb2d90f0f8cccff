/**
 * The arithmetic of Compound III, exact to the last wei by its published rules; unproven on chain.
 *
 * <p>Not for reading a chain: callers bring the numbers. "Unproven on chain" because no package of the real contract can be had.
 */
@NullMarked
package plimsoll.protocol.comet;

import org.jspecify.annotations.NullMarked;
