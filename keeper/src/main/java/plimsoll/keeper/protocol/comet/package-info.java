/**
 * A Compound III market as the engine sees it: accounts that can be absorbed, and the market itself as the seller of what it absorbed.
 *
 * <p>Not for the arithmetic itself: see {@code plimsoll.protocol.comet}.
 */
@NullMarked
package plimsoll.keeper.protocol.comet;

import org.jspecify.annotations.NullMarked;
