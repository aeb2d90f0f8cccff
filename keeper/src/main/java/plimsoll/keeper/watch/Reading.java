package plimsoll.keeper.watch;

import java.util.List;
import plimsoll.chain.call.CallResult;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.position.Fact;

/** What was read at one block: facts about accounts, the market around them, and the answers to the calls that travelled along. */
public record Reading(List<Fact> facts, Market market, List<CallResult> alongside) {

    public Reading {
        facts = List.copyOf(facts);
        alongside = List.copyOf(alongside);
    }

    /** The same with the answers of another exchange about the same block. */
    Reading with(List<CallResult> others) {
        return new Reading(facts, market, others);
    }
}
