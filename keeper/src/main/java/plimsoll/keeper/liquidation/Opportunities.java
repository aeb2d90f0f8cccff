package plimsoll.keeper.liquidation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.Reserve;
import plimsoll.protocol.aave.AaveAccount;
import plimsoll.protocol.aave.AaveHolding;
import plimsoll.protocol.aave.AaveLiquidation;
import plimsoll.protocol.aave.AaveValuation;
import plimsoll.units.TokenAmount;

/**
 * Every liquidation of one account that the protocol would accept and our funds can pay: for each debt and each collateral the
 * largest amount. Where there is none, why.
 *
 * @param legal one for each pair that is possible
 * @param obstacle why there is none; absent where there is one
 */
public record Opportunities(List<Opportunity> legal, Optional<Assessment> obstacle) {

    public Opportunities {
        legal = List.copyOf(legal);
    }

    /** Looks at an account that is below the line and whose prices are all trusted. */
    public static Opportunities of(
            AccountHealth health, MarketState market, AaveValuation valuation, Conditions conditions) {
        AaveAccount account = health.position().holdings();
        List<Opportunity> legal = new ArrayList<>();
        List<Assessment> obstacles = new ArrayList<>();
        for (AaveHolding debt : account.holdings()) {
            for (AaveHolding collateral : account.holdings()) {
                if (!debt.borrowed().isZero() && collateral.usedAsCollateral()) {
                    var pair = new AaveLiquidation.Pair(collateral.reserve(), debt.reserve());
                    consider(health, market, valuation, conditions, pair, legal, obstacles);
                }
            }
        }
        if (!legal.isEmpty()) {
            return new Opportunities(legal, Optional.empty());
        }
        return new Opportunities(
                List.of(),
                Optional.of(
                        obstacles.isEmpty()
                                ? new Assessment.NotAllowed("no collateral is left")
                                : unfundedFirst(obstacles)));
    }

    private static void consider(
            AccountHealth health,
            MarketState market,
            AaveValuation valuation,
            Conditions conditions,
            AaveLiquidation.Pair pair,
            List<Opportunity> legal,
            List<Assessment> obstacles) {
        Reserve debt = market.reserve(pair.debt());
        TokenAmount held = conditions.held(debt.asset(), debt.decimals());
        AaveAccount account = health.position().holdings();
        AaveLiquidation largest = valuation.largestLiquidation(account, pair);
        boolean isCut = largest instanceof AaveLiquidation.Seizure seizure
                && seizure.repaid().compareTo(held) > 0;
        AaveLiquidation affordable = isCut ? valuation.liquidation(account, pair, held) : largest;
        switch (affordable) {
            case AaveLiquidation.Seizure seizure
            when !held.isZero() ->
                legal.add(opportunity(health, market, pair, seizure, takesAll(valuation, account, pair, seizure)));
            case AaveLiquidation.Seizure _ -> obstacles.add(new Assessment.Unfunded(debt.asset(), held));
            case AaveLiquidation.Refused refused ->
                obstacles.add(
                        isCut
                                ? new Assessment.Unfunded(debt.asset(), held)
                                : new Assessment.NotAllowed(refused.error()));
        }
    }

    private static boolean takesAll(
            AaveValuation valuation, AaveAccount account, AaveLiquidation.Pair pair, AaveLiquidation.Seizure chosen) {
        TokenAmount beyondAnyDebt = TokenAmount.parse("1e45", chosen.repaid().decimals());
        return valuation.liquidation(account, pair, beyondAnyDebt).equals(chosen);
    }

    private static Opportunity opportunity(
            AccountHealth health,
            MarketState market,
            AaveLiquidation.Pair pair,
            AaveLiquidation.Seizure seizure,
            boolean takesAll) {
        return new Opportunity(
                health.position().account(),
                health.healthFactor().orElseThrow(),
                leg(market, pair.debt()),
                leg(market, pair.collateral()),
                seizure.repaid(),
                seizure.seized(),
                seizure.protocolFee(),
                takesAll);
    }

    private static Leg leg(MarketState market, int number) {
        Reserve reserve = market.reserve(number);
        return new Leg(
                reserve.asset(),
                reserve.symbol(),
                market.price(number).counted().orElseThrow());
    }

    /** What more funds would mend is the more useful thing to say. */
    private static Assessment unfundedFirst(List<Assessment> obstacles) {
        return obstacles.stream()
                .filter(Assessment.Unfunded.class::isInstance)
                .findFirst()
                .orElse(obstacles.getFirst());
    }
}
