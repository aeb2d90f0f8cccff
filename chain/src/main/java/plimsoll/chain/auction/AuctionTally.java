package plimsoll.chain.auction;

/**
 * What an auction has told since the start.
 *
 * @param events all that it sent
 * @param unreadable those that were too large or no event of its kind, and were left out
 * @param forgotten offers that nobody took in time
 * @param outages how often the connection broke or could not be made
 */
public record AuctionTally(long events, long unreadable, long forgotten, long outages) {}
