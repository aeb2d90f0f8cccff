package plimsoll.keeper.journal;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.liquidation.Trial;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.Reserve;
import plimsoll.protocol.aave.AaveEModeCategory;
import plimsoll.units.GasPrice;
import plimsoll.units.Price;

/**
 * Everything that a decision rests on, so that it can be taken again.
 *
 * @param reserves those that the account touches
 * @param prices what was known of the price of each asset of the account, by symbol
 * @param trials what the chain said to each opportunity; empty where the decision fell before
 */
public record Inputs(
        AccountPosition position,
        List<Reserve> reserves,
        Optional<AaveEModeCategory> efficiencyMode,
        Map<String, PriceView> prices,
        GasPrice gasPrice,
        Optional<Price> coin,
        Policy policy,
        List<Trial> trials) {

    public Inputs {
        reserves = List.copyOf(reserves);
        prices = Map.copyOf(prices);
        trials = List.copyOf(trials);
    }
}
