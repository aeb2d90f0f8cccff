package plimsoll.keeper.liquidation;

import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.Bps;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;

/**
 * A made-up block of liquidatable accounts: each may repay up to an amount in one or two pairs, for collateral worth a bonus more, and
 * may leave no debt below 1 000 of the base currency. Each route has a pool whose product of reserves is constant, 0.3 % fee.
 */
final class ToyMarket implements Amounts {

    private static final BaseValue DUST = BaseValue.parse("1000");
    static final List<Leg> DEBTS = List.of(leg(1, "USDC", "1"), leg(2, "DAI", "1.001"));
    static final List<Leg> COLLATERALS = List.of(leg(3, "WETH", "2000"), leg(4, "WBTC", "60000"));

    final Map<Route, Pool> pools = new HashMap<>();
    private final Map<Route, SaleCurve> curves = new HashMap<>();
    private final Map<Key, Opportunity> byPair = new HashMap<>();
    final List<Opportunity> opportunities = new ArrayList<>();

    private record Key(Address account, Route route) {}

    /** Reserves of the asset sold and the asset bought. */
    record Pool(BigInteger sold, BigInteger bought, int boughtDecimals) {
        TokenAmount quote(TokenAmount amount) {
            BigInteger in = amount.raw().multiply(BigInteger.valueOf(997));
            return TokenAmount.ofRaw(
                    bought.multiply(in)
                            .divide(sold.multiply(BigInteger.valueOf(1000)).add(in)),
                    boughtDecimals);
        }
    }

    private static Leg leg(int number, String symbol, String price) {
        return new Leg(new Address("0x" + ("0" + number).repeat(20)), symbol, Price.parse(price));
    }

    static int decimals(Leg leg) {
        return switch (leg.symbol()) {
            case "USDC" -> 6;
            case "WBTC" -> 8;
            default -> 18;
        };
    }

    /** A side of each pool is worth between these two. */
    static ToyMarket random(SplittableRandom random, int accounts, int mostPairs, long depthFrom, long depthTo) {
        ToyMarket market = new ToyMarket();
        for (Leg collateral : COLLATERALS) {
            for (Leg debt : DEBTS) {
                BaseValue side = BaseValue.parse(Long.toString(random.nextLong(depthFrom, depthTo)));
                market.pools.put(
                        new Route(collateral.asset(), debt.asset()),
                        new Pool(
                                side.amountAt(collateral.price(), decimals(collateral), RoundingMode.FLOOR)
                                        .raw(),
                                side.amountAt(debt.price(), decimals(debt), RoundingMode.FLOOR)
                                        .raw(),
                                decimals(debt)));
            }
        }
        for (int i = 0; i < accounts; i++) {
            market.account(random, i, random.nextInt(1, mostPairs + 1));
        }
        return market;
    }

    private void account(SplittableRandom random, int number, int pairs) {
        Address account = new Address("0x" + String.format("%040x", 0xacc0000L + number));
        int first = random.nextInt(4);
        for (int p = 0; p < pairs; p++) {
            int pair = (first + p) % 4;
            Leg debt = DEBTS.get(pair % 2);
            Leg collateral = COLLATERALS.get(pair / 2);
            BaseValue owed = BaseValue.parse(Long.toString(random.nextLong(500, 60_000)));
            Bps bonus = new Bps(10_000 + random.nextInt(300, 1_000));
            market(account, debt, collateral, owed, bonus);
        }
    }

    private void market(Address account, Leg debt, Leg collateral, BaseValue owed, Bps bonus) {
        Opportunity largest = new Opportunity(
                account,
                HealthFactor.parse("0.93"),
                debt,
                collateral,
                owed.amountAt(debt.price(), decimals(debt), RoundingMode.FLOOR),
                owed.times(bonus, RoundingMode.FLOOR)
                        .amountAt(collateral.price(), decimals(collateral), RoundingMode.FLOOR),
                TokenAmount.zero(decimals(collateral)),
                true);
        opportunities.add(largest);
        byPair.put(new Key(account, Route.of(largest)), largest);
    }

    /** As if the chain had accepted all and quoted every rung. */
    List<Trial> trials() {
        Map<Route, List<TokenAmount>> rungs = Ladder.rungs(opportunities);
        return opportunities.stream()
                .map(it -> new Trial(it, Optional.empty(), quotes(Route.of(it), rungs)))
                .toList();
    }

    SaleCurve curve(Route route) {
        return curves.computeIfAbsent(
                route,
                it -> SaleCurve.through(quotes(it, Ladder.rungs(opportunities))).orElseThrow());
    }

    private List<SaleCurve.Point> quotes(Route route, Map<Route, List<TokenAmount>> rungs) {
        Pool pool = Optional.ofNullable(pools.get(route)).orElseThrow();
        return rungs.getOrDefault(route, List.of()).stream()
                .map(amount -> new SaleCurve.Point(amount, pool.quote(amount)))
                .toList();
    }

    /** Plenty of everything. */
    static Map<Address, TokenAmount> plenty() {
        Map<Address, TokenAmount> funds = new HashMap<>();
        DEBTS.forEach(debt -> funds.put(debt.asset(), TokenAmount.parse("1e9", decimals(debt))));
        return funds;
    }

    @Override
    public Optional<Opportunity> covering(Opportunity pair, TokenAmount repaid) {
        Opportunity largest = Optional.ofNullable(byPair.get(new Key(pair.account(), Route.of(pair))))
                .orElseThrow();
        BaseValue left = largest.repaid().minus(repaid).valueAt(largest.debt().price(), RoundingMode.FLOOR);
        if (repaid.isZero() || (!repaid.equals(largest.repaid()) && left.compareTo(DUST) < 0)) {
            return Optional.empty();
        }
        return Optional.of(new Opportunity(
                largest.account(),
                largest.healthFactor(),
                largest.debt(),
                largest.collateral(),
                repaid,
                largest.received().times(repaid, largest.repaid(), RoundingMode.FLOOR),
                largest.protocolFee(),
                repaid.equals(largest.repaid())));
    }
}
