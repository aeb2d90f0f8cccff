/**
 * A devnet for a test class, which each test leaves as it found it.
 *
 * <p>Not for tests that need a chain of their own, or several: these start a {@code Devnet} themselves.
 */
@NullMarked
package plimsoll.devnet.testing;

import org.jspecify.annotations.NullMarked;
