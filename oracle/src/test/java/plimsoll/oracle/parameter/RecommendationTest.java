package plimsoll.oracle.parameter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

        assertThat(Recommendation.of(0.50, 0.60, WETH, rule).parameters()).isEqualTo(vector(5000, 7250, 500));
        assertThat(Recommendation.of(0.86, 0.88, WETH, rule).parameters()).isEqualTo(vector(8100, 8350, 500));
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

            Recommendation made =
                    Recommendation.of(random.nextDouble(-0.2, 1.3), random.nextDouble(-0.2, 1.3), now, rule);

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
            if (move > 0) {
                assertThat(to.liquidationThreshold()).isLessThanOrEqualTo(rule.highestThreshold());
            }
            if (move < 0) {
                assertThat(to.liquidationThreshold().raw()).isGreaterThanOrEqualTo(Math.min(threshold, lowest));
            }
        }
    }

    private static Bps bps(int raw) {
        return new Bps(raw);
    }

    private static CollateralParameters vector(int ltv, int threshold, int bonus) {
        return new CollateralParameters(bps(ltv), bps(threshold), bps(bonus), 0, 0);
    }
}
