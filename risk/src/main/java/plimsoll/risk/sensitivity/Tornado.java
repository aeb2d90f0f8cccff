package plimsoll.risk.sensitivity;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far does a result move when one input moves through its interval and the others stand still?
 *
 * <pre>
 * bar_i = [ f(x with x_i = low_i),  f(x with x_i = high_i) ],   sorted by |f(high_i) − f(low_i)|        (1)
 * </pre>
 *
 * f: the result; x: the inputs as they were taken.
 *
 * <p>Source: docs/models/sensitivity.md, equation 1.
 */
public final class Tornado {

    private Tornado() {}

    /** One input's bar. */
    public record Bar(Input input, double atLow, double atHigh) {
        public double swing() {
            return Math.abs(atHigh - atLow);
        }
    }

    /** The widest bar first; equal ones keep the order of the inputs. */
    public static List<Bar> of(List<Input> inputs, ToDoubleFunction<double[]> result) {
        var bars = new ArrayList<Bar>();
        for (var i = 0; i < inputs.size(); i++) {
            var input = inputs.get(i);
            bars.add(new Bar(input, with(inputs, i, input.low(), result), with(inputs, i, input.high(), result)));
        }
        bars.sort(Comparator.comparingDouble(Bar::swing).reversed());
        return List.copyOf(bars);
    }

    private static double with(List<Input> inputs, int which, double moved, ToDoubleFunction<double[]> result) {
        var values = Input.values(inputs);
        values[which] = moved;
        return result.applyAsDouble(values);
    }
}
