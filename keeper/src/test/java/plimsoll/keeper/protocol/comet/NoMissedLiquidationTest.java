package plimsoll.keeper.protocol.comet;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.Fact;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.Population;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.position.Survival;
import plimsoll.protocol.comet.CometAsset;
import plimsoll.protocol.comet.CometMarket;
import plimsoll.protocol.comet.CometRates;
import plimsoll.protocol.comet.CometTotals;
import plimsoll.units.Address;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** Whatever prices, interest, accounts and governance do: on every block the book suspects each account that may be absorbed. */
class NoMissedLiquidationTest {

    private static final int ACCOUNTS = 50;
    /** Beside the borrowers' numbers. */
    private static final int SHOP = -1;

    private static final Address COMET = address(1);
    private static final List<Integer> DECIMALS = List.of(6, 18, 8, 18); // the base token's first
    private static final Set<Integer> RESERVES =
            IntStream.range(0, DECIMALS.size()).boxed().collect(Collectors.toSet());

    @Test
    void isSuspectedInEveryBlock() {
        Survival.live(LongStream.rangeClosed(1, 5), 60, (_, _) -> new History());
    }

    @Test
    @Tag("long")
    void isSuspectedInEveryBlockOfLongHistories() {
        Survival.live(LongStream.range(100, 150), 2_500, (_, _) -> new History());
    }

    /** A market whose borrowers keep near the line; its own sale of what it has absorbed is an account like others. */
    private static final class History implements Survival.History {

        private final Population accounts = new Population(ACCOUNTS, RESERVES);
        private final Map<Integer, BigInteger> prices = new HashMap<>();
        private final List<Wad> factors = new ArrayList<>();
        private CometTotals totals = new CometTotals(
                BigInteger.TEN.pow(15),
                BigInteger.TEN.pow(15),
                BigInteger.TEN.pow(15),
                BigInteger.valueOf(7).multiply(BigInteger.TEN.pow(14)),
                Instant.parse("2026-03-01T00:00:00Z"));
        private Instant time = totals.lastAccrual();
        private long number = 1;
        private boolean hasStock;

        History() {
            List<String> first = List.of("1", "2500", "60000", "14");
            for (int reserve = 0; reserve < DECIMALS.size(); reserve++) {
                prices.put(reserve, Price.parse(first.get(reserve)).raw());
                factors.add(Wad.parse("0.85"));
            }
        }

        @Override
        public List<Fact> advance(SplittableRandom random) {
            number++;
            time = time.plusSeconds(random.nextInt(10) == 0 ? random.nextInt(1_000_000) : 12);
            if (random.nextInt(4) == 0) {
                totals = totals.accruedTo(time, market().supplyRates(), market().borrowRates());
            }
            prices.replaceAll((_, price) -> moved(price, random));
            if (random.nextInt(20) == 0) {
                factors.set(random.nextInt(factors.size()), Wad.ofRaw(random.nextLong(1_000_000_000_000_000_001L)));
            }
            List<Fact> facts = new ArrayList<>(accounts.change(SHOP, shop(random)));
            facts.addAll(accounts.changeSome(random, account -> position(account, random)));
            return facts;
        }

        private static BigInteger moved(BigInteger price, SplittableRandom random) {
            return price.multiply(BigInteger.valueOf((long) (Survival.priceMove(8, random) * 1e15)))
                    .divide(BigInteger.TEN.pow(15))
                    .add(BigInteger.ONE);
        }

        private AccountPosition shop(SplittableRandom random) {
            hasStock = random.nextBoolean();
            return new AccountPosition(COMET, 0, hasStock ? List.of(owing(CometState.FOR_SALE)) : List.of());
        }

        private AccountPosition position(int account, SplittableRandom random) {
            List<Holding> held = new ArrayList<>();
            for (int reserve = 1; reserve < DECIMALS.size(); reserve++) {
                if (random.nextInt(3) > 0) {
                    StoredAmount amount =
                            StoredAmount.ofRaw(Survival.anything(85, random).add(BigInteger.ONE));
                    held.add(new Holding(reserve, amount, true, StoredAmount.ZERO));
                }
            }
            return Survival.indebted(state(), debt -> with(account, debt, held), random);
        }

        private static AccountPosition with(int account, BigInteger debt, List<Holding> held) {
            List<Holding> holdings = new ArrayList<>();
            if (debt.signum() > 0) {
                holdings.add(owing(debt));
            }
            holdings.addAll(held);
            return new AccountPosition(address(1_000 + account), 0, holdings);
        }

        private static Holding owing(BigInteger principal) {
            return new Holding(CometState.BASE, StoredAmount.ZERO, false, StoredAmount.ofRaw(principal));
        }

        @Override
        public List<AccountPosition> positions() {
            return accounts.positions();
        }

        @Override
        public MarketState state() {
            Map<Integer, PriceView> views = new HashMap<>();
            prices.forEach((reserve, price) -> views.put(reserve, new PriceView.Fresh(new Price(price), time)));
            if (number % 9 == 0) {
                views.put(1 + (int) (number / 9 % 3), new PriceView.Missing("feed answers nothing"));
            }
            return new CometState(
                    COMET,
                    Survival.block(number, time),
                    new Asset(CometState.BASE, address(10), "USDC", DECIMALS.getFirst()),
                    market(),
                    market().assets().stream()
                            .map(asset -> new Collateral(asset, "C" + asset.offset()))
                            .toList(),
                    views,
                    new Shop(
                            TokenAmount.zero(DECIMALS.getFirst()),
                            Map.of(0, TokenAmount.parse(hasStock ? "5" : "0", DECIMALS.get(1)))));
        }

        private CometMarket market() {
            var rates = new CometRates(
                    Wad.parse("0.8"), Wad.ofRaw(475_000_000L), Wad.ofRaw(1_000_000_000L), Wad.ofRaw(100_000_000_000L));
            List<CometAsset> assets = new ArrayList<>();
            for (int reserve = 1; reserve < DECIMALS.size(); reserve++) {
                assets.add(new CometAsset(
                        reserve - 1,
                        address(10 + reserve),
                        address(20 + reserve),
                        DECIMALS.get(reserve),
                        factors.get(reserve),
                        Wad.parse("0.95")));
            }
            return new CometMarket(
                    DECIMALS.getFirst(),
                    Wad.parse("0.6"),
                    TokenAmount.parse("1000000", DECIMALS.getFirst()),
                    rates,
                    rates,
                    totals,
                    CometMarket.Pauses.NONE,
                    assets);
        }
    }

    private static Address address(int number) {
        return new Address("0x" + "%040x".formatted(number));
    }
}
