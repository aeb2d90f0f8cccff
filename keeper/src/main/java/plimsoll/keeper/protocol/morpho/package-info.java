/**
 * A Morpho Blue market as the engine sees it, the loan token being its base currency: which logs matter, how positions are read,
 * what the contract and a pre-liquidation contract beside it would do.
 *
 * <p>Not for the arithmetic itself: see {@code plimsoll.protocol.morpho}.
 */
@NullMarked
package plimsoll.keeper.protocol.morpho;

import org.jspecify.annotations.NullMarked;
