package plimsoll.risk.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.protocol.aave.AaveAccount;
import plimsoll.protocol.aave.AaveEModeCategory;
import plimsoll.protocol.aave.AaveHolding;
import plimsoll.protocol.aave.AaveLiquidation;
import plimsoll.protocol.aave.AaveLiquidation.Pair;
import plimsoll.protocol.aave.AaveLiquidation.Seizure;
import plimsoll.protocol.aave.AaveMarket;
import plimsoll.protocol.aave.AaveReserve;
import plimsoll.protocol.aave.AaveRevision;
import plimsoll.protocol.aave.AaveValuation;
import plimsoll.protocol.aave.ReserveConfiguration;
import plimsoll.protocol.aave.ScaledAmount;
import plimsoll.risk.simulation.SimulatedBook.Account;
import plimsoll.risk.simulation.SimulatedBook.Collateral;
import plimsoll.risk.simulation.SimulatedBook.Debt;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Price;
import plimsoll.units.Ray;

/**
 * The rules in double against the contract's integers, on seeded random accounts: tokens of 6, 8 and 18 decimals, entries
 * from 100 to ten million dollars. Amounts agree to 1e-9 and four of the tokens' smallest units, to which the contract
 * rounds at every step.
 */
class ProtocolAgreementTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);
    private static final int[] DECIMALS = {18, 6, 8, 18, 6};
    private static final double RELATIVE = 1e-9;

    /** How near a comparison must be for a decision to differ. */
    private static final double NEAR = 1e-8;

    @Test
    void amountsAndDecisionsAreTheContractsOwn() {
        var seen = check(LongStream.range(0, 20_000));

        assertThat(seen.liquidated).isGreaterThan(3_000);
        assertThat(seen.healthy).isGreaterThan(1_000);
        assertThat(seen.halves).isGreaterThan(300);
        assertThat(seen.dustAvoided).isGreaterThan(10);
        assertThat(seen.deficits).isGreaterThan(300);
        assertThat(seen.eModes).isGreaterThan(500);
        assertThat(seen.differing).isZero();
    }

    @Tag("long")
    @Test
    void amountsAndDecisionsAreTheContractsOwnOnManyAccounts() {
        var seen = check(LongStream.range(20_000, 200_000));

        // A random account stands within 1e-8 of a boundary about once in ten million.
        assertThat(seen.differing).isLessThanOrEqualTo(1);
    }

    /** How often each rule had its turn. */
    private static final class Seen {
        int liquidated;
        int healthy;
        int halves;
        int dustAvoided;
        int deficits;
        int eModes;
        int differing;
    }

    private static Seen check(LongStream seeds) {
        var seen = new Seen();
        seeds.forEach(seed -> new Case(seed).check(seen));
        return seen;
    }

    /** One account of one market, in integers and in double. */
    private static final class Case {

        private final long seed;
        private final SeededRandom random;
        private final List<AaveReserve> reserves = new ArrayList<>();
        private final Map<Integer, Price> prices = new HashMap<>();
        private final List<AaveHolding> holdings = new ArrayList<>();
        private final List<Integer> heldReserve = new ArrayList<>();
        private final List<Integer> owedReserve = new ArrayList<>();
        private final int eMode;
        private final PositionTable table;
        private final AaveValuation valuation;
        private final AaveAccount account;

        Case(long seed) {
            this.seed = seed;
            random = new SeededRandom(seed, 3);
            var assets = new ArrayList<SimulatedAsset>();
            for (var id = 0; id < DECIMALS.length; id++) {
                assets.add(reserve(id));
            }
            eMode = random.nextIndex(3) == 0 ? 1 : 0;
            var category = new AaveEModeCategory(
                    1, new Bps(9000), new Bps(9300), new Bps(100), BigInteger.valueOf(0b01001), BigInteger.ZERO);
            var market = new SimulatedMarket(assets, List.of(new CollateralTerms(0.9, 0.93, 0.01)));
            var collateral = new ArrayList<Collateral>();
            var debt = new ArrayList<Debt>();
            hold(market, collateral, debt);
            valuation = new AaveMarket(AaveRevision.V3_6, reserves, List.of(category), true).valuedAt(NOW, prices);
            account = new AaveAccount(eMode, holdings);
            table = new PositionTable(SimulatedBook.of(List.of(new Account(collateral, debt))), market);
        }

        private SimulatedAsset reserve(int id) {
            var threshold = 5000 + random.nextIndex(4000);
            var bonus = 10_100 + random.nextIndex(1000);
            var fee = 500 * random.nextIndex(5);
            var configuration = ReserveConfiguration.ofRaw(BigInteger.valueOf(threshold - 300)
                    .or(BigInteger.valueOf(threshold).shiftLeft(16))
                    .or(BigInteger.valueOf(bonus).shiftLeft(32))
                    .or(BigInteger.valueOf(DECIMALS[id]).shiftLeft(48))
                    .setBit(56)
                    .or(BigInteger.valueOf(fee).shiftLeft(152)));
            var indexes = new AaveReserve.Indexes(index(), index(), Ray.ZERO, Ray.ZERO, NOW);
            reserves.add(new AaveReserve(
                    id,
                    new Address("0x" + String.format("%040x", 0x1000 + id)),
                    configuration,
                    indexes,
                    Instant.EPOCH));
            var price = StrictMath.exp(-3 + 13 * random.nextDouble());
            prices.put(
                    id,
                    Price.parse(
                            new BigDecimal(price).setScale(8, RoundingMode.UP).toPlainString()));
            return new SimulatedAsset(
                    "A" + id,
                    new CollateralTerms((threshold - 300) / 1e4, threshold / 1e4, (bonus - 10_000) / 1e4),
                    fee / 1e4,
                    true,
                    SaleImpact.NONE,
                    0,
                    0);
        }

        private Ray index() {
            return new Ray(
                    Ray.SCALE.add(BigInteger.valueOf(random.nextLong() >>> 1).shiftLeft(25)));
        }

        /** Collateral first, then debts whose sum makes a health factor between 0.6 and 1.2. */
        private void hold(SimulatedMarket market, List<Collateral> collateral, List<Debt> debt) {
            var supplied = new BigInteger[DECIMALS.length];
            var borrowed = new BigInteger[DECIMALS.length];
            var weighted = 0.0;
            for (var id = 0; id < DECIMALS.length; id++) {
                supplied[id] = BigInteger.ZERO;
                if (random.nextIndex(3) == 0 || (id == DECIMALS.length - 1 && weighted == 0)) {
                    supplied[id] = scaled(id, 100 * StrictMath.exp(11.5 * random.nextDouble()));
                    var tokens = floor(supplied[id], reserves.get(id).indexes().liquidityIndex());
                    var entry = new Collateral(id, worth(id, tokens), covers(id) ? 0 : SimulatedBook.NO_E_MODE);
                    collateral.add(entry);
                    heldReserve.add(id);
                    weighted += entry.value() * market.terms(id, entry.eMode()).liquidationThreshold();
                }
            }
            var total = weighted / (0.6 + 0.6 * random.nextDouble());
            var parts = 1 + random.nextIndex(2);
            for (var id = 0; id < DECIMALS.length; id++) {
                borrowed[id] = BigInteger.ZERO;
            }
            var share = parts == 1 ? 1 : random.nextDouble();
            var first = random.nextIndex(DECIMALS.length);
            borrowed[first] = scaled(first, total * share);
            if (parts == 2) {
                var second = (first + 1 + random.nextIndex(DECIMALS.length - 1)) % DECIMALS.length;
                borrowed[second] = scaled(second, total * (1 - share));
            }
            for (var id = 0; id < DECIMALS.length; id++) {
                if (borrowed[id].signum() > 0) {
                    var tokens =
                            ceiling(borrowed[id], reserves.get(id).indexes().variableBorrowIndex());
                    debt.add(new Debt(id, worth(id, tokens)));
                    owedReserve.add(id);
                }
                if (supplied[id].signum() > 0 || borrowed[id].signum() > 0) {
                    holdings.add(new AaveHolding(
                            id,
                            new ScaledAmount(supplied[id]),
                            supplied[id].signum() > 0,
                            new ScaledAmount(borrowed[id])));
                }
            }
        }

        private BigInteger price(int id) {
            return Objects.requireNonNull(prices.get(id)).raw();
        }

        private boolean covers(int id) {
            return eMode == 1 && (id == 0 || id == 3);
        }

        private BigInteger scaled(int id, double dollars) {
            return new BigDecimal(dollars)
                    .multiply(BigDecimal.TEN.pow(DECIMALS[id] + 8))
                    .divide(new BigDecimal(price(id)), RoundingMode.DOWN)
                    .toBigInteger()
                    .max(BigInteger.ONE);
        }

        private static BigInteger floor(BigInteger scaled, Ray index) {
            return scaled.multiply(index.raw()).divide(Ray.SCALE);
        }

        private static BigInteger ceiling(BigInteger scaled, Ray index) {
            return scaled.multiply(index.raw())
                    .add(Ray.SCALE)
                    .subtract(BigInteger.ONE)
                    .divide(Ray.SCALE);
        }

        /** Tokens at the price, the double nearest to the exact product. */
        private double worth(int id, BigInteger tokens) {
            return new BigDecimal(tokens.multiply(price(id)), DECIMALS[id] + 8).doubleValue();
        }

        void check(Seen seen) {
            var state = new AccountState(table);
            state.nextPath();
            double[] ones = {1, 1, 1, 1, 1};
            state.value(0, ones);
            var health = state.weighted / state.owed;
            var exact = valuation.accountData(account);
            var exactHealth =
                    new BigDecimal(exact.healthFactor().orElseThrow().ratio().raw(), 18).doubleValue();
            assertThat(health)
                    .describedAs("health of seed " + seed)
                    .isCloseTo(exactHealth, within(RELATIVE, exactHealth));
            if (exact.isLiquidatable() != health < 1) {
                assertThat(Math.abs(health - 1)).isLessThan(NEAR);
                seen.differing++;
                return;
            }
            if (!exact.isLiquidatable()) {
                seen.healthy++;
                return;
            }
            var c = largest(table.collateralUnits);
            var d = largest(table.debtUnits);
            var answer = valuation.largestLiquidation(account, new Pair(heldReserve.get(c), owedReserve.get(d)));
            compare(answer, c, d, health, state.owed, seen);
        }

        private void compare(AaveLiquidation answer, int c, int d, double health, double owed, Seen seen) {
            var held = table.collateralUnits[c];
            var debt = table.debtUnits[d];
            var factor = table.bonusFactor[c];
            var wanted = LiquidationRule.largestRepayment(health, held, debt, owed);
            var call = LiquidationRule.call(wanted, held, debt, factor);
            var collateralId = heldReserve.get(c);
            var debtId = owedReserve.get(d);
            var units = 4 * (worth(collateralId, BigInteger.ONE) + factor * worth(debtId, BigInteger.ONE) + 1e-8);
            assertThat(answer).describedAs("seed " + seed).isInstanceOf(Seizure.class);
            var seizure = (Seizure) answer;
            var repaid = worth(debtId, seizure.repaid().raw());
            var fee = worth(collateralId, seizure.protocolFee().raw());
            var taken = worth(collateralId, seizure.seized().raw()) + fee;
            var empty = call.taken() >= held && table.collateralUnits.length == 1;
            if (Math.abs(call.repaid() - repaid) > RELATIVE * repaid + units
                    || seizure.deficits().isEmpty() == (empty && debt - call.repaid() > units)) {
                assertThat(distanceToABoundary(health, held, debt, wanted, factor))
                        .describedAs("seed %d decides differently: repaid=%s exact=%s", seed, call.repaid(), repaid)
                        .isLessThan(NEAR);
                seen.differing++;
                return;
            }
            assertThat(call.taken())
                    .describedAs("taken of seed " + seed)
                    .isCloseTo(taken, within(units + RELATIVE * taken, 1));
            assertThat(LiquidationRule.fee(call.taken(), factor, table.feeShare[c]))
                    .describedAs("fee of seed " + seed)
                    .isCloseTo(fee, within(units + RELATIVE * fee, 1));
            seen.liquidated++;
            seen.halves += wanted < debt ? 1 : 0;
            seen.dustAvoided += call.repaid() < Math.min(wanted, held / factor) * (1 - NEAR) ? 1 : 0;
            seen.deficits += seizure.deficits().isEmpty() ? 0 : 1;
            seen.eModes += eMode == 1 && covers(collateralId) ? 1 : 0;
        }

        /** How far the nearest comparison of the rule is from being decided the other way, in relative terms. */
        private static double distanceToABoundary(
                double health, double held, double debt, double wanted, double factor) {
            var nearest = Math.abs(health - LiquidationRule.FULL_CLOSE_HEALTH);
            nearest = Math.min(nearest, Math.abs(held / LiquidationRule.FULL_CLOSE_BELOW - 1));
            nearest = Math.min(nearest, Math.abs(debt / LiquidationRule.FULL_CLOSE_BELOW - 1));
            nearest = Math.min(nearest, Math.abs(wanted * factor / held - 1));
            nearest = Math.min(nearest, Math.abs((held - wanted * factor) / LiquidationRule.LEAST_LEFTOVER - 1));
            return Math.min(nearest, Math.abs((debt - wanted) / LiquidationRule.LEAST_LEFTOVER - 1));
        }

        private static org.assertj.core.data.Offset<Double> within(double share, double value) {
            return org.assertj.core.data.Offset.offset(share * value);
        }

        private static int largest(double[] values) {
            var best = 0;
            for (var i = 1; i < values.length; i++) {
                best = values[i] > values[best] ? i : best;
            }
            return best;
        }
    }
}
