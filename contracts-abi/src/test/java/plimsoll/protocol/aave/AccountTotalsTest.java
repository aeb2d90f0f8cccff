package plimsoll.protocol.aave;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import plimsoll.units.Address;
import plimsoll.units.Bps;
import plimsoll.units.Price;
import plimsoll.units.Ray;

/** Sums in words are those in {@link BigInteger}, for every revision, amounts of any size and averages of any weights. */
class AccountTotalsTest {

    private static final int RESERVES = 6;
    private static final Instant NOW = Instant.ofEpochSecond(1_800_000_000);

    @ParameterizedTest
    @EnumSource
    void areTheSameInWordsAndWithout(AaveRevision revision) {
        agrees(revision, 5_000, 1);
    }

    @Tag("long")
    @ParameterizedTest
    @EnumSource
    void areTheSameAMillionTimes(AaveRevision revision) {
        agrees(revision, 1_000_000, 2);
    }

    private static void agrees(AaveRevision revision, int accounts, long seed) {
        var random = new SplittableRandom(seed);
        for (int market = 0; market < accounts / 100; market++) {
            AaveValuation valuation = market(revision, random);
            for (int i = 0; i < 100; i++) {
                AaveAccount account = account(random);
                AaveAccountData found;
                try {
                    found = valuation.accountData(account);
                } catch (ArithmeticException e) {
                    assertThat(e).hasMessageContaining("overflow");
                    continue;
                }
                requireSame(found, valuation, account);
            }
        }
    }

    private static void requireSame(AaveAccountData found, AaveValuation valuation, AaveAccount account) {
        BigInteger collateral = BigInteger.ZERO;
        BigInteger debt = BigInteger.ZERO;
        BigInteger threshold = BigInteger.ZERO;
        BigInteger ltv = BigInteger.ZERO;
        for (AaveHolding holding : account.holdings()) {
            ReserveValue reserve = valuation.reserve(holding.reserve());
            debt = debt.add(reserve.debtBase(holding.borrowed()));
            if (valuation.countsAsCollateral(holding)) {
                BigInteger value = reserve.collateralBase(holding.supplied());
                var mode = valuation.eModeOf(account);
                Bps weight = mode.filter(category -> category.covers(holding.reserve()))
                        .map(AaveEModeCategory::liquidationThreshold)
                        .orElse(reserve.liquidationThreshold());
                collateral = collateral.add(value);
                threshold = threshold.add(value.multiply(BigInteger.valueOf(weight.raw())));
                Bps loan = mode.map(category -> category.ltvOf(holding.reserve(), reserve.ltv(), valuation.revision()))
                        .orElse(reserve.ltv());
                ltv = ltv.add(value.multiply(BigInteger.valueOf(loan.raw())));
            }
        }
        assertThat(found.totalCollateral().raw()).as("%s", account).isEqualTo(collateral);
        assertThat(found.totalDebt().raw()).as("%s", account).isEqualTo(debt);
        BigInteger divisor = collateral.max(BigInteger.ONE);
        int average = threshold.divide(divisor).intValueExact();
        assertThat(found.liquidationThreshold().raw()).as("%s", account).isEqualTo(average);
        assertThat(found.ltv().raw())
                .as("%s", account)
                .isEqualTo(ltv.divide(divisor).intValueExact());
        if (debt.signum() > 0) {
            assertThat(found.healthFactor().orElseThrow().ratio().raw())
                    .as("%s", account)
                    .isEqualTo(valuation.rounding().health(collateral, threshold, average, debt));
        }
    }

    private static AaveValuation market(AaveRevision revision, SplittableRandom random) {
        List<AaveReserve> reserves = new ArrayList<>();
        Map<Integer, Price> prices = new HashMap<>();
        for (int id = 0; id < RESERVES; id++) {
            int threshold = random.nextInt(4) == 0 ? 0 : random.nextInt(1, 0x10000);
            ReserveConfiguration configuration =
                    SampleMarket.configuration(random.nextInt(threshold + 1), threshold, 10_500, random.nextInt(22));
            reserves.add(new AaveReserve(
                    id,
                    new Address("0x" + String.format("%040x", id + 1)),
                    new ReserveConfiguration(configuration.raw().setBit(252)), // virtual accounting
                    new AaveReserve.Indexes(index(random), index(random), Ray.ZERO, Ray.ZERO, NOW),
                    Instant.EPOCH));
            prices.put(
                    id,
                    Price.ofRaw(
                            number(random, random.nextInt(20) == 0 ? 80 : 50).add(BigInteger.ONE)));
        }
        var mode = new AaveEModeCategory(
                1,
                new Bps(9_000),
                new Bps(random.nextInt(0x10000)),
                new Bps(100),
                BigInteger.valueOf(0b10101),
                BigInteger.TWO);
        return new AaveMarket(revision, reserves, List.of(mode), true).valuedAt(NOW, prices);
    }

    private static Ray index(SplittableRandom random) {
        return Ray.ofRaw(Ray.SCALE.add(number(random, random.nextInt(20) == 0 ? 130 : 92)));
    }

    private static AaveAccount account(SplittableRandom random) {
        List<AaveHolding> holdings = new ArrayList<>();
        for (int id = 0; id < RESERVES; id++) {
            holdings.add(new AaveHolding(id, amount(random), random.nextBoolean(), amount(random)));
        }
        return new AaveAccount(random.nextInt(2), holdings);
    }

    /** Often nothing, mostly usual, seldom as much as a balance can hold. */
    private static ScaledAmount amount(SplittableRandom random) {
        int bits = random.nextBoolean() ? 0 : random.nextInt(30) == 0 ? 120 : 90;
        return ScaledAmount.ofRaw(number(random, bits));
    }

    private static BigInteger number(SplittableRandom random, int bits) {
        return new BigInteger(random.nextInt(bits + 1), Random.from(random));
    }
}
