package plimsoll.risk.sensitivity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;
import plimsoll.risk.sensitivity.SobolIndices.Index;

class SobolIndicesTest {

    /**
     * sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1 on (−π, π)³, Ishigami and Homma (1990). With a = 7 and b = 0.1:
     * V = a²/8 + bπ⁴/5 + b²π⁸/18 + 1/2 = 13.8446, V1 = (1 + bπ⁴/5)²/2 = 4.3459, V2 = a²/8 = 6.125, V3 = 0.
     */
    @Test
    void isIshigamisAnalyticAnswer() {
        var angle =
                List.of(input("x1", -Math.PI, Math.PI), input("x2", -Math.PI, Math.PI), input("x3", -Math.PI, Math.PI));
        ToDoubleFunction<double[]> ishigami = x -> StrictMath.sin(x[0])
                + 7 * StrictMath.sin(x[1]) * StrictMath.sin(x[1])
                + 0.1 * x[2] * x[2] * x[2] * x[2] * StrictMath.sin(x[0]);

        var indices = SobolIndices.of(angle, ishigami, 20_000, 1);

        assertFirstOrder(indices.get(0), 0.313905);
        assertFirstOrder(indices.get(1), 0.442411);
        assertFirstOrder(indices.get(2), 0);
        assertThat(indices.get(0).total()).isCloseTo(0.557589, within(0.03));
        assertThat(indices.get(1).total()).isCloseTo(0.442411, within(0.03));
        assertThat(indices.get(2).total()).isCloseTo(0.243684, within(0.03));
    }

    /** Π (|4x − 2| + a)/(1 + a) on (0, 1)⁸, Sobol' (1993); V_i = 1/(3(1 + a_i)²), V = Π(1 + V_i) − 1. */
    @Test
    void isSobolsAnalyticAnswer() {
        double[] a = {0, 1, 4.5, 9, 99, 99, 99, 99};
        var inputs = new ArrayList<Input>();
        var variance = 1.0;
        for (var i = 0; i < a.length; i++) {
            inputs.add(input("x" + i, 0, 1));
            variance *= 1 + part(a[i]);
        }
        ToDoubleFunction<double[]> g = x -> {
            var product = 1.0;
            for (var i = 0; i < a.length; i++) {
                product *= (Math.abs(4 * x[i] - 2) + a[i]) / (1 + a[i]);
            }
            return product;
        };

        var indices = SobolIndices.of(inputs, g, 20_000, 2);

        for (var i = 0; i < a.length; i++) {
            assertFirstOrder(indices.get(i), part(a[i]) / (variance - 1));
        }
    }

    @Test
    void repeatsItselfForASeedAndSaysNothingAboutAConstant() {
        var inputs = List.of(input("x", 0, 1), input("y", 0, 1));
        ToDoubleFunction<double[]> sum = x -> x[0] + 2 * x[1];

        assertThat(SobolIndices.of(inputs, sum, 500, 3)).isEqualTo(SobolIndices.of(inputs, sum, 500, 3));
        assertThat(SobolIndices.of(inputs, x -> 5, 500, 3)).allMatch(index -> index.firstOrder() == 0);
    }

    private static void assertFirstOrder(Index index, double expected) {
        assertThat(index.standardError()).isLessThan(0.02);
        assertThat(index.firstOrder())
                .describedAs(index.toString())
                .isCloseTo(expected, within(4 * index.standardError() + 1e-3));
    }

    private static double part(double a) {
        return 1 / (3 * (1 + a) * (1 + a));
    }

    private static Input input(String name, double low, double high) {
        return new Input(name, low, (low + high) / 2, high);
    }
}
