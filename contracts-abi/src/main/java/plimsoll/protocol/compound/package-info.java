/**
 * The arithmetic of the Compound v2 lineage, exact to the last wei for the revision it names: Venus core 10.3 and plain
 * Compound v2.
 *
 * <p>Not for reading a chain: callers bring the numbers.
 */
@NullMarked
package plimsoll.protocol.compound;

import org.jspecify.annotations.NullMarked;
