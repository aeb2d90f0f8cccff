/**
 * A real lending market on a local chain, driven in the domain's words.
 *
 * <p>Not for production code: only tests and the demo import it.
 */
@NullMarked
package plimsoll.devnet;

import org.jspecify.annotations.NullMarked;
