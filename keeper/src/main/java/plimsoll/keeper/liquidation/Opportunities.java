package plimsoll.keeper.liquidation;

import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.keeper.position.AccountHealth;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Holding;
import plimsoll.units.Bps;
import plimsoll.units.TokenAmount;

/**
 * Every liquidation of one account that the protocol would accept and our funds can pay: for each debt and each collateral the
 * largest amount. Where there is none, why.
 *
 * @param legal one for each pair that is possible
 * @param obstacle why there is none; absent where there is one
 */
public record Opportunities(List<Opportunity> legal, Optional<Assessment> obstacle) {

    private static final Bps HALF = new Bps(5_000);

    public Opportunities {
        legal = List.copyOf(legal);
    }

    /** Looks at an account that is below the line and whose prices are all trusted. */
    public static Opportunities of(AccountHealth health, Market market, Conditions conditions) {
        List<Opportunity> legal = new ArrayList<>();
        List<Assessment> obstacles = new ArrayList<>();
        for (Holding debt : health.position().holdings()) {
            for (Holding collateral : health.position().holdings()) {
                if (!debt.borrowed().isZero() && collateral.usedAsCollateral()) {
                    var pair = new Pair(collateral.reserve(), debt.reserve());
                    consider(health, market, conditions, pair, legal, obstacles);
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
            Market market,
            Conditions conditions,
            Pair pair,
            List<Opportunity> legal,
            List<Assessment> obstacles) {
        Asset debt = market.asset(pair.debt());
        TokenAmount held = conditions.held(debt.address(), debt.decimals());
        Outcome largest = market.largest(health.position(), pair);
        boolean isCut = conditions.flashFee().isEmpty()
                && largest instanceof Outcome.Seizure seizure
                && seizure.repaid().compareTo(held) > 0;
        Outcome affordable = isCut ? affordable(health, market, pair, held) : largest;
        switch (affordable) {
            case Outcome.Seizure seizure
            when !isCut || !held.isZero() -> legal.add(opportunity(health, market, pair, seizure));
            case Outcome.Seizure _ -> obstacles.add(new Assessment.Unfunded(debt.address(), held));
            case Outcome.Refused(String rule) ->
                obstacles.add(isCut ? new Assessment.Unfunded(debt.address(), held) : new Assessment.NotAllowed(rule));
        }
    }

    /** What our funds reach for; where that would leave dust, half of it may not. */
    private static Outcome affordable(AccountHealth health, Market market, Pair pair, TokenAmount held) {
        Outcome all = market.covering(health.position(), pair, held);
        return all instanceof Outcome.Refused
                ? market.covering(health.position(), pair, held.times(HALF, RoundingMode.FLOOR))
                : all;
    }

    static Opportunity opportunity(AccountHealth health, Market market, Pair pair, Outcome.Seizure seizure) {
        return new Opportunity(
                health.position().account(),
                health.healthFactor().orElseThrow(),
                leg(market, pair.debt()),
                leg(market, pair.collateral()),
                seizure.repaid(),
                seizure.received(),
                seizure.protocolFee(),
                seizure.takesAll());
    }

    private static Leg leg(Market market, int number) {
        Asset asset = market.asset(number);
        return new Leg(
                asset.address(), asset.symbol(), market.price(number).counted().orElseThrow());
    }

    /** What more funds would mend is the more useful thing to say. */
    private static Assessment unfundedFirst(List<Assessment> obstacles) {
        return obstacles.stream()
                .filter(Assessment.Unfunded.class::isInstance)
                .findFirst()
                .orElse(obstacles.getFirst());
    }
}
