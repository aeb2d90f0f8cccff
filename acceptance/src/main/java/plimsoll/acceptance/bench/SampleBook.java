package plimsoll.acceptance.bench;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketBlock;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.PriceView;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.protocol.aave.AaveState;
import plimsoll.keeper.protocol.aave.Reserve;
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
 * An Aave v3.6 market made from a seed, and accounts of three reserves each: two collaterals and a debt, with health factors from
 * just below 1 to 3, one in five in an efficiency mode.
 */
final class SampleBook {

    static final int HOLDINGS = 3;
    private static final int RESERVES = 30;
    private static final int[] DECIMALS = {18, 6, 8};
    private static final Instant START = Instant.parse("2026-03-01T00:00:00Z");
    private static final BigInteger INDEX = new BigInteger("1070000000000000000123456789");
    private static final int THRESHOLD = 8_000;
    private static final int CHUNK = 10_000;

    private final SplittableRandom random = new SplittableRandom(1);
    private final List<Reserve> reserves = new ArrayList<>();
    private final long[] prices = new long[RESERVES];
    private long block = 1;

    SampleBook() {
        for (int i = 0; i < RESERVES; i++) {
            reserves.add(reserve(i));
            prices[i] = random.nextLong(100_000_000L, 400_000_000_000L);
        }
    }

    /** The next block: one price a little lower or higher, twelve seconds of interest for all. */
    AaveState next() {
        block++;
        int moved = random.nextInt(RESERVES);
        prices[moved] += prices[moved] / 1_000 * (random.nextBoolean() ? 1 : -1);
        return market();
    }

    AaveState market() {
        Instant now = START.plusSeconds(12 * block);
        Map<Integer, PriceView> views = new HashMap<>();
        for (int i = 0; i < RESERVES; i++) {
            views.put(i, new PriceView.Fresh(Price.ofRaw(prices[i]), now));
        }
        var at = new MarketBlock(new BlockNumber(block), BlockHash.parse("0x" + "%064x".formatted(block)), now);
        return new AaveState(
                address(5, 0), at, AaveRevision.V3_6, reserves, List.of(mode(1), mode(2), mode(3)), views, true);
    }

    PositionBook bookOf(int accounts) {
        PositionBook book = new PositionBook();
        inChunks(accounts, book::load);
        return book;
    }

    List<AccountPosition> positions(int accounts) {
        List<AccountPosition> all = new ArrayList<>(accounts);
        inChunks(accounts, all::addAll);
        return all;
    }

    private void inChunks(int accounts, Consumer<List<AccountPosition>> taker) {
        for (int first = 0; first < accounts; first += CHUNK) {
            List<AccountPosition> some = new ArrayList<>();
            for (int i = first; i < Math.min(accounts, first + CHUNK); i++) {
                some.add(position(i));
            }
            taker.accept(some);
        }
    }

    private AccountPosition position(int number) {
        int first = random.nextInt(RESERVES - HOLDINGS + 1);
        double worth = Math.exp(random.nextDouble(2, 15)); // of each collateral, in dollars: 7 to 3 million
        // One account in ten thousand is below the line, the rest are above by up to a factor of 3.
        double health = number % 10_000 == 0 ? 0.999 : random.nextDouble(1.05, 3);
        return new AccountPosition(
                address(9, number),
                random.nextInt(5) == 0 ? random.nextInt(1, 4) : 0,
                List.of(
                        new Holding(first, scaled(first, worth), true, StoredAmount.ZERO),
                        new Holding(first + 1, scaled(first + 1, worth), true, StoredAmount.ZERO),
                        new Holding(
                                first + 2,
                                StoredAmount.ZERO,
                                false,
                                scaled(first + 2, 2 * worth * THRESHOLD / 1e4 / health))));
    }

    private StoredAmount scaled(int reserve, double worth) {
        long cents = Math.max(1, (long) (worth * 100));
        BigInteger unit = BigInteger.TEN.pow(DECIMALS[reserve % DECIMALS.length]);
        return StoredAmount.ofRaw(BigInteger.valueOf(cents)
                .multiply(BigInteger.valueOf(1_000_000)) // cents in the base currency's 8 decimals
                .multiply(unit)
                .multiply(Ray.SCALE)
                .divide(INDEX)
                .divide(BigInteger.valueOf(prices[reserve]))
                .max(BigInteger.ONE));
    }

    private static Reserve reserve(int number) {
        BigInteger configuration = BigInteger.valueOf(THRESHOLD - 500)
                .or(BigInteger.valueOf(THRESHOLD).shiftLeft(16))
                .or(BigInteger.valueOf(10_500).shiftLeft(32))
                .or(BigInteger.valueOf(DECIMALS[number % DECIMALS.length]).shiftLeft(48))
                .setBit(56)
                .setBit(58);
        Ray rate = Ray.parse("0.03");
        var indexes = new AaveReserve.Indexes(Ray.ofRaw(INDEX), Ray.ofRaw(INDEX), rate, rate, START);
        var stored = new AaveReserve(
                number, address(1, number), ReserveConfiguration.ofRaw(configuration), indexes, Instant.EPOCH);
        return new Reserve(stored, "T" + number, address(2, number), address(3, number), address(4, number));
    }

    private static AaveEModeCategory mode(int id) {
        return new AaveEModeCategory(
                id,
                new Bps(9_000),
                new Bps(9_300),
                new Bps(100),
                BigInteger.valueOf(0b111L << (3 * id)),
                BigInteger.ZERO);
    }

    private static Address address(int kind, int number) {
        return new Address("0x" + "%02x%038x".formatted(kind, number + 1));
    }
}
