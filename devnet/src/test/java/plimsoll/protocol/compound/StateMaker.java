package plimsoll.protocol.compound;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import plimsoll.devnet.Asset;
import plimsoll.units.Wad;

/** Makes markets and accounts at random, the way they are and the way they never should be. */
final class StateMaker {

    private static final BigInteger WAD = BigInteger.TEN.pow(18);
    private static final List<Asset> RESERVES = List.of(Asset.values());
    private static final Map<Asset, Long> DOLLARS =
            new EnumMap<>(Map.of(Asset.WETH, 2_500L, Asset.WBTC, 60_000L, Asset.LINK, 15L, Asset.USDC, 1L));

    private final RandomGenerator random;

    StateMaker(RandomGenerator random) {
        this.random = random;
    }

    /**
     * A new world, noted in the storage: totals, indexes, thresholds, prices.
     *
     * @param fresh whether every reserve is up to date at {@code block}
     * @param unpriced whether one of the prices may be missing
     */
    void world(VenusStorage storage, long block, boolean fresh, boolean unpriced) {
        storage.closeFactor(Wad.ofRaw(within(WAD.divide(BigInteger.valueOf(20)), WAD)));
        storage.redeemFee(random.nextInt(3) == 0 ? Wad.ofRaw(below(WAD.divide(BigInteger.valueOf(50)))) : Wad.ZERO);
        storage.vaiMintIndex(Wad.ofRaw(within(WAD, WAD.multiply(BigInteger.TWO))));
        Asset without = unpriced ? RESERVES.get(random.nextInt(RESERVES.size())) : null;
        for (Asset asset : Asset.values()) {
            storage.totals(asset, totals(asset, fresh ? block : block - random.nextLong(0, 200), block));
            for (int pool = 0; pool <= 2; pool++) {
                if (pool == 0 || asset == Asset.WETH || (pool == 1 && asset == Asset.WBTC)) {
                    storage.risk(pool, asset, risk());
                }
            }
            storage.forced(asset, random.nextInt(20) == 0);
            storage.directPrice(asset, asset == without ? BigInteger.ZERO : price(asset));
            storage.feedStaleAfter(asset, asset == without ? BigInteger.ZERO : BigInteger.TEN.pow(12));
        }
    }

    /** Totals of any use, with as much interest and reserves as years would bring. */
    private ReserveTotals totals(Asset asset, long accruedAt, long block) {
        BigInteger unit = BigInteger.TEN.pow(asset.decimals());
        BigInteger borrows = tokens(unit, 9);
        BigInteger cash = tokens(unit, 9);
        BigInteger reserves = below(borrows.add(cash).divide(BigInteger.TEN).add(BigInteger.ONE));
        // One vToken, of 8 decimals, is worth 0.02 to 0.06 of the underlying.
        BigInteger rate = within(BigInteger.TWO, BigInteger.valueOf(6))
                .multiply(unit)
                .multiply(BigInteger.TEN.pow(8))
                .add(below(unit.multiply(BigInteger.TEN.pow(8))));
        BigInteger supply = borrows.add(cash).subtract(reserves).multiply(WAD).divide(rate);
        return new ReserveTotals(
                cash,
                borrows,
                reserves,
                random.nextInt(50) == 0 ? BigInteger.ZERO : supply,
                Wad.ZERO,
                Wad.ofRaw(within(WAD, WAD.multiply(BigInteger.TWO))),
                accruedAt,
                Wad.ZERO,
                Wad.ofRaw(below(WAD)),
                Optional.of(new ReserveTotals.Reduction(block - random.nextLong(0, 200), random.nextLong(1, 400))));
    }

    private RiskParameters risk() {
        BigInteger threshold = random.nextInt(10) == 0 ? BigInteger.ZERO : within(WAD.divide(BigInteger.TWO), WAD);
        return new RiskParameters(
                Wad.ofRaw(below(threshold.add(BigInteger.ONE))),
                Wad.ofRaw(threshold),
                Wad.ofRaw(WAD.add(below(WAD.divide(BigInteger.valueOf(4))))));
    }

    /** Half to twice the ordinary price, in dollars with 18 decimals for a whole token. */
    private BigInteger price(Asset asset) {
        BigInteger ordinary =
                BigInteger.valueOf(Objects.requireNonNull(DOLLARS.get(asset))).multiply(WAD);
        return within(ordinary.shiftRight(1), ordinary.shiftLeft(1));
    }

    CompoundAccount account() {
        List<CompoundHolding> holdings = new ArrayList<>();
        Set<Integer> forced = new HashSet<>();
        for (Asset asset : Asset.values()) {
            boolean supplies = random.nextInt(5) < 3;
            boolean borrows = random.nextInt(5) < 2;
            BigInteger unit = BigInteger.TEN.pow(asset.decimals());
            long dollars = Objects.requireNonNull(DOLLARS.get(asset));
            BigInteger worth =
                    tokens(unit, 7).divide(BigInteger.valueOf(dollars)).add(BigInteger.ONE);
            BigInteger vTokens = supplies
                    ? worth.multiply(BigInteger.valueOf(25))
                            .multiply(BigInteger.TEN.pow(8))
                            .divide(unit)
                    : BigInteger.ZERO;
            BorrowSnapshot borrowed = borrows
                    ? new BorrowSnapshot(
                            tokens(unit, 7).divide(BigInteger.valueOf(dollars)).add(BigInteger.ONE),
                            Wad.ofRaw(within(
                                    WAD.multiply(BigInteger.valueOf(9)).divide(BigInteger.TEN), WAD.shiftLeft(1))))
                    : BorrowSnapshot.NONE;
            boolean entered = borrows || random.nextInt(10) > 0;
            holdings.add(new CompoundHolding(VenusReader.number(asset), vTokens, entered, borrowed));
            if (random.nextInt(40) == 0) {
                forced.add(VenusReader.number(asset));
            }
        }
        return new CompoundAccount(random.nextInt(3), holdings, vai(), forced);
    }

    private VaiDebt vai() {
        if (random.nextInt(4) > 0) {
            return VaiDebt.NONE;
        }
        BigInteger minted = tokens(WAD, 6);
        return new VaiDebt(minted, below(minted), Wad.ONE);
    }

    /** Up to ten to the {@code digits} tokens, as likely few as many; one time in 40 the smallest unit. */
    private BigInteger tokens(BigInteger unit, int digits) {
        if (random.nextInt(40) == 0) {
            return BigInteger.ONE;
        }
        BigInteger most = unit.multiply(BigInteger.TEN.pow(random.nextInt(digits) + 1));
        return BigInteger.ONE.add(below(most));
    }

    BigInteger below(BigInteger bound) {
        return new BigInteger(bound.bitLength() + 64, new java.util.Random(random.nextLong())).mod(bound);
    }

    private BigInteger within(BigInteger from, BigInteger to) {
        return from.add(below(to.subtract(from)));
    }
}
