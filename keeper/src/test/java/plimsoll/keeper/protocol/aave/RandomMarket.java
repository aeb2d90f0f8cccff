package plimsoll.keeper.protocol.aave;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import plimsoll.keeper.liquidation.Market;
import plimsoll.keeper.position.Fact;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PriceView;
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

/** Markets and accounts made from a seed. */
public final class RandomMarket {

    static final int RESERVES = 6;

    private static final Instant NOW = Instant.parse("2026-03-01T00:00:00Z");

    private final SplittableRandom random;

    public RandomMarket(long seed) {
        random = new SplittableRandom(seed);
    }

    public Market state(Set<Integer> withoutPrice) {
        List<Reserve> reserves = new ArrayList<>();
        Map<Integer, PriceView> prices = new HashMap<>();
        for (int i = 0; i < RESERVES; i++) {
            reserves.add(reserve(i));
            prices.put(
                    i,
                    withoutPrice.contains(i)
                            ? new PriceView.Missing("aggregator answers 0")
                            : new PriceView.Fresh(Price.ofRaw(random.nextLong(10_000_000L, 6_000_000_000_000L)), NOW));
        }
        var mode = new AaveEModeCategory(
                1, new Bps(9_000), new Bps(9_300), new Bps(100), BigInteger.valueOf(0b000011), BigInteger.ZERO);
        var block = new MarketBlock(new BlockNumber(7), BlockHash.parse("0x" + "07".repeat(32)), NOW);
        return new AaveState(address(5, 0), block, AaveRevision.V3_6, reserves, List.of(mode), prices, true);
    }

    private Reserve reserve(int number) {
        int threshold = random.nextInt(5_000, 8_600);
        BigInteger configuration = BigInteger.valueOf(threshold - 500)
                .or(BigInteger.valueOf(threshold).shiftLeft(16))
                .or(BigInteger.valueOf(10_500).shiftLeft(32))
                .or(BigInteger.valueOf(new int[] {6, 8, 18}[number % 3]).shiftLeft(48))
                .setBit(56)
                .setBit(58);
        var indexes = new AaveReserve.Indexes(
                index(), index(), rate(), rate(), NOW.minus(Duration.ofSeconds(random.nextInt(1_000_000))));
        var stored = new AaveReserve(
                number, address(1, number), ReserveConfiguration.ofRaw(configuration), indexes, Instant.EPOCH);
        return new Reserve(stored, "T" + number, address(2, number), address(3, number), address(4, number));
    }

    /** A year or two of interest on top of one. */
    private Ray index() {
        return Ray.ofRaw(
                Ray.SCALE.add(BigInteger.valueOf(random.nextLong(1L << 60)).shiftLeft(27)));
    }

    private Ray rate() {
        return Ray.ofRaw(BigInteger.valueOf(random.nextLong(1L << 60)).multiply(BigInteger.valueOf(100_000_000L)));
    }

    /** What is read about accounts whose debt is around what their collateral carries. */
    public List<Fact> accounts(int count) {
        List<Fact> facts = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            Address account = address(9, i);
            Set<Integer> collateral = new HashSet<>();
            for (int reserve = 0; reserve < RESERVES; reserve++) {
                if (random.nextInt(3) == 0) {
                    facts.add(new Fact.SupplyIs(account, reserve, scaled(reserve, 10)));
                    if (random.nextInt(4) > 0) {
                        collateral.add(reserve);
                    }
                }
                if (random.nextInt(4) == 0) {
                    facts.add(new Fact.DebtIs(account, reserve, scaled(reserve, 7)));
                }
            }
            facts.add(new Fact.CollateralIs(account, collateral));
            facts.add(new Fact.EfficiencyIs(account, random.nextInt(4) == 0 ? 1 : 0));
        }
        return facts;
    }

    private StoredAmount scaled(int reserve, int most) {
        BigInteger unit = BigInteger.TEN.pow(new int[] {6, 8, 18}[reserve % 3]);
        return StoredAmount.ofRaw(unit.multiply(BigInteger.valueOf(random.nextLong(1_000_000L * most)))
                .divide(BigInteger.valueOf(1_000_000L)));
    }

    public static Address address(int kind, int number) {
        return new Address("0x" + "%02x%038x".formatted(kind, number + 1));
    }
}
