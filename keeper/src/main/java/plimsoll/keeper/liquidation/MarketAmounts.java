package plimsoll.keeper.liquidation;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.Asset;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/** What a market's own arithmetic says of smaller amounts. */
final class MarketAmounts implements Amounts {

    private final Function<Address, Market> markets;
    private final Map<Address, AccountHealth> accounts = new HashMap<>();

    MarketAmounts(Function<Address, Market> markets, List<AccountHealth> accounts) {
        this.markets = markets;
        accounts.forEach(health -> this.accounts.put(health.position().account(), health));
    }

    @Override
    public Optional<Opportunity> covering(Opportunity opportunity, TokenAmount repaid) {
        Optional<AccountHealth> health = Optional.ofNullable(accounts.get(opportunity.account()));
        Market market = markets.apply(opportunity.account());
        Optional<Asset> collateral = market.asset(opportunity.collateral().asset());
        Optional<Asset> debt = market.asset(opportunity.debt().asset());
        if (health.isEmpty() || collateral.isEmpty() || debt.isEmpty()) {
            return Optional.empty();
        }
        Pair pair = new Pair(collateral.get().number(), debt.get().number());
        return market.covering(health.get().position(), pair, repaid) instanceof Outcome.Seizure seizure
                ? Optional.of(Opportunities.opportunity(health.get(), market, pair, seizure))
                : Optional.empty();
    }
}
