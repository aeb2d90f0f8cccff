/**
 * Morpho Blue on the local chain, beside the market of {@link plimsoll.devnet.Devnet} and over the same tokens.
 *
 * <p>Not for reading positions as a keeper does: that is what tests compare with this.
 */
@NullMarked
package plimsoll.devnet.morpho;

import org.jspecify.annotations.NullMarked;
