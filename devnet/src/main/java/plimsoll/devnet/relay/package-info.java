/**
 * A relay and builder for the local chain, which has none: takes bundles as real ones do and builds blocks out of them.
 *
 * <p>Not for the public chain, and no model of how builders compete.
 */
@NullMarked
package plimsoll.devnet.relay;

import org.jspecify.annotations.NullMarked;
