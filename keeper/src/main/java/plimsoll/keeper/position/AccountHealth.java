package plimsoll.keeper.position;

import java.util.List;
import java.util.Optional;
import plimsoll.units.HealthFactor;

/**
 * How an account stands, exactly.
 *
 * @param standing absent where the protocol itself has no price for something that the account holds
 * @param objections why we would not act on the account's prices, by reserve
 */
public record AccountHealth(AccountPosition position, Optional<Standing> standing, List<Objection> objections) {

    /** A price that we do not act on. */
    public record Objection(Asset asset, String why) {}

    public AccountHealth {
        objections = List.copyOf(objections);
    }

    public static AccountHealth of(AccountPosition position, MarketState market) {
        List<Objection> objections = position.holdings().stream()
                .filter(holding ->
                        holding.usedAsCollateral() || !holding.borrowed().isZero())
                .map(Holding::reserve)
                .flatMap(reserve ->
                        market
                                .price(reserve)
                                .objection()
                                .map(why -> new Objection(market.asset(reserve), why))
                                .stream())
                .toList();
        return new AccountHealth(position, market.standing(position), objections);
    }

    public Optional<HealthFactor> healthFactor() {
        return standing.flatMap(Standing::healthFactor);
    }

    /** Whether the account is below the line, or cannot be shown not to be. */
    public boolean needsDecision() {
        return standing.map(Standing::isLiquidatable).orElse(true);
    }
}
