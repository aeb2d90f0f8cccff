package plimsoll.risk.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.risk.ReferenceData;
import plimsoll.risk.strict.SeededRandom;

class ThresholdStabilityTest {

    @Test
    void keepsTheLowestThresholdWhereAllOfTheTailIsPareto() {
        var lowest = 0;

        for (var seed = 0; seed < 40; seed++) {
            var stability = ThresholdStability.of(pareto(3000, 0.25, seed));
            lowest += stability.chosen().equals(stability.fits().getFirst()) ? 1 : 0;
        }

        // 38 expected of 40 at most: eleven comparisons share 5 %, and ξ of sixty excesses is not quite normal.
        assertThat(lowest).isBetween(33, 40);
    }

    @Test
    void climbsOutOfABodyThatIsNotTheTail() {
        var stability = ThresholdStability.of(uniformBodyThenPareto(4000, 2));

        // Below 1 losses are uniform, above it 6 % of them have a tail with ξ = 0.4.
        assertThat(stability.isStable()).isTrue();
        assertThat(stability.chosen().threshold()).isBetween(0.95, 1.5);
        assertThat(stability.chosen().xi()).isCloseTo(0.4, within(0.35));
        assertThat(stability.fits().getFirst().xi()).isNotCloseTo(0.4, within(0.2));
    }

    @Test
    void danishFireLossesOverAGivenGrid() throws IOException {
        var losses = ReferenceData.column("danish_fire.csv", 1);

        var stability = ThresholdStability.of(losses, new double[] {3, 4, 5.5, 10, 20});

        assertThat(stability.fits().get(3).xi()).isCloseTo(0.49698580, within(1e-8));
        assertThat(stability.fits().getLast().xi()).isCloseTo(0.68415218, within(1e-8));
        assertThat(stability.isStable()).isTrue();
    }

    @Test
    void toleratesTies() {
        var losses = new SeededRandom(1)
                .doubles(2000)
                .map(u -> Math.floor(-20 * StrictMath.log(u)) / 20)
                .toArray();

        var stability = ThresholdStability.of(losses);

        assertThat(stability.fits()).isNotEmpty();
        for (var i = 1; i < stability.fits().size(); i++) {
            assertThat(stability.fits().get(i).threshold())
                    .isGreaterThan(stability.fits().get(i - 1).threshold());
        }
    }

    @Test
    void refusesWhatCannotBeChosenFrom() {
        assertThatThrownBy(() -> ThresholdStability.of(pareto(200, 0.2, 1)))
                .hasMessage("too few losses to choose a threshold: found=200 needed=250");
        assertThatThrownBy(() -> ThresholdStability.of(pareto(500, 0.2, 1), new double[] {0.5, 0.5}))
                .hasMessageContaining("do not rise");
    }

    private static double[] pareto(int size, double xi, long seed) {
        var tail = new TailFit(size, 0, size, xi, 1, Optional.empty(), 0, true);
        return new SeededRandom(seed).doubles(size).map(tail::quantile).toArray();
    }

    private static double[] uniformBodyThenPareto(int size, long seed) {
        var tail = new TailFit(size, 0, size, 0.4, 0.5, Optional.empty(), 0, true);
        return new SeededRandom(seed)
                .doubles(size)
                .map(u -> u > 0.06 ? (1 - u) / 0.94 : 1 + tail.quantile(u / 0.06))
                .toArray();
    }
}
