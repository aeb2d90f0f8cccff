package plimsoll.risk.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;

class ModelConfidenceSetTest {

    /**
     * Expected: Python's arch 8.0.0, {@code MCS(scores, reps=20000, block_size=7, method='max', bootstrap='stationary',
     * seed=1)}: 0.3719, 1, 0.00155, 0. Another bootstrap's chance moves 0.37 by 0.01 or so.
     */
    @Test
    void equalsAnIndependentImplementation() {
        var probabilities = ModelConfidenceSet.probabilities(Contestants.scores(), 5000, 1);

        assertThat(probabilities[0]).isCloseTo(0.3719, within(0.03));
        assertThat(probabilities[1]).isEqualTo(1);
        assertThat(probabilities[2]).isCloseTo(0.00155, within(0.003));
        assertThat(probabilities[3]).isCloseTo(0, within(0.001));
    }

    @Test
    void repeatsItsBitsForASeedAndKeepsTwins() {
        var scores = Contestants.scores();
        var twins = new double[][] {scores[0], scores[0]};

        assertThat(ModelConfidenceSet.probabilities(scores, 200, 5))
                .isEqualTo(ModelConfidenceSet.probabilities(scores, 200, 5));
        assertThat(ModelConfidenceSet.probabilities(twins, 200, 5)).containsExactly(1, 1);
    }

    @Test
    void keepsAllEqualsNineTimesInTenAndDropsTheWorse() {
        var keptAll = 0;
        var droppedWorse = 0;
        for (var trial = 0; trial < 200; trial++) {
            var random = new SeededRandom(23, trial);
            var scores = new double[4][300];
            for (var t = 0; t < 300; t++) {
                var shared = SpecialFunctions.normalQuantile(random.nextDouble());
                for (var i = 0; i < 4; i++) {
                    scores[i][t] = shared + SpecialFunctions.normalQuantile(random.nextDouble()) + (i == 3 ? 0.4 : 0);
                }
            }
            var probabilities = ModelConfidenceSet.probabilities(scores, 200, trial);
            keptAll += probabilities[0] >= 0.1 && probabilities[1] >= 0.1 && probabilities[2] >= 0.1 ? 1 : 0;
            droppedWorse += probabilities[3] < 0.1 ? 1 : 0;
        }

        // At 90 % confidence the three equals stay in nine of ten: 180, three standard deviations 13.
        assertThat(keptAll).isBetween(165, 198);
        // 0.4 over √2/√300·√(4/3) = 0.094: four standard errors.
        assertThat(droppedWorse).isGreaterThan(180);
    }
}
