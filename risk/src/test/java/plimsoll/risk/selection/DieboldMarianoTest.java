package plimsoll.risk.selection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;

class DieboldMarianoTest {

    /**
     * Expected: numpy 2.4.6 (autocovariances by {@code correlate}, Bartlett weights) and scipy 1.17.1 on {@link Contestants};
     * 0 against 3 also by statsmodels' {@code OLS(d, 1).fit(cov_type='HAC', maxlags=5)}.
     */
    @ParameterizedTest
    @CsvSource({
        "0, 1, 0.9029394017877809, 0.36655805729848356",
        "0, 2, -2.0326928824855166, 0.042083560832528025",
        "0, 3, -8.881523720365799, 6.595066920265432e-19",
        "2, 1, 2.80941072602719, 0.004963228215030422"
    })
    void equalsNumpy(int first, int second, double statistic, double probability) {
        var scores = Contestants.scores();

        var test = DieboldMariano.of(scores[first], scores[second]);

        assertThat(test.statistic()).isCloseTo(statistic, within(1e-10 * Math.abs(statistic)));
        assertThat(test.probability()).isCloseTo(probability, within(1e-9 * probability));
    }

    @Test
    void equalScoresDoNotDiffer() {
        var scores = Contestants.scores()[0];

        assertThat(DieboldMariano.of(scores, scores)).isEqualTo(new DieboldMariano(0, 1));
        assertThatThrownBy(() -> DieboldMariano.of(scores, new double[3])).hasMessageContaining("do not pair");
    }

    /** Differences with an autocorrelation of 0.3: a test without the long-run variance would reject 15 times in 100. */
    @Test
    void rejectsAboutFiveInAHundredWhereNothingDiffersAndMostWhereItDoes() {
        var rejectedByChance = 0;
        var rejectedRightly = 0;
        for (var trial = 0; trial < 400; trial++) {
            var random = new SeededRandom(11, trial);
            var first = new double[500];
            var second = new double[500];
            var worse = new double[500];
            var memory = 0.0;
            for (var t = 0; t < first.length; t++) {
                memory = 0.3 * memory + SpecialFunctions.normalQuantile(random.nextDouble());
                first[t] = memory;
                worse[t] = memory + 0.25 + SpecialFunctions.normalQuantile(random.nextDouble());
            }
            rejectedByChance += DieboldMariano.of(first, second).probability() < 0.05 ? 1 : 0;
            rejectedRightly += DieboldMariano.of(worse, first).probability() < 0.05 ? 1 : 0;
        }

        // 400 · 0.05 = 20, three standard deviations 13; HAC tests reject a little too often in short samples.
        assertThat(rejectedByChance).isBetween(8, 40);
        // Mean 0.25 over a deviation of 1/√500 = 0.045: 5.6 standard errors.
        assertThat(rejectedRightly).isGreaterThan(395);
    }
}
