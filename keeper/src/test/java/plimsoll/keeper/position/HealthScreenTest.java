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

        int[] flagged = book.screen.accountsBelow(1.0, book.weights);

        assertThat(flagged).contains(book.unhealthy());
        assertThat(book.unhealthy()).hasSizeGreaterThan(100);
    }

    @Test
    void namesFewHealthyAccounts() {
        var book = RandomBook.near(9, 10, false);

        int[] flagged = book.screen.accountsBelow(1.0, book.weights);

        // Positions of thousands of dollars, up to a tenth from the line: only those within the slack of a few raw
        // units are
        // false alarms.
        assertThat(flagged.length).isLessThan(book.unhealthy().length + ACCOUNTS / 50);
    }

    @Test
    void neverNamesAnAccountWithoutDebt() {
        var screen = new HealthScreen();
        var weights = new Weights(1);
        weights.set(0, 0, 1e-10, 1, 1e-10, 1);
        screen.set(0, terms());
        screen.set(1, terms(new Row(0, 1, 0)));
        screen.set(2, terms(new Row(0, 0, 1)));
        screen.set(2, terms(new Row(0, 1, 0)));

        assertThat(screen.accountsBelow(1.0, weights)).isEmpty();
    }

    @Test
    void namesADebtWhoseCollateralIsWorthNothing() {
        var screen = new HealthScreen();
        var weights = new Weights(1);
        weights.set(0, 0, 0, 1, 0, 1);
        weights.set(0, 1, 1e-10, 1, 1e-10, 1);
        screen.set(0, terms(new Row(0, 1e18, 0), new Row(1, 0, 1)));

        assertThat(screen.accountsBelow(1.0, weights)).containsExactly(0);
    }

    @Test
    void namesWhoOwesWhatHasNoPrice() {
        var screen = new HealthScreen();
        var weights = new Weights(1);
        weights.set(0, 0, 1e10, 0, 1, 0);
        weights.setUnpriced(0, 1);
        screen.set(0, terms(new Row(0, 1e30, 0), new Row(1, 0, 1)));
        screen.set(1, terms(new Row(0, 1e30, 0), new Row(1, 1e30, 0), new Row(2, 0, 1)));

        assertThat(screen.accountsBelow(1.0, weights)).containsExactly(0);
    }

    @ParameterizedTest
    @ValueSource(longs = {31, 32, 33})
    void bothTwinsGiveTheSameBitsHoweverAccountsChange(long seed) {
        var random = new SplittableRandom(seed);
        var scalar = new HealthScreen(new ScalarScreenLanes(), new ScalarScreenLanes());
        var vector = new HealthScreen(new VectorScreenLanes(), new VectorScreenLanes());
        var last = new Row[300][];
        for (int step = 0; step < 6_000; step++) {
            int account = random.nextInt(last.length);
            last[account] = rows(random);
            scalar.set(account, terms(last[account]));
            vector.set(account, terms(last[account]));
            if (step % 300 == 0) {
                Weights weights = weights(random);

                int[] flagged = scalar.accountsBelow(1.0, weights);

                assertThat(vector.accountsBelow(1.0, weights)).isEqualTo(flagged);
                assertThat(flagged).isEqualTo(oneByOne(last, weights));
            }
        }
    }

    private record Row(int weight, double collateral, double debt) {}

    private static Terms terms(Row... rows) {
        var terms = new Terms();
        for (Row row : rows) {
            terms.add(row.weight, row.collateral, row.debt);
        }
        return terms;
    }

    /** Most accounts are small, a few touch everything; the debt is around the collateral. */
    private static Row[] rows(SplittableRandom random) {
        int count = random.nextInt(20) == 0 ? random.nextInt(Weights.RESERVES + 1) : random.nextInt(6);
        var rows = new Row[count];
        for (int i = 0; i < count; i++) {
            boolean supplies = random.nextInt(3) > 0;
            boolean owes = random.nextInt(3) == 0;
            rows[i] = new Row(i, supplies ? random.nextDouble(1e20) : 0, owes ? random.nextDouble(1e20) : 0);
        }
        return rows;
    }

    private static Weights weights(SplittableRandom random) {
        var weights = new Weights(1);
        for (int reserve = 0; reserve < Weights.RESERVES; reserve++) {
            weights.set(0, reserve, random.nextDouble(), random.nextDouble(), random.nextDouble(), random.nextDouble());
        }
        return weights;
    }

    /** Each account in a screen of its own: what an account's neighbours do is nothing to it. */
    private static int[] oneByOne(Row[][] accounts, Weights weights) {
        return IntStream.range(0, accounts.length)
                .filter(account -> accounts[account] != null)
                .filter(account -> {
                    var alone = new HealthScreen(new ScalarScreenLanes(), new ScalarScreenLanes());
                    alone.set(account, terms(accounts[account]));
                    return alone.accountsBelow(1.0, weights).length > 0;
                })
                .toArray();
    }

    /** Accounts whose debt is tuned to a health factor within 1/closeness of 1 (or, if tiny, to a few raw units). */
    private record RandomBook(HealthScreen screen, Weights weights, BitSet below) {

        static RandomBook near(long seed, long closeness, boolean tiny) {
            var random = new SplittableRandom(seed);
            var screen = new HealthScreen();
            var weights = new Weights(1);
            var reserves = IntStream.range(0, RESERVES)
                    .mapToObj(i -> Reserve.random(random))
                    .toList();
            for (int i = 0; i < RESERVES; i++) {
                Reserve r = reserves.get(i);
                double price = r.price.doubleValue() / r.unit.doubleValue();
                double threshold = r.threshold / 1e4;
                weights.set(
                        0,
                        i,
                        r.income.doubleValue() / 1e27 * price * threshold,
                        (price + 1) * threshold,
                        r.debt.doubleValue() / 1e27 * price,
                        price + 1);
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
            var terms = new Terms();
            BigInteger weighted = BigInteger.ZERO;
            BigInteger debtBase = BigInteger.ZERO;
            int debtReserve = random.nextInt(RESERVES);
            for (int i = 0; i < RESERVES; i++) {
                Reserve r = reserves.get(i);
                BigInteger scaled = i == debtReserve ? BigInteger.ZERO : r.supply(random, tiny);
                weighted = weighted.add(r.collateralBase(scaled).multiply(BigInteger.valueOf(r.threshold)));
                if (i != debtReserve) {
                    terms.add(i, scaled.doubleValue(), 0);
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
            terms.add(debtReserve, 0, scaledDebt.doubleValue());
            screen.set(account, terms);
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
