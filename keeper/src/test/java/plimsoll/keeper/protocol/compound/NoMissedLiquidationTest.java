package plimsoll.keeper.protocol.compound;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Fact;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.Population;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.position.Survival;
import plimsoll.protocol.compound.CompoundMarket;
import plimsoll.protocol.compound.CompoundPool;
import plimsoll.protocol.compound.CompoundReserve;
import plimsoll.protocol.compound.CompoundReserve.Flag;
import plimsoll.protocol.compound.ReserveTotals;
import plimsoll.protocol.compound.RiskParameters;
import plimsoll.protocol.compound.UnderlyingPrice;
import plimsoll.units.Address;
import plimsoll.units.Price;
import plimsoll.units.Wad;

/**
 * Whatever prices, interest, accounts and governance of Venus do, its pools and forced liquidations included: on every block the book
 * suspects each account that may be liquidated.
 */
class NoMissedLiquidationTest {

    private static final int ACCOUNTS = 50;
    private static final int POOL = 1;
    private static final BigInteger ONE = BigInteger.TEN.pow(18);
    private static final List<Integer> DECIMALS = List.of(18, 6, 8, 18);
    private static final Set<Integer> RESERVES =
            IntStream.range(0, DECIMALS.size()).boxed().collect(Collectors.toSet());

    @Test
    void isSuspectedInEveryBlock() {
        Survival.live(LongStream.rangeClosed(1, 3), 60, (_, _) -> new History());
    }

    @Test
    @Tag("long")
    void isSuspectedInEveryBlockOfLongHistories() {
        Survival.live(LongStream.range(100, 150), 2_500, (_, _) -> new History());
    }

    /** Reserves accrue only when somebody touches them, so that each has its own age; borrowers keep near the line. */
    private static final class History implements Survival.History {

        private final Population accounts = new Population(ACCOUNTS, RESERVES);
        private final Map<Integer, Double> dollars = new HashMap<>(Map.of(0, 2_500.0, 1, 1.0, 2, 60_000.0, 3, 14.0));
        private final List<ReserveTotals> totals = new ArrayList<>();
        private final List<Wad> thresholds = new ArrayList<>();
        private final Set<Integer> forced = new java.util.HashSet<>();
        private Wad inPool = Wad.parse("0.93");
        private boolean fallsBackToCore = true;
        private Instant time = Instant.parse("2026-03-01T00:00:00Z");
        private long number = 1;

        History() {
            for (int decimals : DECIMALS) {
                // 50 of the reserve's tokens, which have 8 decimals, for one of the underlying
                BigInteger underlying = BigInteger.TEN.pow(decimals + 6);
                totals.add(new ReserveTotals(
                        underlying,
                        underlying,
                        BigInteger.ZERO,
                        BigInteger.TEN.pow(14).multiply(BigInteger.valueOf(100)),
                        Wad.ONE,
                        Wad.ONE,
                        number,
                        Wad.ofRaw(10_000_000_000L),
                        Wad.parse("0.2"),
                        Optional.empty()));
                thresholds.add(Wad.parse("0.8"));
            }
        }

        @Override
        public List<Fact> advance(SplittableRandom random) {
            number += random.nextInt(10) == 0 ? random.nextInt(1, 200_000) : 1;
            time = time.plusSeconds(3);
            int touched = random.nextInt(totals.size());
            totals.set(touched, totals.get(touched).accruedTo(number));
            dollars.replaceAll((_, price) -> price * Survival.priceMove(8, random));
            govern(random);
            return accounts.changeSome(random, account -> position(account, random));
        }

        private void govern(SplittableRandom random) {
            if (random.nextInt(20) == 0) {
                thresholds.set(random.nextInt(thresholds.size()), Wad.ofRaw(random.nextLong(ONE.longValueExact() + 1)));
            }
            if (random.nextInt(40) == 0) {
                inPool = Wad.ofRaw(random.nextLong(ONE.longValueExact() + 1));
                fallsBackToCore = random.nextBoolean();
            }
            if (random.nextInt(40) == 0) {
                forced.add(random.nextInt(DECIMALS.size()));
            } else if (random.nextInt(5) == 0) {
                forced.clear();
            }
        }

        private AccountPosition position(int account, SplittableRandom random) {
            int mode = random.nextInt(2) * POOL;
            int owed = random.nextInt(DECIMALS.size());
            Map<Integer, Holding> held = new TreeMap<>();
            for (int reserve : RESERVES) {
                boolean supplies = random.nextInt(3) > 0;
                boolean borrows = reserve != owed && random.nextInt(4) == 0;
                if (supplies || borrows) {
                    held.put(
                            reserve,
                            new Holding(
                                    reserve,
                                    supplies
                                            ? StoredAmount.ofRaw(Survival.anything(70, random)
                                                    .add(BigInteger.ONE))
                                            : StoredAmount.ZERO,
                                    borrows || random.nextInt(4) > 0,
                                    borrows
                                            ? debt(
                                                    reserve,
                                                    Survival.anything(40, random)
                                                            .add(BigInteger.ONE))
                                            : StoredAmount.ZERO));
                }
            }
            return Survival.indebted(state(), debt -> with(account, mode, owed, debt, held), random);
        }

        /** Whoever borrows has entered the reserve. */
        private AccountPosition with(int account, int mode, int owed, BigInteger debt, Map<Integer, Holding> held) {
            Map<Integer, Holding> holdings = new TreeMap<>(held);
            if (debt.signum() > 0) {
                StoredAmount supplied = Optional.ofNullable(held.get(owed))
                        .map(Holding::supplied)
                        .orElse(StoredAmount.ZERO);
                holdings.put(owed, new Holding(owed, supplied, true, debt(owed, debt)));
            }
            return new AccountPosition(address(1_000 + account), mode, List.copyOf(holdings.values()));
        }

        private StoredAmount debt(int reserve, BigInteger principal) {
            return principal.signum() == 0
                    ? StoredAmount.ZERO
                    : new StoredAmount(
                            principal, totals.get(reserve).borrowIndex().raw());
        }

        @Override
        public List<AccountPosition> positions() {
            return accounts.positions();
        }

        @Override
        public MarketState state() {
            Map<Integer, UnderlyingPrice> prices = new HashMap<>();
            Map<Integer, PriceView> views = new HashMap<>();
            dollars.forEach((reserve, price) -> {
                BigInteger raw = BigInteger.valueOf((long) (price * 1e8) + 1);
                prices.put(reserve, new UnderlyingPrice(raw.multiply(BigInteger.TEN.pow(28 - DECIMALS.get(reserve)))));
                views.put(reserve, new PriceView.Fresh(new Price(raw), time));
            });
            if (number % 9 == 0) {
                int silent = (int) (number / 9 % DECIMALS.size());
                prices.remove(silent);
                views.put(silent, new PriceView.Missing("oracle answers nothing"));
            }
            return new CompoundState(Survival.block(number, time), parameters(), prices, views);
        }

        private Parameters parameters() {
            List<Reserve> reserves = new ArrayList<>();
            for (int reserve : RESERVES) {
                Set<Flag> flags = EnumSet.of(Flag.LISTED);
                if (forced.contains(reserve)) {
                    flags.add(Flag.FORCED_LIQUIDATION);
                }
                reserves.add(new Reserve(
                        new CompoundReserve(
                                reserve,
                                address(20 + reserve),
                                address(10 + reserve),
                                DECIMALS.get(reserve),
                                risk(thresholds.get(reserve)),
                                totals.get(reserve),
                                Wad.ZERO,
                                flags),
                        "R" + reserve,
                        Optional.empty(),
                        Optional.empty()));
            }
            var terms = new CompoundMarket.Terms(Wad.parse("0.5"), Wad.ZERO, Optional.empty(), Optional.empty(), false);
            return new Parameters(
                    address(1),
                    address(2),
                    Optional.empty(),
                    terms,
                    reserves,
                    List.of(new CompoundPool(POOL, true, fallsBackToCore, Map.of(0, risk(inPool), 3, risk(inPool)))));
        }

        private static RiskParameters risk(Wad threshold) {
            return new RiskParameters(threshold, threshold, Wad.parse("1.1"));
        }
    }

    private static Address address(int number) {
        return new Address("0x" + "%040x".formatted(number));
    }
}
