/**
 * A relay, an auction and their builder for the local chain, which has none: they take bundles as real ones do and build blocks out of them.
 *
 * <p>Not for the public chain, and no model of how builders compete.
 */
@NullMarked
package plimsoll.devnet.relay;

import org.jspecify.annotations.NullMarked;
