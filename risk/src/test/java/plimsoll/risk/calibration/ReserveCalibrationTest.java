package plimsoll.risk.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.risk.calibration.Reserves.Recipe;
import plimsoll.risk.strict.SeededRandom;

class ReserveCalibrationTest {

    /** Depth 100 M linear, T = 30 min, 60 M supplied, p = 1/5, q = 1 M, g = 0.5 %, c = 0.1 %, m = 0.4 %, f = 10 %, b = 5 %. */
    private static ReserveInputs inputs() {
        return new ReserveInputs(
                new ReserveInputs.Falls(
                        horizon -> new Estimate(0.08, 0.10, 0.12),
                        horizon -> new Estimate(0.15, 0.20, 0.25),
                        horizon -> Estimate.exact(0.30)),
                new ReserveInputs.Lags(Duration.ofMinutes(20), Duration.ofMinutes(10), Duration.ofHours(24)),
                new ReserveInputs.Sizes(2_000, 60e6, 0.2, 1e6),
                Reserves.depth(100e6, Duration.ofMinutes(30)),
                Optional.of(new ReserveInputs.Debt(Reserves.depth(20e6, Duration.ofMinutes(30)), 0.05)),
                new ReserveInputs.Costs(Estimate.exact(0.005), 0.001, 0.004, 1),
                new ReserveInputs.Current(0.05, 0.10, 0.10, 0.8),
                new ReserveInputs.Income(400_000, 1e6, 150_000),
                new Eligibility.Facts(1_000, 5e6, 50e6, false, 1, 0.5),
                Eligibility.Rules.standard());
    }

    @Test
    void answersEveryParameterFromOneSetOfInputs() {
        var made = ReserveCalibration.of(inputs());

        // b* = (0.01 + 0.005 + 0.001 + 0.004) / 0.9 = 0.0222; the present 0.05 is what solvency bears.
        assertThat(made.bonus().value()).isCloseTo(0.0222222222, within(1e-10));
        // s = 0.05 * 0.9 - 0.01 = 0.035, D(s) = 3.5 M, 12 M on sale: 30 min * 12 / 3.5 = 102.857 min, and 30 min of
        // lags.
        assertThat(made.liquidationHorizon().toSeconds()).isEqualTo((long) (60 * (30 + 30 * 12 / 3.5)));
        // LT = 0.9 * 0.995 / 1.05 = 0.852857; ends 0.92 and 0.88: 0.871810, 0.833905.
        assertThat(made.liquidationThreshold().estimate().low()).isCloseTo(0.8339047619, within(1e-10));
        assertThat(made.liquidationThreshold().value()).isCloseTo(0.8528571429, within(1e-10));
        assertThat(made.liquidationThreshold().estimate().high()).isCloseTo(0.8718095238, within(1e-10));
        // LTV = LT * 0.8; the worse end 0.833905 * 0.75.
        assertThat(made.ltv().value()).isCloseTo(0.6822857143, within(1e-10));
        assertThat(made.ltv().estimate().low()).isCloseTo(0.6254285714, within(1e-10));
        // f_max = 1 - 0.02 / 0.05 = 0.6
        assertThat(made.mostProtocolFee().value()).isCloseTo(0.6, within(1e-12));
        // Stressed: 0.7 * 0.995 / 1.05 = 0.663333, loss a unit sold 0.189524, of a fifth: 0.0379048 d.
        // 400 000 / 0.0379048 = 10 552 764 is more than twice the depth within 5 %, 2 * 5 M: 5 000 tokens of 2 000.
        assertThat(made.supplyCap().value()).isCloseTo(5_000, within(1e-9));
        // min(0.8 * 10 M, 2 * 1 M) = 2 M.
        assertThat(made.borrowCap().orElseThrow().value()).isCloseTo(1_000, within(1e-9));
        // 150 000 of bad debt against 10 % of a million.
        assertThat(made.reserveFactor().orElseThrow().value()).isCloseTo(0.15, within(1e-12));
        // One source: isolated; half of a debt is lost if it becomes worthless: 400 000 / 0.5.
        assertThat(made.eligibility()).isInstanceOf(Eligibility.Verdict.Isolated.class);
        assertThat(made.debtCeiling().orElseThrow().value()).isCloseTo(800_000, within(1e-9));
    }

    @Test
    void saysWhyInWordsAndFigures() {
        var made = ReserveCalibration.of(inputs());

        assertThat(made.bonus().reasons()).anyMatch(reason -> reason.contains("takes 2.78 % more from borrowers"));
        assertThat(made.liquidationThreshold().reasons())
                .anyMatch(reason -> reason.contains("12 000 000 on sale at 3 500 000 a time take 2 h 13 min"))
                .anyMatch(reason -> reason.contains("falls by 10.00 % in the worst cases, by 8.00 % to 12.00 %"))
                .anyMatch(reason -> reason.contains("liquidation threshold 85.29 %"));
        assertThat(made.ltv().reasons()).anyMatch(reason -> reason.contains("survives a fall of 20.00 % within 1 d"));
        assertThat(made.supplyCap().reasons()).anyMatch(reason -> reason.contains("twice the depth within the bonus"));
        assertThat(made.debtCeiling().orElseThrow().reasons())
                .anyMatch(reason -> reason.contains("1 independent sources of the price, fewer than 2"));
    }

    @Test
    void capsWhatAStressWouldCostAtTheBudget() {
        var cap = Caps.largestWithin(value -> 0.04 * value, 400_000, 50e6);

        // 400 000 / 0.04 = 10 M, found from below to one part in a million of the highest.
        assertThat(cap).isBetween(10e6 - 50, 10e6);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
    void moreVolatilityLessDepthLongerLagsNeverRaiseAParameter(long seed) {
        var random = new SeededRandom(seed);
        for (var round = 0; round < 200; round++) {
            var recipe = Recipe.random(random);
            var riskier = recipe.withRisk(
                    recipe.hourlyVolatility() * (1 + random.nextInt(2) * random.nextDouble()),
                    recipe.depth() * (1 - random.nextInt(2) * 0.9 * random.nextDouble()),
                    recipe.oracleLag().plusSeconds(random.nextInt(2) * random.nextLong(1, 7_200)),
                    recipe.inclusionLag().plusSeconds(random.nextInt(2) * random.nextLong(1, 7_200)),
                    recipe.recovery().plusSeconds(random.nextInt(2) * random.nextLong(1, 7_200)));

            var before = ReserveCalibration.of(recipe.inputs());
            var after = ReserveCalibration.of(riskier.inputs());

            var description = "seed %d round %d: %s then %s".formatted(seed, round, recipe, riskier);
            assertThat(after.liquidationThreshold().value())
                    .describedAs(description)
                    .isLessThanOrEqualTo(before.liquidationThreshold().value() + 1e-15);
            assertThat(after.ltv().value())
                    .describedAs(description)
                    .isLessThanOrEqualTo(before.ltv().value() + 1e-15);
            assertThat(after.bonus().value())
                    .describedAs(description)
                    .isGreaterThanOrEqualTo(before.bonus().value());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void scalingAllPricesChangesNothing(long seed) {
        var random = new SeededRandom(seed);
        for (var round = 0; round < 100; round++) {
            var recipe = Recipe.random(random);
            var factor = StrictMath.exp(8 * random.nextDouble() - 4);

            assertSame(recipe, recipe.scaled(factor, factor), 1);
        }
    }

    /** Two perfectly dependent halves: balance, depth, liquidations and loss budget halved, each half by itself. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4})
    void splittingAnAssetIntoTwoHalvesChangesNothing(long seed) {
        var random = new SeededRandom(seed);
        for (var round = 0; round < 100; round++) {
            var recipe = Recipe.random(random);

            assertSame(recipe, recipe.scaled(0.5, 1), 0.5);
        }
    }

    private static void assertSame(Recipe recipe, Recipe other, double tokens) {
        var one = ReserveCalibration.of(recipe.inputs());
        var two = ReserveCalibration.of(other.inputs());

        assertThat(two.liquidationThreshold().value())
                .isCloseTo(one.liquidationThreshold().value(), within(1e-12));
        assertThat(two.ltv().value()).isCloseTo(one.ltv().value(), within(1e-12));
        assertThat(two.bonus().value()).isCloseTo(one.bonus().value(), within(1e-12));
        assertThat(two.mostProtocolFee().value())
                .isCloseTo(one.mostProtocolFee().value(), within(1e-12));
        assertThat(two.supplyCap().value() / tokens)
                .isCloseTo(
                        one.supplyCap().value(), within(1e-5 * one.supplyCap().value() + 1e-6));
        assertThat(two.borrowCap().orElseThrow().value() / tokens)
                .isCloseTo(
                        one.borrowCap().orElseThrow().value(),
                        within(1e-5 * one.supplyCap().value() + 1e-6));
    }
}
