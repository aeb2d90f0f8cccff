/**
 * A devnet for a test class, which each test leaves as it found it, and a bare node for a test that needs no protocol.
 *
 * <p>Not for tests that need a devnet of their own, or several: these start a {@code Devnet} themselves.
 */
@NullMarked
package plimsoll.devnet.testing;

import org.jspecify.annotations.NullMarked;
