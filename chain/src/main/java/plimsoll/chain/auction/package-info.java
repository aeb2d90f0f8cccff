/**
 * Auctions of oracle-extractable value: an update of a price feed is offered before any block holds it, and the place directly behind it is
 * sold. {@code OevAuction} tells what is for sale and takes bids; {@code MevShareAuction} is the first kind.
 *
 * <p>Not for deciding what a place is worth, nor for nonces and fees: the keeper decides, and lanes see an auction as a way of broadcasting.
 */
@NullMarked
package plimsoll.chain.auction;

import org.jspecify.annotations.NullMarked;
