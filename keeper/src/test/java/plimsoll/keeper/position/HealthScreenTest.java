package plimsoll.keeper.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The expected answers are recomputed here in integers, as the contract rounds, without the classes under test. */
class HealthScreenTest {

    private static final BigInteger RAY = BigInteger.TEN.pow(27);
    private static final BigInteger WAD = BigInteger.TEN.pow(18);
    private static final int RESERVES = 5;
    private static final int ACCOUNTS = 2_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void neverLeavesOutAnUnhealthyAccount(long seed) {
        var book = RandomBook.near(seed, 1_000_000_000, seed % 2 == 0);

        int[] flagged = book.screen.accountsBelow(1.0, ACCOUNTS, book.weights);

        assertThat(flagged).contains(book.unhealthy());
        assertThat(book.unhealthy()).hasSizeGreaterThan(100);
    }

    @Test
    void namesFewHealthyAccounts() {
        var book = RandomBook.near(9, 10, false);

        int[] flagged = book.screen.accountsBelow(1.0, ACCOUNTS, book.weights);

        // Positions of thousands of dollars, up to a tenth from the line: only those within the slack of a few raw
        // units are
        // false alarms.
        assertThat(flagged.length).isLessThan(book.unhealthy().length + ACCOUNTS / 50);
    }

    @Test
    void neverNamesAnAccountWithoutDebt() {
        var screen = new HealthScreen();
        var weights = new HealthScreen.Weights(1);
        weights.set(0, 1, 1, 1e-10, 8_000);
        screen.setRow(screen.addRow(0), 0, 0, 0);
        screen.setRow(screen.addRow(1), 0, 1, 0);

        assertThat(screen.accountsBelow(1.0, 2, weights)).isEmpty();
    }

    @Test
    void namesADebtWhoseCollateralIsWorthNothing() {
        var screen = new HealthScreen();
        var weights = new HealthScreen.Weights(2);
        weights.set(0, 1, 1, 0, 8_000);
        weights.set(1, 1, 1, 1e-10, 8_000);
        screen.setRow(screen.addRow(0), 0, 1e18, 0);
        screen.setRow(screen.addRow(0), 1, 0, 1);

        assertThat(screen.accountsBelow(1.0, 1, weights)).containsExactly(0);
    }

    /** Accounts whose debt is tuned to a health factor within 1/closeness of 1 (or, if tiny, to a few raw units). */
    private record RandomBook(HealthScreen screen, HealthScreen.Weights weights, BitSet below) {

        static RandomBook near(long seed, long closeness, boolean tiny) {
            var random = new SplittableRandom(seed);
            var screen = new HealthScreen();
            var weights = new HealthScreen.Weights(RESERVES);
            var reserves = IntStream.range(0, RESERVES)
                    .mapToObj(i -> Reserve.random(random))
                    .toList();
            for (int i = 0; i < RESERVES; i++) {
                Reserve r = reserves.get(i);
                weights.set(
                        i,
                        r.income.doubleValue() / 1e27,
                        r.debt.doubleValue() / 1e27,
                        r.price.doubleValue() / r.unit.doubleValue(),
                        r.threshold);
            }
            var below = new BitSet();
            for (int account = 0; account < ACCOUNTS; account++) {
                below.set(account, fill(account, random, screen, reserves, closeness, tiny));
            }
            return new RandomBook(screen, weights, below);
        }

        private static boolean fill(
                int account,
                SplittableRandom random,
                HealthScreen screen,
                List<Reserve> reserves,
                long closeness,
                boolean tiny) {
            BigInteger weighted = BigInteger.ZERO;
            BigInteger debtBase = BigInteger.ZERO;
            int debtReserve = random.nextInt(RESERVES);
            for (int i = 0; i < RESERVES; i++) {
                Reserve r = reserves.get(i);
                BigInteger scaled = i == debtReserve ? BigInteger.ZERO : r.supply(random, tiny);
                weighted = weighted.add(r.collateralBase(scaled).multiply(BigInteger.valueOf(r.threshold)));
                if (i != debtReserve) {
                    screen.setRow(screen.addRow(account), i, scaled.doubleValue(), 0);
                }
            }
            // The debt whose value is the weighted collateral, moved by up to one part in `closeness` to either side.
            Reserve r = reserves.get(debtReserve);
            BigInteger target = weighted.multiply(r.unit)
                    .multiply(RAY)
                    .divide(r.price.multiply(r.debt).multiply(BigInteger.valueOf(10_000)));
            BigInteger scaledDebt = target.add(target.divide(BigInteger.valueOf(closeness))
                            .multiply(BigInteger.valueOf(random.nextInt(-1_000, 1_000)))
                            .divide(BigInteger.valueOf(1_000)))
                    .add(BigInteger.valueOf(random.nextInt(-2, 3)))
                    .max(BigInteger.ONE);
            screen.setRow(screen.addRow(account), debtReserve, 0, scaledDebt.doubleValue());
            debtBase = debtBase.add(r.debtBase(scaledDebt));
            BigInteger health = weighted.multiply(WAD)
                    .add(debtBase.shiftRight(1))
                    .divide(debtBase)
                    .divide(BigInteger.valueOf(10_000));
            return health.compareTo(WAD) < 0;
        }

        int[] unhealthy() {
            return below.stream().toArray();
        }
    }

    private record Reserve(BigInteger income, BigInteger debt, BigInteger price, BigInteger unit, int threshold) {

        static Reserve random(SplittableRandom random) {
            int decimals = new int[] {6, 8, 18}[random.nextInt(3)];
            return new Reserve(
                    RAY.add(BigInteger.valueOf(random.nextLong(1L << 60)).multiply(BigInteger.valueOf(1_000_000_000L))),
                    RAY.add(BigInteger.valueOf(random.nextLong(1L << 60)).multiply(BigInteger.valueOf(1_000_000_000L))),
                    BigInteger.valueOf(random.nextLong(1_000_000L, 10_000_000_000_000L)),
                    BigInteger.TEN.pow(decimals),
                    random.nextInt(1_000, 9_500));
        }

        /** Up to some million dollars' worth, or up to a hundred raw units. */
        BigInteger supply(SplittableRandom random, boolean tiny) {
            return tiny
                    ? BigInteger.valueOf(random.nextInt(100))
                    : unit.multiply(BigInteger.valueOf(random.nextLong(100_000_000_000L, 100_000_000_000_000L)))
                            .divide(price);
        }

        BigInteger collateralBase(BigInteger scaled) {
            return scaled.multiply(income).divide(RAY).multiply(price).divide(unit);
        }

        BigInteger debtBase(BigInteger scaled) {
            BigInteger balance = ceil(scaled.multiply(debt), RAY);
            return ceil(balance.multiply(price), unit);
        }

        private static BigInteger ceil(BigInteger numerator, BigInteger denominator) {
            return numerator.add(denominator).subtract(BigInteger.ONE).divide(denominator);
        }
    }
}
