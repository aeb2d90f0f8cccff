package plimsoll.risk.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class TornadoTest {

    private static final List<Input> INPUTS = List.of(
            new Input("oracle gap", 0.004, 0.005, 0.006, 0, 0.2),
            new Input("fall", 0.08, 0.10, 0.12, 0, 0.5),
            new Input("bonus", 0.05, 0.05, 0.06, 0, 0.3));

    @Test
    void sortsInputsByHowFarTheyMoveTheResult() {
        var bars = Tornado.of(INPUTS, TornadoTest::threshold);

        assertThat(bars).extracting(bar -> bar.input().name()).containsExactly("fall", "bonus", "oracle gap");
        // 0.92 * 0.995 / 1.05 and 0.88 * 0.995 / 1.05
        assertThat(bars.getFirst().atLow()).isCloseTo(0.8718095238, within(1e-10));
        assertThat(bars.getFirst().atHigh()).isCloseTo(0.8339047619, within(1e-10));
    }

    @Test
    void findsWhatAnInputWouldHaveToBeForAnotherRecommendation() {
        var points = TippingPoint.of(INPUTS, TornadoTest::threshold, 0.8478, 0.8578);

        // 0.852857 now; 0.8478 is reached with a fall of 1 − 0.8478·1.05/0.995, 0.8578 with 1 − 0.8578·1.05/0.995.
        var fall = points.get(1);
        assertThat(fall.above().orElseThrow()).isCloseTo(0.1053367, within(1e-6));
        assertThat(fall.below().orElseThrow()).isCloseTo(0.0947839, within(1e-6));
        // A gap of 1 − 0.8478·1.05/0.9; even none at all gives only 0.857143.
        assertThat(points.getFirst().above().orElseThrow()).isCloseTo(0.0109, within(1e-6));
        assertThat(points.getFirst().below()).isEmpty();
    }

    @Test
    void refusesEdgesThatTheResultHasLeftAlready() {
        assertThatThrownBy(() -> TippingPoint.of(INPUTS, x -> 0.5, 0.6, 0.7)).hasMessageContaining("found=0.5");
    }

    /** The closed form over gap, fall and bonus. */
    private static double threshold(double[] x) {
        return (1 - x[1]) * (1 - x[0]) / (1 + x[2]);
    }
}
