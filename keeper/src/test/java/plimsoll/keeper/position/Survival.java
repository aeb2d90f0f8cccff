package plimsoll.keeper.position;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import plimsoll.units.HealthFactor;

/** Lets a book live through a market's random history and compares whom it suspects with an exact look at everybody, in every block. */
public final class Survival {

    private static final List<HealthFactor> OTHER_LINES =
            List.of(HealthFactor.parse("0.95"), HealthFactor.parse("1.0000001"), HealthFactor.parse("1.25"));

    private Survival() {}

    /** A market that lives. */
    public interface History {

        /** Goes one block on; what is told of it to a book. */
        List<Fact> advance(SplittableRandom random);

        MarketState state();

        /** Every account as it is. */
        List<AccountPosition> positions();
    }

    /** Fails where somebody is missed, where hardly anybody was in danger, or where most suspicions were false. */
    public static void live(History history, SplittableRandom random, int blocks, String what) {
        var book = new PositionBook();
        int below = 0;
        int falseAlarms = 0;
        for (int step = 0; step < blocks; step++) {
            book.apply(history.advance(random));
            MarketState state = history.state();
            String where = what + " step=" + step;
            List<AccountPosition> truth = history.positions();
            BruteForce.Found found = BruteForce.compare(book, state, HealthFactor.ONE, truth, where);
            below += found.below();
            falseAlarms += found.falseAlarms();
            HealthFactor line = OTHER_LINES.get(random.nextInt(OTHER_LINES.size()));
            BruteForce.compare(book, state, line, truth, where + " line=" + line);
        }
        assertThat(below).as("below the line: %s", what).isGreaterThan(2 * blocks);
        assertThat(falseAlarms).as("false alarms beside %d: %s", below, what).isLessThan(below);
    }

    /** Everything about an account in these reserves, what it has no longer included. */
    public static List<Fact> facts(AccountPosition position, Set<Integer> reserves) {
        List<Fact> facts = new ArrayList<>();
        for (int reserve : reserves) {
            facts.add(new Fact.SupplyIs(
                    position.account(),
                    reserve,
                    position.holding(reserve).map(Holding::supplied).orElse(StoredAmount.ZERO)));
            facts.add(new Fact.DebtIs(
                    position.account(),
                    reserve,
                    position.holding(reserve).map(Holding::borrowed).orElse(StoredAmount.ZERO)));
        }
        facts.add(new Fact.CollateralIs(
                position.account(),
                position.holdings().stream()
                        .filter(Holding::usedAsCollateral)
                        .map(Holding::reserve)
                        .collect(Collectors.toSet())));
        facts.add(new Fact.EfficiencyIs(position.account(), position.mode()));
        return facts;
    }

    /** The most, below 2 to the power of {@code bits}, for which a condition holds that stops to hold somewhere. */
    public static BigInteger most(int bits, Predicate<BigInteger> holds) {
        BigInteger low = BigInteger.ZERO;
        BigInteger high = BigInteger.TWO.pow(bits);
        while (high.subtract(low).compareTo(BigInteger.ONE) > 0) {
            BigInteger middle = low.add(high).shiftRight(1);
            if (holds.test(middle)) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Of any size up to so many bits. */
    public static BigInteger anything(int bits, SplittableRandom random) {
        return new BigInteger(random.nextInt(1, bits), Random.from(random));
    }

    /** A debt at the line or a few units off, one of any size, or none. */
    public static BigInteger debt(BigInteger line, int bits, SplittableRandom random) {
        return switch (random.nextInt(5)) {
            case 0 -> BigInteger.ZERO;
            case 1 -> anything(bits, random);
            default -> line.add(BigInteger.valueOf(random.nextInt(-3, 4))).max(BigInteger.ZERO);
        };
    }
}
