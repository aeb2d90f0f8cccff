package plimsoll.risk.stress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.stress.HypotheticalShock.Course;
import plimsoll.risk.stress.ReverseStress.Answer;
import plimsoll.risk.stress.ReverseStress.Direction;
import plimsoll.risk.strict.SeededRandom;

/** On a toy whose break is known by hand: nobody liquidates, so bad debt is what the last price leaves uncovered. */
class ReverseStressTest {

    /** Collateral worth 100 and 50 today against a debt of 90 in a third asset. */
    private static final List<Loan> ONE_LOAN = List.of(new Loan(List.of(100.0, 50.0, 0.0), List.of(0.0, 0.0, 90.0)));

    @Test
    void findsTheCommonFallThatBreaksTheBudget() {
        var reverse = reverse(3, ONE_LOAN);

        var answer = reverse.common(new boolean[] {true, true, false}, Direction.FALL, 15);

        // 90 - 150 (1 - s) > 15 where s > 1 - 75/150 = 0.5.
        assertThat(breaks(answer)).isCloseTo(0.5, within(1e-4));
    }

    @Test
    void findsTheFallOfOneAssetAndSaysWhereNoneBreaks() {
        var answers = reverse(3, ONE_LOAN).eachAlone(Direction.FALL, 15);

        // 90 - 50 - 100 (1 - s) > 15 where s > 0.75; the other alone leaves 100 against 90; the debt asset only helps.
        assertThat(breaks(answers.get(0))).isCloseTo(0.75, within(1e-4));
        assertThat(answers.get(1)).isEqualTo(new Answer.Holds(1, 0));
        assertThat(answers.get(2)).isEqualTo(new Answer.Holds(1, 0));
    }

    @Test
    void findsTheSqueezeOfTheBorrowedAsset() {
        var answers = reverse(3, ONE_LOAN).eachAlone(Direction.SQUEEZE, 0);

        // 90 (1 + s) > 150 where s > 2/3.
        assertThat(breaks(answers.get(2))).isCloseTo(2.0 / 3, within(1e-4));
        assertThat(answers.get(0)).isEqualTo(new Answer.Holds(3, 0));
    }

    @Test
    void findsTheLowerOfTwoBreaks() {
        ToDoubleFunction<PathSource> island = paths -> {
            var factor = lastPrices(paths)[0];
            return (factor > 0.55 && factor < 0.65) || factor < 0.2 ? 1 : 0;
        };

        var answer =
                new ReverseStress(1, Course.immediate(1), island).common(new boolean[] {true}, Direction.FALL, 0.5);

        assertThat(breaks(answer)).isCloseTo(0.35, within(1e-4));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void moreDebtBreaksNoLaterAndALargerBudgetNoSooner(long seed) {
        var random = new SeededRandom(seed);
        var loans = new ArrayList<Loan>();
        var heavier = new ArrayList<Loan>();
        for (var i = 0; i < 20; i++) {
            var collateral = 50 + 100 * random.nextDouble();
            var debt = collateral * (0.3 + 0.5 * random.nextDouble());
            loans.add(new Loan(List.of(collateral, 0.0), List.of(0.0, debt)));
            heavier.add(new Loan(List.of(collateral, 0.0), List.of(0.0, debt * 1.1)));
        }

        var base = breaks(reverse(2, loans).eachAlone(Direction.FALL, 10).getFirst());
        var moreDebt = breaks(reverse(2, heavier).eachAlone(Direction.FALL, 10).getFirst());
        var moreBudget = breaks(reverse(2, loans).eachAlone(Direction.FALL, 50).getFirst());

        assertThat(moreDebt).isLessThanOrEqualTo(base);
        assertThat(moreBudget).isGreaterThanOrEqualTo(base);
    }

    private record Loan(List<Double> collateral, List<Double> debt) {}

    private static ReverseStress reverse(int assets, List<Loan> loans) {
        return new ReverseStress(assets, Course.linear(2, 3), paths -> {
            var factors = lastPrices(paths);
            var total = 0.0;
            for (var loan : loans) {
                var shortfall = 0.0;
                for (var asset = 0; asset < assets; asset++) {
                    shortfall += factors[asset]
                            * (loan.debt().get(asset) - loan.collateral().get(asset));
                }
                total += Math.max(0, shortfall);
            }
            return total;
        });
    }

    private static double[] lastPrices(PathSource paths) {
        var block = PathBlock.of(paths);
        paths.fill(0, block);
        var factors = new double[paths.assets()];
        for (var asset = 0; asset < factors.length; asset++) {
            factors[asset] = block.price(asset, paths.steps() - 1)[0];
        }
        return factors;
    }

    private static double breaks(Answer answer) {
        return switch (answer) {
            case Answer.Breaks found -> found.severity();
            case Answer.Holds holds -> throw new AssertionError("nothing breaks: " + holds);
        };
    }
}
