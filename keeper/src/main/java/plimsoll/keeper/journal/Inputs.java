package plimsoll.keeper.journal;

import java.util.List;
import java.util.Optional;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;

/**
 * Everything that a decision rests on, so that it can be taken again.
 *
 * @param market what the protocol's adapter says that the decision rests on
 * @param trials what the chain said to each opportunity; empty where the decision fell before
 */
public record Inputs(
        AccountPosition position,
        Object market,
        GasPrice gasPrice,
        Optional<Price> coin,
        Policy policy,
        List<Trial> trials) {

    public Inputs {
        trials = List.copyOf(trials);
    }
}
