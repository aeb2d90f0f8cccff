package plimsoll.keeper.protocol.aave;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Fact;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.Standing;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.protocol.aave.AaveEModeCategory;
import plimsoll.protocol.aave.AaveReserve;
import plimsoll.protocol.aave.AaveRevision;
import plimsoll.protocol.aave.ReserveConfiguration;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.Price;
import plimsoll.units.Ray;

/**
 * A market that lives through blocks: prices, interest, what accounts do and what governance does, from a seed. Many accounts keep
 * close to the line on purpose. Its copy is another branch of the same chain.
 */
final class AaveHistory {

    static final int RESERVES = 7;
    private static final int[] DECIMALS = {18, 6, 8, 18, 6, 2, 0};
    private static final int MODES = 4;

    private record Account(int mode, TreeMap<Integer, Holding> holdings) {
        Account copy() {
            return new Account(mode, new TreeMap<>(holdings));
        }
    }

    private final AaveRevision revision;
    private final Map<Address, Account> accounts = new TreeMap<>(Comparator.comparing(Address::toString));
    private final List<Reserve> reserves = new ArrayList<>();
    private final Map<Integer, Optional<Price>> prices = new HashMap<>();
    private final Map<Integer, AaveEModeCategory> modes = new HashMap<>();
    private long number = 1;
    private Instant time = Instant.parse("2026-03-01T00:00:00Z");

    AaveHistory(AaveRevision revision, SplittableRandom random) {
        this.revision = revision;
        for (int reserve = 0; reserve < RESERVES; reserve++) {
            reserves.add(reserve(reserve, random));
            prices.put(reserve, Optional.of(Price.ofRaw(random.nextLong(1_000_000L, 6_000_000_000_000L))));
        }
        for (int mode = 1; mode <= MODES; mode++) {
            modes.put(mode, category(mode, random));
        }
    }

    private AaveHistory(AaveHistory other) {
        revision = other.revision;
        other.accounts.forEach((address, account) -> accounts.put(address, account.copy()));
        reserves.addAll(other.reserves);
        prices.putAll(other.prices);
        modes.putAll(other.modes);
        number = other.number;
        time = other.time;
    }

    AaveHistory copy() {
        return new AaveHistory(this);
    }

    BlockNumber block() {
        return new BlockNumber(number);
    }

    AaveState state() {
        Map<Integer, PriceView> views = new HashMap<>();
        prices.forEach((reserve, price) -> views.put(
                reserve,
                price.<PriceView>map(known -> new PriceView.Fresh(known, time))
                        .orElse(new PriceView.Missing("aggregator answers 0"))));
        var block = new MarketBlock(block(), BlockHash.parse("0x" + "%064x".formatted(number)), time);
        return new AaveState(
                RandomMarket.address(5, 0), block, revision, reserves, List.copyOf(modes.values()), views, true);
    }

    AccountPosition position(Address address) {
        Account account = accounts.getOrDefault(address, new Account(0, new TreeMap<>()));
        List<Holding> held = account.holdings.values().stream()
                .filter(holding ->
                        !holding.supplied().isZero() || !holding.borrowed().isZero())
                .toList();
        return new AccountPosition(address, account.mode, held);
    }

    List<AccountPosition> positions() {
        return accounts.keySet().stream().map(this::position).toList();
    }

    /** What the contracts answer about these accounts. */
    List<Fact> facts(Set<Address> whose) {
        List<Fact> facts = new ArrayList<>();
        for (Address address : whose) {
            Account account = accounts.getOrDefault(address, new Account(0, new TreeMap<>()));
            Set<Integer> collateral = new HashSet<>();
            for (int reserve = 0; reserve < RESERVES; reserve++) {
                Holding holding = account.holdings.getOrDefault(reserve, nothing(reserve));
                facts.add(new Fact.SupplyIs(address, reserve, holding.supplied()));
                facts.add(new Fact.DebtIs(address, reserve, holding.borrowed()));
                if (holding.usedAsCollateral()) {
                    collateral.add(reserve);
                }
            }
            facts.add(new Fact.CollateralIs(address, collateral));
            facts.add(new Fact.EfficiencyIs(address, account.mode));
        }
        return facts;
    }

    /** One block; returns whose positions were written. */
    Set<Address> advance(SplittableRandom random) {
        number++;
        time = time.plusSeconds(random.nextInt(10) == 0 ? random.nextInt(1_000_000) : 12);
        movePrices(random);
        if (random.nextInt(4) == 0) {
            touchIndexes(random);
        }
        if (random.nextInt(8) == 0) {
            govern(random);
        }
        Set<Address> written = new HashSet<>();
        for (int i = random.nextInt(8); i > 0; i--) {
            Address address = RandomMarket.address(9, random.nextInt(80));
            act(accounts.computeIfAbsent(address, a -> new Account(0, new TreeMap<>())), address, random);
            written.add(address);
        }
        return written;
    }

    private void movePrices(SplittableRandom random) {
        for (int reserve = 0; reserve < RESERVES; reserve++) {
            int what = random.nextInt(100);
            Optional<Price> price = priceOf(reserve);
            if (what == 0) {
                prices.put(reserve, Optional.empty());
            } else if (price.isEmpty() && what < 50) {
                prices.put(reserve, Optional.of(Price.ofRaw(random.nextLong(1, 6_000_000_000_000L))));
            } else if (price.isPresent() && what < 60) {
                long raw = price.get().raw().longValueExact();
                double factor = what < 5 ? random.nextDouble(0.5, 1.6) : random.nextDouble(0.99, 1.01);
                prices.put(reserve, Optional.of(Price.ofRaw(Math.max(1, (long) (raw * factor)))));
            }
        }
    }

    private Optional<Price> priceOf(int reserve) {
        return prices.getOrDefault(reserve, Optional.empty());
    }

    private void touchIndexes(SplittableRandom random) {
        Reserve reserve = reserves.get(random.nextInt(RESERVES));
        var indexes = new AaveReserve.Indexes(
                reserve.stored().normalizedIncome(time),
                reserve.stored().normalizedDebt(time),
                rate(random),
                rate(random),
                time);
        reserves.set(reserve.number(), reserve.with(indexes));
    }

    /** A new threshold, a new efficiency mode in the place of an old one, without any account's doing. */
    private void govern(SplittableRandom random) {
        if (random.nextBoolean()) {
            int mode = random.nextInt(1, MODES + 1);
            modes.put(mode, category(mode, random));
        } else {
            Reserve reserve = reserves.get(random.nextInt(RESERVES));
            AaveReserve old = reserve.stored();
            var stored = new AaveReserve(
                    old.id(), old.asset(), configuration(old.id(), random), old.indexes(), Instant.EPOCH);
            reserves.set(old.id(), reserve(stored));
        }
    }

    private void act(Account account, Address address, SplittableRandom random) {
        int reserve = random.nextInt(RESERVES);
        Holding old = account.holdings.getOrDefault(reserve, nothing(reserve));
        switch (random.nextInt(16)) {
            case 0, 1, 2, 3, 4, 5 -> put(account, new Holding(reserve, amount(reserve, random), true, old.borrowed()));
            case 6 -> put(account, new Holding(reserve, old.supplied(), !old.usedAsCollateral(), old.borrowed()));
            case 7 ->
                put(account, new Holding(reserve, old.supplied(), old.usedAsCollateral(), amount(reserve, random)));
            case 8 -> put(account, new Holding(reserve, old.supplied(), old.usedAsCollateral(), StoredAmount.ZERO));
            case 9 -> put(account, new Holding(reserve, StoredAmount.ZERO, false, old.borrowed()));
            case 10 -> accounts.put(address, new Account(random.nextInt(MODES + 1), account.holdings));
            case 11 -> repayAllOrLeave(account, random);
            default -> borrowUpToTheLine(account, address, reserve, random);
        }
    }

    private static void repayAllOrLeave(Account account, SplittableRandom random) {
        if (random.nextInt(5) == 0) {
            account.holdings.clear();
        } else {
            account.holdings.replaceAll((reserve, held) ->
                    new Holding(reserve, held.supplied(), held.usedAsCollateral(), StoredAmount.ZERO));
        }
    }

    /** Debt in one reserve so that the health factor is 1 but for a few raw units to either side. */
    private void borrowUpToTheLine(Account account, Address address, int reserve, SplittableRandom random) {
        account.holdings.replaceAll(
                (number, held) -> new Holding(number, held.supplied(), held.usedAsCollateral(), StoredAmount.ZERO));
        Holding old = account.holdings.getOrDefault(reserve, nothing(reserve));
        AaveState market = state();
        BigInteger low = BigInteger.ONE;
        BigInteger high = BigInteger.TWO.pow(110);
        if (market.standing(position(address)).isEmpty() || priceOf(reserve).isEmpty()) {
            return;
        }
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            put(account, new Holding(reserve, old.supplied(), old.usedAsCollateral(), StoredAmount.ofRaw(middle)));
            Standing standing = market.standing(position(address)).orElseThrow();
            boolean isOver = standing.isLiquidatable();
            low = isOver ? low : middle;
            high = isOver ? middle : high;
        }
        BigInteger near = low.add(BigInteger.valueOf(random.nextInt(-2, 3))).max(BigInteger.ONE);
        put(account, new Holding(reserve, old.supplied(), old.usedAsCollateral(), StoredAmount.ofRaw(near)));
    }

    private static void put(Account account, Holding holding) {
        account.holdings.put(holding.reserve(), holding);
    }

    private static Holding nothing(int reserve) {
        return new Holding(reserve, StoredAmount.ZERO, false, StoredAmount.ZERO);
    }

    /** Mostly worth a cent to a hundred million, else any number, seldom as much as a balance can hold. */
    private StoredAmount amount(int reserve, SplittableRandom random) {
        int any = random.nextInt(100);
        if (any < 15 || priceOf(reserve).isEmpty()) {
            int bits = any == 0 ? 120 : random.nextInt(1, (int) (3.33 * DECIMALS[reserve]) + 25);
            return StoredAmount.ofRaw(new BigInteger(bits, Random.from(random)));
        }
        BigInteger worth =
                BigInteger.TEN.pow(random.nextInt(6, 16)).multiply(BigInteger.valueOf(random.nextInt(1, 100)));
        BigInteger unit = BigInteger.TEN.pow(DECIMALS[reserve]);
        return StoredAmount.ofRaw(worth.multiply(unit)
                .divide(priceOf(reserve).get().raw())
                .add(BigInteger.valueOf(random.nextInt(1_000))));
    }

    private static Reserve reserve(int number, SplittableRandom random) {
        Instant updated = Instant.parse("2026-03-01T00:00:00Z").minus(Duration.ofSeconds(random.nextInt(1_000_000)));
        var indexes = new AaveReserve.Indexes(index(random), index(random), rate(random), rate(random), updated);
        return reserve(new AaveReserve(
                number, RandomMarket.address(1, number), configuration(number, random), indexes, Instant.EPOCH));
    }

    private static Reserve reserve(AaveReserve stored) {
        int id = stored.id();
        return new Reserve(
                stored,
                "T" + id,
                RandomMarket.address(2, id),
                RandomMarket.address(3, id),
                RandomMarket.address(4, id));
    }

    private static ReserveConfiguration configuration(int number, SplittableRandom random) {
        int threshold = random.nextInt(6) == 0 ? 0 : random.nextInt(1, 9_500);
        return ReserveConfiguration.ofRaw(BigInteger.valueOf(threshold / 2)
                .or(BigInteger.valueOf(threshold).shiftLeft(16))
                .or(BigInteger.valueOf(10_500).shiftLeft(32))
                .or(BigInteger.valueOf(DECIMALS[number]).shiftLeft(48))
                .setBit(56)
                .setBit(58)
                .setBit(252));
    }

    private static AaveEModeCategory category(int mode, SplittableRandom random) {
        int threshold = random.nextInt(8_000, 9_800);
        return new AaveEModeCategory(
                mode,
                new Bps(threshold - 100),
                new Bps(threshold),
                new Bps(100),
                BigInteger.valueOf(random.nextInt(1 << RESERVES)),
                BigInteger.ZERO);
    }

    private static Ray index(SplittableRandom random) {
        return Ray.ofRaw(
                Ray.SCALE.add(BigInteger.valueOf(random.nextLong(1L << 60)).shiftLeft(27)));
    }

    private static Ray rate(SplittableRandom random) {
        return Ray.ofRaw(BigInteger.valueOf(random.nextLong(1L << 60)).multiply(BigInteger.valueOf(200_000_000L)));
    }
}
