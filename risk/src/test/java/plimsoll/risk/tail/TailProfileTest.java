package plimsoll.risk.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.risk.ReferenceData;
import plimsoll.risk.strict.SeededRandom;

class TailProfileTest {

    /** Ends found by bisection over a fine grid of ξ with a script of its own (numpy 2.4.6), Danish fire losses above 10. */
    @Test
    void equalsAGridSearchOfTheDanishFireLosses() throws IOException {
        var losses = ReferenceData.column("danish_fire.csv", 1);

        var profile = TailProfile.of(losses, GeneralizedPareto.fit(losses, 10));

        assertThat(profile.valueAtRisk(0.99).low()).isCloseTo(23.277306069, within(1e-6));
        assertThat(profile.valueAtRisk(0.99).high()).isCloseTo(33.210354367, within(1e-6));
        assertThat(profile.expectedShortfall(0.99).low()).isCloseTo(41.083129573, within(1e-6));
        assertThat(profile.expectedShortfall(0.99).high()).isCloseTo(154.981931277, within(1e-5));
    }

    @Test
    void intervalsHoldTheTruthAboutAsOftenAsTheySay() {
        var truth = new TailFit(1000, 0, 1000, 0.2, 1, Optional.empty(), 0, true);
        var valueAtRiskHeld = 0;
        var shortfallHeld = 0;

        for (var seed = 0; seed < 40; seed++) {
            var losses =
                    new SeededRandom(seed).doubles(200).map(truth::quantile).toArray();
            var profile = TailProfile.of(losses, GeneralizedPareto.fit(losses, 0));
            valueAtRiskHeld += holds(profile.valueAtRisk(0.99), truth.valueAtRisk(0.99));
            shortfallHeld += holds(profile.expectedShortfall(0.99), truth.expectedShortfall(0.99));
        }

        // 38 expected of 40, standard deviation 1.4.
        assertThat(valueAtRiskHeld).isBetween(34, 40);
        assertThat(shortfallHeld).isBetween(34, 40);
    }

    private static int holds(LossSample.Interval interval, double truth) {
        return interval.low() <= truth && truth <= interval.high() ? 1 : 0;
    }

    @Test
    void aTailThatMayHaveNoMeanHasNoUpperEnd() {
        var heavy = new TailFit(60, 0, 60, 0.8, 1, Optional.empty(), 0, true);
        var losses = new SeededRandom(5).doubles(60).map(heavy::quantile).toArray();

        var interval = TailProfile.of(losses, GeneralizedPareto.fit(losses, 0)).expectedShortfall(0.95);

        assertThat(interval.high()).isInfinite();
        assertThat(interval.low()).isBetween(heavy.valueAtRisk(0.95), heavy.expectedShortfall(0.95));
    }

    @Test
    void refusesLossesOfAnotherFit() {
        var losses = new SeededRandom(5).doubles(60).toArray();
        var fit = GeneralizedPareto.fit(losses, 0.2);

        assertThatThrownBy(() -> TailProfile.of(new double[60], fit)).hasMessageContaining("not those of the fit");
    }
}
