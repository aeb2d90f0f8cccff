/**
 * Fakes of chain's edges: they behave like the real thing, in memory.
 *
 * <p>Not for production code.
 */
@NullMarked
package plimsoll.chain.testing;

import org.jspecify.annotations.NullMarked;
