package plimsoll.keeper.journal;

import java.util.List;
import plimsoll.keeper.liquidation.Circumstances;
import plimsoll.keeper.liquidation.Conditions;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.MarketBlock;

/**
 * Everything that a block's decisions rest on, so that they can be taken again: accounts of one block share our funds, and so they are
 * decided together.
 *
 * @param subjects the accounts that are below the line or cannot be shown not to be, in the order in which they were looked at
 * @param trials what the chain said to each opportunity; empty where every decision fell before
 */
public record Scene(
        MarketBlock block,
        Policy policy,
        Conditions conditions,
        Circumstances circumstances,
        List<Subject> subjects,
        List<Trial> trials) {

    /**
     * One account.
     *
     * @param market what the protocol's adapter says that the decision rests on
     */
    public record Subject(AccountPosition position, Object market) {}

    public Scene {
        subjects = List.copyOf(subjects);
        trials = List.copyOf(trials);
    }
}
