package plimsoll.risk.calibration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class FallCurveTest {

    private final FallCurve curve = FallCurve.through(new TreeMap<>(Map.of(
            Duration.ofHours(1), new Estimate(0.03, 0.04, 0.05),
            Duration.ofHours(4), new Estimate(0.06, 0.08, 0.10))));

    @Test
    void goesThroughThePointsThatItIsGiven() {
        assertThat(curve.over(Duration.ofHours(4))).isEqualTo(new Estimate(0.06, 0.08, 0.10));
    }

    @Test
    void isLinearInTheRootOfTimeBetweenThemAndGrowsWithItBeyond() {
        // 2.25 h is half of the way from 1 to 2 in the root: ln losses 0.0408220 and 0.0833816, mean 0.0621018.
        assertThat(curve.over(Duration.ofMinutes(135)).value()).isCloseTo(0.0602128, within(1e-7));
        // 16 h is twice the root of 4 h: 1 - 0.92^2.
        assertThat(curve.over(Duration.ofHours(16)).value()).isCloseTo(0.1536, within(1e-12));
        // A quarter of an hour is half of the root of 1 h: 1 - 0.96^(1/2).
        assertThat(curve.over(Duration.ofMinutes(15)).value()).isCloseTo(0.0202041, within(1e-7));
    }

    @Test
    void neverFallsWithTheHorizon() {
        var before = 0.0;
        for (var minutes = 1; minutes < 3_000; minutes += 7) {
            var fall = curve.over(Duration.ofMinutes(minutes)).value();
            assertThat(fall).isGreaterThanOrEqualTo(before);
            before = fall;
        }
    }
}
