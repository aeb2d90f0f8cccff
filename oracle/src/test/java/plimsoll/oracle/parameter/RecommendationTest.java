package plimsoll.oracle.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.units.Bps;

class RecommendationTest {

    private static final StabilityRule FREE = new StabilityRule(Bps.ZERO, bps(10_000), bps(10_000), bps(9_500), bps(1));
    private static final CollateralParameters WETH = vector(8000, 8250, 500);

    @Test
    void roundsSharesDown() {
        Recommendation made = Recommendation.of(0.700099, 0.750099, WETH, FREE);

        assertThat(made.parameters()).isEqualTo(vector(7000, 7500, 500));
        assertThat(made.reasons()).isEmpty();
    }

    @Test
    void holdsTheThresholdWhereTheBonusStillFitsAndLtvKeepsItsShare() {
        // 100 000 000 / 11 000 = 9 090.9: a bonus of 10 % leaves room for 90.90 %; 9 090 * 92 / 94 = 8 896.6.
        Recommendation made = Recommendation.of(0.92, 0.94, vector(8000, 8250, 1000), FREE);

        assertThat(made.parameters()).isEqualTo(vector(8896, 9090, 1000));
        assertThat(made.reasons()).singleElement().asString().contains("held down to 9090 bps from 9400 bps");
    }

    @Test
    void tightensQuicklyAndLoosensSlowly() {
        StabilityRule rule = new StabilityRule(bps(50), bps(1000), bps(100), bps(9000), bps(1000));

        assertThat(Recommendation.of(0.50, 0.60, WETH, rule).parameters()).isEqualTo(vector(7000, 7250, 500));
        assertThat(Recommendation.of(0.86, 0.88, WETH, rule).parameters()).isEqualTo(vector(8100, 8350, 500));
    }

    @Test
    void cutsLtvByNoMoreThanTheThreshold() {
        // A reserve whose LTV stands at its threshold: 300 bps off the threshold are 300 off LTV, which 200 would not
        // be.
        StabilityRule rule = new StabilityRule(bps(50), bps(300), bps(100), bps(9000), bps(1000));

        Recommendation first = Recommendation.of(0.60, 0.80, WETH, rule);
        Recommendation pressed = Recommendation.of(0.70, 0.72, vector(8200, 8250, 500), rule);

        assertThat(first.parameters()).isEqualTo(vector(7700, 8000, 500));
        assertThat(first.reasons()).anyMatch(reason -> reason.contains("LTV lowered only to 7700 bps, not 6000 bps"));
        assertThat(pressed.parameters()).isEqualTo(vector(7900, 7950, 500));
    }

    @Test
    void raisesTheBonusWithACutOfTheThresholdThatMakesRoom() {
        // 94.50 % leaves room for 582 bps; 650 bps need 93.89 %, and LTV keeps its share: 9 389 * 9 000 / 9 450 = 8
        // 941.9.
        CollateralParameters now = vector(9000, 9450, 550);

        Recommendation made = Recommendation.of(answer(0.90, 0.945, 0.0649001), now, rule(100, 100));

        assertThat(made.parameters()).isEqualTo(vector(8941, 9389, 650));
    }

    @Test
    void holdsTheBonusDownWhereTheThresholdMayNotFallFarEnough() {
        CollateralParameters now = vector(9000, 9450, 550);
        StabilityRule narrow = new StabilityRule(bps(5), bps(10), bps(10), bps(9_500), bps(1));

        Recommendation made = Recommendation.of(
                answer(0.90, 0.945, 0.08), now, new ReserveRule(narrow, bps(1), bps(300), bps(1), bps(1), bps(1)));

        // 100 000 000 / 9 440 = 10 593.2
        assertThat(made.parameters().liquidationThreshold()).isEqualTo(bps(9_440));
        assertThat(made.parameters().liquidationBonus()).isEqualTo(bps(593));
        assertThat(made.reasons()).anyMatch(reason -> reason.contains("leaves room for no more"));
    }

    @Test
    void roundsABonusUpAndMovesItByAStep() {
        assertThat(Recommendation.of(answer(0.80, 0.825, 0.05501), WETH, rule(10, 100))
                        .parameters()
                        .liquidationBonus())
                .isEqualTo(bps(551));
        assertThat(Recommendation.of(answer(0.80, 0.825, 0.02), WETH, rule(10, 100))
                        .parameters()
                        .liquidationBonus())
                .isEqualTo(bps(400));
    }

    @Test
    void movesCapsBySharesOfThemselvesAndRoundsThemDown() {
        CollateralParameters now = WETH.withCaps(1_000, 0);
        ReserveRule rule = new ReserveRule(FREE, bps(50), bps(100), bps(1_000), bps(5_000), bps(3_000));

        assertThat(caps(2_000.9, 700.9, now, rule)).containsExactly(1_500L, 700L);
        assertThat(caps(1_099.9, 0.5, now, rule)).containsExactly(1_000L, 1L);
        assertThat(caps(1_100.0, 700.9, now, rule)).containsExactly(1_100L, 700L);
        assertThat(caps(100, 700.9, now, rule)).containsExactly(700L, 700L);
    }

    @Test
    void keepsWhatLiesWithinTheDeadBand() {
        StabilityRule rule = new StabilityRule(bps(50), bps(300), bps(100), bps(9000), bps(1000));

        Recommendation made = Recommendation.of(0.7990, 0.8230, WETH, rule);

        assertThat(made.parameters()).isEqualTo(WETH);
        assertThat(made.reasons()).singleElement().asString().contains("dead-band of 50 bps");
    }

    @Test
    void neverLoosensAboveTheCeiling() {
        StabilityRule rule = new StabilityRule(bps(50), bps(300), bps(500), bps(8300), bps(1000));

        Recommendation made = Recommendation.of(0.88, 0.90, WETH, rule);

        assertThat(made.parameters().liquidationThreshold()).isEqualTo(bps(8_300));
        assertThat(made.reasons()).anyMatch(reason -> reason.contains("configured ceiling"));
    }

    @Test
    void refusesWhatIsNotANumber() {
        assertThatThrownBy(() -> Recommendation.of(Double.NaN, 0.8, WETH, FREE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not a number");
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5})
    void neverRecommendsWhatTheContractRefusesOrTheRuleForbids(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 20_000; i++) {
            int threshold = random.nextInt(1, 9_800);
            int bonus = random.nextInt(
                    1, AaveCollateralRule.highestBonus(bps(threshold)).raw() + 1);
            CollateralParameters now = vector(random.nextInt(0, threshold + 1), threshold, Math.min(bonus, 5_000));
            int lowest = random.nextInt(1, 9_000);
            StabilityRule rule = new StabilityRule(
                    bps(random.nextInt(0, 200)),
                    bps(random.nextInt(1, 1_000)),
                    bps(random.nextInt(1, 1_000)),
                    bps(random.nextInt(lowest, 10_000)),
                    bps(lowest));

            ModelAnswer answer =
                    answer(random.nextDouble(-0.2, 1.3), random.nextDouble(-0.2, 1.3), random.nextDouble(-0.1, 0.6));
            int bonusStep = random.nextInt(1, 500);
            ReserveRule all = new ReserveRule(rule, bps(20), bps(bonusStep), bps(500), bps(5_000), bps(5_000));

            Recommendation made = Recommendation.of(answer, now, all);
            assertThat(made.parameters().liquidationBonus().raw())
                    .isBetween(
                            now.liquidationBonus().raw() - bonusStep,
                            now.liquidationBonus().raw() + bonusStep);

            CollateralParameters to = made.parameters();
            int move = to.liquidationThreshold().raw() - threshold;
            assertThat(AaveCollateralRule.violations(to))
                    .as("seed %s case %s: %s %s", seed, i, now, made)
                    .isEmpty();
            assertThat(AaveCollateralRule.contractAccepts(to)).isTrue();
            assertThat(move)
                    .as("seed %s case %s: %s %s %s", seed, i, now, made, rule)
                    .isBetween(
                            -rule.mostTightening().raw(), rule.mostLoosening().raw());
            assertThat(to.ltv().raw())
                    .as("seed %s case %s: %s %s %s", seed, i, now, made, rule)
                    .isGreaterThanOrEqualTo(Math.min(
                            to.liquidationThreshold().raw(),
                            now.ltv().raw() - rule.mostTightening().raw()));
            if (move > 0) {
                assertThat(to.liquidationThreshold()).isLessThanOrEqualTo(rule.highestThreshold());
            }
            if (move < 0) {
                assertThat(to.liquidationThreshold().raw()).isGreaterThanOrEqualTo(Math.min(threshold, lowest));
            }
        }
    }

    private static ModelAnswer answer(double ltv, double threshold, double bonus) {
        return new ModelAnswer(
                ltv, threshold, OptionalDouble.of(bonus), OptionalDouble.empty(), OptionalDouble.empty());
    }

    private static List<Long> caps(double supply, double borrow, CollateralParameters now, ReserveRule rule) {
        CollateralParameters made = Recommendation.of(
                        new ModelAnswer(
                                0.80,
                                0.825,
                                OptionalDouble.empty(),
                                OptionalDouble.of(supply),
                                OptionalDouble.of(borrow)),
                        now,
                        rule)
                .parameters();
        return List.of(made.supplyCap(), made.borrowCap());
    }

    private static ReserveRule rule(int bonusDeadBand, int bonusStep) {
        return new ReserveRule(FREE, bps(bonusDeadBand), bps(bonusStep), bps(1), bps(1), bps(1));
    }

    private static Bps bps(int raw) {
        return new Bps(raw);
    }

    private static CollateralParameters vector(int ltv, int threshold, int bonus) {
        return new CollateralParameters(bps(ltv), bps(threshold), bps(bonus), 0, 0);
    }
}
