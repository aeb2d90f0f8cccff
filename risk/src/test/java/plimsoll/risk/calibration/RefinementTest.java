package plimsoll.risk.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.calibration.Refinement.Answer;
import plimsoll.risk.calibration.Refinement.Candidate;
import plimsoll.risk.calibration.Refinement.Step;
import plimsoll.risk.strict.SeededRandom;

/** On analytic evaluators whose best vector is known. */
class RefinementTest {

    private static final double BUDGET = 1_000_000;

    /** One asset: bad debt grows with the square of what the threshold exceeds 70 % by. */
    private static final Refinement.Evaluator ONE = candidate -> {
        var over = Math.max(0, candidate.thresholds().getFirst() - 0.70);
        return new Evaluation(1e8 * over * over, 0, 1e9 * candidate.ltvs().getFirst(), 0, 0);
    };

    @Test
    void findsTheHighestThresholdOfOneAsset() {
        // 1e8 (LT - 0.70)^2 = 1e6 at LT = 0.80.
        var answer = Refinement.search(start(1, 0.75, 0.5, 0.9), ONE, limits(0));

        assertThat(answer).isInstanceOf(Answer.Found.class);
        assertThat(threshold(answer, 0)).isBetween(0.80 - 0.0005, 0.80);
        assertThat(answer.chosen().candidate().ltvs().getFirst()).isCloseTo(threshold(answer, 0) * 0.9, within(1e-15));
    }

    @Test
    void goesDownWhereTheStartIsTooRisky() {
        var answer = Refinement.search(start(1, 0.88, 0.5, 0.9), ONE, limits(0));

        assertThat(threshold(answer, 0)).isBetween(0.80 - 0.0005, 0.80);
        assertThat(answer.steps().getFirst().verdict())
                .isEqualTo("bad debt of 3 240 000 with its error exceeds 1 000 000");
    }

    @Test
    void staysOnTheSafeSideOfTheMonteCarloError() {
        Refinement.Evaluator noisy = candidate -> {
            var exact = ONE.evaluate(candidate);
            return new Evaluation(
                    exact.shortfallOfBadDebt(), 0.05 * exact.shortfallOfBadDebt(), exact.borrowingPower(), 0, 0);
        };

        var answer = Refinement.search(start(1, 0.75, 0.5, 0.9), noisy, limits(2));

        // 1.1e8 (LT - 0.70)^2 = 1e6 at LT = 0.70 + 0.1 / sqrt(1.1) = 0.795346.
        assertThat(threshold(answer, 0)).isBetween(0.795346 - 0.0005, 0.795346);
    }

    @Test
    void takesTheHighestBoundWhereNothingBinds() {
        Refinement.Evaluator safe = candidate -> new Evaluation(0, 0, sum(candidate.ltvs()), 0, 0);

        var answer = Refinement.search(start(3, 0.75, 0.5, 0.9), safe, limits(0));

        assertThat(answer.chosen().candidate().thresholds()).containsOnly(0.9);
        assertThat(answer.steps()).hasSize(2);
    }

    @Test
    void saysThatNoVectorKeepsEveryLimitAndForcesNoMoreThanAllowed() {
        // Bad debt asks for 0.80, and every point below the live 0.88 forces a tenth of the debt.
        Refinement.Evaluator torn = candidate -> {
            var exact = ONE.evaluate(candidate);
            var forced = Math.max(0, 0.88 - candidate.thresholds().getFirst()) * 10;
            return new Evaluation(exact.shortfallOfBadDebt(), 0, exact.borrowingPower(), 0, Math.min(1, forced));
        };
        var limits = new RefinementLimits(BUDGET, 0, 1e18, 0.2, 20, 0.0005);

        var answer = Refinement.search(start(1, 0.88, 0.5, 0.9), torn, limits);

        assertThat(answer).isInstanceOf(Answer.OutOfReach.class);
        assertThat(threshold(answer, 0)).isBetween(0.86, 0.8605);
        assertThat(answer.chosen().evaluation().forcedShare()).isLessThanOrEqualTo(0.2);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void comesNearTheBestVectorOfSeveralAssets(long seed) {
        var random = new SeededRandom(seed);
        for (var round = 0; round < 25; round++) {
            for (var size : new int[] {2, 3, 5}) {
                var market = Market.random(size, random);

                var answer = Refinement.search(market.start(), market::evaluate, limits(0));

                assertThat(answer.chosen().isWithinLimits()).isTrue();
                assertThat(answer.steps()).hasSizeLessThanOrEqualTo(20);
                assertThat(market.shareOfBest(answer))
                        .describedAs("seed %d round %d size %d", seed, round, size)
                        .isBetween(0.95, 1.0);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void gainsOverMovingTogetherAlsoWithThirtyAssets(long seed) {
        var random = new SeededRandom(seed);
        var market = Market.random(30, random);
        var together = new ArrayList<Step>();

        var answer = Refinement.search(market.start(), market::evaluateWithParts, limits(0));

        answer.steps().stream()
                .filter(step -> step.isWithinLimits() && !step.move().startsWith("thresholds "))
                .forEach(together::add);
        var joint = together.stream()
                .mapToDouble(step -> step.evaluation().borrowingPower())
                .max()
                .orElseThrow();
        assertThat(answer.chosen().evaluation().borrowingPower()).isGreaterThan(joint);
        assertThat(market.shareOfBest(answer)).isBetween(0.88, 1.0);
    }

    @Test
    void findsWhereBadDebtBeginsIfNoneIsAllowed() {
        var market = Market.random(3, new SeededRandom(12));
        var nothing = new RefinementLimits(0, 0, 1e18, 1, 20, 0.0005);

        var answer = Refinement.search(start(3, 0.6, 0.3, 0.9), market::evaluate, nothing);

        assertThat(answer.chosen().isWithinLimits()).isTrue();
        assertThat(answer.chosen().candidate().thresholds())
                .allSatisfy(threshold -> assertThat(threshold).isBetween(0.45, 0.5));
    }

    @Test
    void repeatsItself() {
        var market = Market.random(4, new SeededRandom(11));

        assertThat(Refinement.search(market.start(), market::evaluate, limits(0)))
                .isEqualTo(Refinement.search(market.start(), market::evaluate, limits(0)));
    }

    /**
     * Bad debt Σ a_i (LT_i − 0.5)² above 0.5, borrowing power Σ w_i LT_i. By Lagrange the best excess over 0.5 is
     * w_i / (2 μ a_i) with μ = √(Σ w_i² / a_i / (4 K)), worth √(K Σ w_i² / a_i) of borrowing power.
     */
    private record Market(List<Double> weights, List<Double> curvatures) {

        static Market random(int size, SeededRandom random) {
            var weights = new ArrayList<Double>();
            var curvatures = new ArrayList<Double>();
            for (var i = 0; i < size; i++) {
                weights.add(1e8 * (0.5 + random.nextDouble()));
                // The best excess stays below 0.4, so that no upper bound binds.
                curvatures.add(BUDGET * 40 * (1 + 3 * random.nextDouble()));
            }
            return new Market(weights, curvatures);
        }

        RefinementStart start() {
            return RefinementTest.start(weights.size(), 0.5, 0.4, 0.9);
        }

        Evaluation evaluate(Candidate candidate) {
            var parts = evaluateWithParts(candidate);
            return new Evaluation(parts.shortfallOfBadDebt(), 0, parts.borrowingPower(), 0, 0);
        }

        Evaluation evaluateWithParts(Candidate candidate) {
            var powers = new ArrayList<Double>();
            var losses = new ArrayList<Double>();
            for (var i = 0; i < weights.size(); i++) {
                var threshold = candidate.thresholds().get(i);
                var over = Math.max(0, threshold - 0.5);
                powers.add(weights.get(i) * threshold);
                losses.add(curvatures.get(i) * over * over);
            }
            return new Evaluation(sum(losses), 0, sum(powers), 0, 0, powers, losses);
        }

        double shareOfBest(Answer answer) {
            var worth = 0.0;
            var base = 0.0;
            for (var i = 0; i < weights.size(); i++) {
                worth += weights.get(i) * weights.get(i) / curvatures.get(i);
                base += 0.5 * weights.get(i);
            }
            return (answer.chosen().evaluation().borrowingPower() - base) / Math.sqrt(BUDGET * worth);
        }
    }

    private static RefinementStart start(int size, double threshold, double lowest, double highest) {
        var names = new ArrayList<String>();
        for (var i = 0; i < size; i++) {
            names.add("asset " + i);
        }
        return new RefinementStart(
                names,
                Collections.nCopies(size, threshold),
                Collections.nCopies(size, 0.9),
                Collections.nCopies(size, lowest),
                Collections.nCopies(size, highest));
    }

    private static RefinementLimits limits(double errorMultiple) {
        return new RefinementLimits(BUDGET, errorMultiple, 1e18, 1, 20, 0.0005);
    }

    private static double threshold(Answer answer, int asset) {
        return answer.chosen().candidate().thresholds().get(asset);
    }

    private static double sum(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).sum();
    }
}
