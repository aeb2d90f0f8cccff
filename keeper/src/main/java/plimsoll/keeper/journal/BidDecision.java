package plimsoll.keeper.journal;

import java.util.Optional;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;

/**
 * What was bid for the place behind one update that was for sale while one block was the newest, or why nothing was. How a bid ended is told
 * by its intent.
 *
 * @param block the newest, on whose state the update was tried
 * @param behind the auction's name for the update
 * @param answers what the update would have feeds say, as text
 * @param account whose liquidation was the best of those that it made possible
 * @param profit of that, before the bid
 * @param price absent where none was come to
 * @param reasonKey of the bid's intent; absent where nothing was bid
 * @param why nothing was bid; absent where it was, and {@code dry run} where only that stood in the way
 */
public record BidDecision(
        BlockNumber block,
        TxHash behind,
        String answers,
        Address account,
        BaseValue profit,
        Optional<Price> price,
        Optional<String> reasonKey,
        Optional<String> why) {

    /** The tip on each unit of gas, and how many units the trial used. */
    public record Price(GasPrice tip, Gas gas) {}
}
