package plimsoll.chain.auction;

import java.util.Optional;

/** What an auction says to a bid. Whether the place was won only the block tells. */
public sealed interface BidAnswer {

    /**
     * It takes part.
     *
     * @param bundle the auction's name for it, where it gives one
     */
    record Accepted(Optional<String> bundle) implements BidAnswer {}

    /** It does not, and the auction does not have it. */
    record Refused(String why) implements BidAnswer {}
}
