package plimsoll.risk.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;

class LossSampleTest {

    @Test
    void countsTheLastLossInPart() {
        var sample = LossSample.of(new double[] {1, 9, 4, 7});

        // n(1−α) = 4·0.375 = 1.5: k = 1, VaR = L_(2) = 7, ES = (9 + 0.5·7)/1.5 = 8.333333
        assertThat(sample.valueAtRisk(0.625)).isEqualTo(7);
        assertThat(sample.expectedShortfall(0.625)).isCloseTo(12.5 / 1.5, within(1e-12));
    }

    @Test
    void aThousandLossesAtNinetyNinePercentAreTen() {
        var sample =
                LossSample.of(IntStream.rangeClosed(1, 1000).asDoubleStream().toArray());

        // The ten worst are 1000..991, mean 995.5; the eleventh is 990.
        assertThat(sample.valueAtRisk(0.99)).isEqualTo(990);
        assertThat(sample.expectedShortfall(0.99)).isCloseTo(995.5, within(1e-9));
    }

    @Test
    void intervalsHoldTheTruthOfNormalSamplesAsOftenAsTheySay() {
        var valueAtRiskHeld = 0;
        var shortfallHeld = 0;

        for (var seed = 0; seed < 200; seed++) {
            var sample = LossSample.of(new SeededRandom(seed)
                    .doubles(5000)
                    .map(SpecialFunctions::normalQuantile)
                    .toArray());
            // z₀.₉₉ = 2.326348, φ(z)/(1 − 0.99) = 2.665214
            valueAtRiskHeld += holds(sample.valueAtRiskInterval(0.99), 2.326348);
            shortfallHeld += holds(sample.expectedShortfallInterval(0.99), 2.665214);
        }

        // 190 expected of 200, standard deviation 3.1; small samples hold the shortfall a little less often.
        assertThat(valueAtRiskHeld).isBetween(180, 200);
        assertThat(shortfallHeld).isBetween(174, 200);
    }

    private static int holds(LossSample.Interval interval, double truth) {
        return interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }

    @Test
    void theShortfallOfEqualLossesIsNotBelowThem() {
        // The worst hundred are equal: their mean, added up and divided by 16.37, could come out an ulp below them.
        var random = new SeededRandom(5);
        for (var trial = 0; trial < 200; trial++) {
            var losses = new double[1_637];
            Arrays.fill(losses, 0, 100, 3 + random.nextDouble());
            var sample = LossSample.of(losses);

            assertThat(sample.expectedShortfall(0.99)).isGreaterThanOrEqualTo(sample.valueAtRisk(0.99));
        }
    }

    @Test
    void refusesNonsense() {
        assertThatThrownBy(() -> LossSample.of(new double[0])).hasMessageContaining("no losses");
        assertThatThrownBy(() -> LossSample.of(new double[] {1}).valueAtRisk(1)).hasMessageContaining("level");
    }
}
