package plimsoll.protocol.aave;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import plimsoll.devnet.Asset;
import plimsoll.protocol.aave.AaveLiquidation.Pair;
import plimsoll.protocol.aave.AaveLiquidation.Seizure;
import plimsoll.units.HealthFactor;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;

/** Makes positions and requests that lie where a liquidation's rules bend: at thresholds, close factor, dust and the last wei. */
final class TrialMaker {

    private static final BigInteger WITHOUT_LIMIT = BigInteger.TWO.pow(256).subtract(BigInteger.ONE);
    private static final long USD = 100_000_000L;
    private static final List<Asset> ASSETS = List.of(Asset.values());

    private final LocalAave aave;
    private final RandomGenerator random;
    private final AaveValuation valuation;

    TrialMaker(LocalAave aave, MarketReader.Seen seen, RandomGenerator random) {
        this.aave = aave;
        this.random = random;
        Instant next = seen.block().time().plusSeconds(12);
        this.valuation = seen.valuedAt(next);
    }

    /** One liquidation to try. */
    record Trial(AaveAccount account, Asset collateral, Asset debt, BigInteger debtToCover) {}

    Trial make() {
        Asset collateral = any();
        Asset debt = any();
        AaveAccount account = account(collateral, debt);
        boolean stray = random.nextInt(20) == 0;
        Asset asked = stray ? any() : collateral;
        Asset repaid = stray ? any() : debt;
        return new Trial(account, asked, repaid, request(account, asked, repaid));
    }

    /** Collateral of a value that matters to the rules, and debt that brings health to a value that matters. */
    private AaveAccount account(Asset collateral, Asset debt) {
        int eMode = random.nextInt(LocalAave.CATEGORIES.size() + 1);
        BigInteger supplied = scaled(collateral, dollars());
        Asset second = any();
        Asset third = any();
        BigInteger extraSupply = random.nextInt(3) == 0 ? scaled(second, dollars()) : BigInteger.ZERO;
        BigInteger extraDebt = random.nextInt(3) == 0 ? scaled(third, dollars() / 4) : BigInteger.ZERO;
        long aimed = switch (random.nextInt(6)) {
            case 0 -> 950_000;
            case 1 -> 1_000_000;
            case 2 -> random.nextLong(300_000, 950_000);
            default -> random.nextLong(950_000, 1_000_000);
        };
        HealthFactor aim = new HealthFactor(Wad.ofRaw(aimed * 1_000_000_000_000L));
        BigInteger low = BigInteger.ONE;
        BigInteger high = BigInteger.TEN.pow(debt.decimals() + 9);
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            AaveAccount tried = account(
                    eMode, List.of(collateral, second), List.of(supplied, extraSupply), debt, middle, third, extraDebt);
            boolean safer =
                    valuation.accountData(tried).healthFactor().orElseThrow().compareTo(aim) > 0;
            low = safer ? middle : low;
            high = safer ? high : middle;
        }
        BigInteger owed = random.nextBoolean() ? low : high;
        return account(
                eMode, List.of(collateral, second), List.of(supplied, extraSupply), debt, owed, third, extraDebt);
    }

    private AaveAccount account(
            int eMode,
            List<Asset> supplies,
            List<BigInteger> supplied,
            Asset debt,
            BigInteger owed,
            Asset other,
            BigInteger otherOwed) {
        Map<Asset, BigInteger> supply = new TreeMap<>();
        Map<Asset, BigInteger> owes = new TreeMap<>();
        for (int i = 0; i < supplies.size(); i++) {
            supply.merge(supplies.get(i), supplied.get(i), BigInteger::add);
        }
        owes.merge(debt, owed, BigInteger::add);
        owes.merge(other, otherOwed, BigInteger::add);
        List<AaveHolding> holdings = new ArrayList<>();
        for (Asset asset : Asset.values()) {
            BigInteger has = supply.getOrDefault(asset, BigInteger.ZERO);
            holdings.add(new AaveHolding(
                    aave.reserveOf(asset),
                    ScaledAmount.ofRaw(has),
                    has.signum() > 0,
                    ScaledAmount.ofRaw(owes.getOrDefault(asset, BigInteger.ZERO))));
        }
        holdings.sort(Comparator.comparingInt(AaveHolding::reserve));
        return new AaveAccount(eMode, holdings);
    }

    /** Everything, the largest legal amount and one wei to each side of it, a share, next to nothing, or nearly all. */
    private BigInteger request(AaveAccount account, Asset collateral, Asset debt) {
        Pair pair = new Pair(aave.reserveOf(collateral), aave.reserveOf(debt));
        BigInteger most = valuation.largestLiquidation(account, pair) instanceof Seizure seizure
                ? seizure.debtToCover().raw()
                : BigInteger.valueOf(1_000_000);
        return switch (random.nextInt(8)) {
            case 0 -> most;
            case 1 -> most.add(BigInteger.ONE);
            case 2 -> most.subtract(BigInteger.ONE).max(BigInteger.ZERO);
            case 3, 4 ->
                most.multiply(BigInteger.valueOf(random.nextLong(1, 1_000))).divide(BigInteger.valueOf(1_000));
            case 5 -> leaving(account, debt);
            case 6 -> BigInteger.valueOf(random.nextInt(3));
            default -> WITHOUT_LIMIT;
        };
    }

    /** The amount that leaves just about 1 000 of debt. */
    private BigInteger leaving(AaveAccount account, Asset debt) {
        ReserveValue reserve = valuation.reserve(aave.reserveOf(debt));
        BigInteger owed =
                reserve.debt(account.holding(aave.reserveOf(debt)).orElseThrow().borrowed());
        BigInteger thousand =
                BigInteger.valueOf(1_000 * USD).multiply(reserve.unit()).divide(reserve.price());
        return owed.subtract(thousand)
                .add(BigInteger.valueOf(random.nextInt(-2, 3)))
                .max(BigInteger.ZERO);
    }

    private BigInteger scaled(Asset asset, long dollars) {
        BigInteger tokens = BigInteger.valueOf(dollars)
                .multiply(BigInteger.valueOf(USD))
                .multiply(TokenAmount.zero(asset.decimals()).unit())
                .divide(valuation.reserve(aave.reserveOf(asset)).price());
        return tokens.add(BigInteger.valueOf(random.nextInt(1_000)));
    }

    private long dollars() {
        return switch (random.nextInt(5)) {
            case 0 -> random.nextLong(1, 1_000);
            case 1 -> random.nextLong(1_900, 2_500);
            case 2, 3 -> random.nextLong(2_500, 10_000);
            default -> random.nextLong(10_000, 500_000);
        };
    }

    private Asset any() {
        return ASSETS.get(random.nextInt(ASSETS.size()));
    }
}
