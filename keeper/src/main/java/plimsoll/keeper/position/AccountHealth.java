package plimsoll.keeper.position;

import java.util.List;
import java.util.Optional;
import plimsoll.protocol.aave.AaveAccountData;
import plimsoll.protocol.aave.AaveHolding;
import plimsoll.protocol.aave.AaveValuation;
import plimsoll.units.HealthFactor;

/**
 * How an account stands, exactly.
 *
 * @param data absent where the protocol itself has no price for something that the account holds
 * @param objections why we would not act on the account's prices, by reserve
 */
public record AccountHealth(AccountPosition position, Optional<AaveAccountData> data, List<Objection> objections) {

    /** A price that we do not act on. */
    public record Objection(Reserve reserve, String why) {}

    public AccountHealth {
        objections = List.copyOf(objections);
    }

    public static AccountHealth of(AccountPosition position, MarketState market, AaveValuation valuation) {
        List<Integer> counted = position.holdings().holdings().stream()
                .filter(holding ->
                        holding.usedAsCollateral() || !holding.borrowed().isZero())
                .map(AaveHolding::reserve)
                .toList();
        boolean isPriced = counted.stream()
                .allMatch(reserve -> market.price(reserve).counted().isPresent());
        List<Objection> objections = counted.stream()
                .flatMap(reserve ->
                        market
                                .price(reserve)
                                .objection()
                                .map(why -> new Objection(market.reserve(reserve), why))
                                .stream())
                .toList();
        return new AccountHealth(
                position,
                isPriced ? Optional.of(valuation.accountData(position.holdings())) : Optional.empty(),
                objections);
    }

    public Optional<HealthFactor> healthFactor() {
        return data.flatMap(AaveAccountData::healthFactor);
    }

    /** Whether the account is below the line, or cannot be shown not to be. */
    public boolean needsDecision() {
        return data.map(AaveAccountData::isLiquidatable).orElse(true);
    }
}
