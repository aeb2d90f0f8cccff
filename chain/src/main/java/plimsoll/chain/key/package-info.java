/**
 * Signing keys: where they come from, and the one thing they do.
 *
 * <p>Not for showing them: no message, log line or {@code toString} holds key material.
 */
@NullMarked
package plimsoll.chain.key;

import org.jspecify.annotations.NullMarked;
