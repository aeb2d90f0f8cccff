package plimsoll.risk.sensitivity;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import java.util.function.DoubleUnaryOperator;
import java.util.function.ToDoubleFunction;

/**
 * What would an input have to be for a recommendation to change, the others standing still?
 *
 * <pre>
 * x_i⁻ = max { y < x_i : f(x with y) < e⁻ or f(x with y) ≥ e⁺ },   x_i⁺ = min { y > x_i : the same }       (4)
 * </pre>
 *
 * e⁻, e⁺: edges between which the result leaves the recommendation as it is: the basis point that it rounds down to and
 * the next, or the ends of the dead-band. The nearest crossing is bracketed on a grid of what makes sense and found by
 * halving; a result that leaves the edges and returns between two points of the grid is not seen.
 *
 * <p>Source: docs/models/sensitivity.md, equation 4.
 *
 * @param below the nearest smaller value that changes the recommendation; empty where none that makes sense does
 * @param above the nearest larger one
 */
public record TippingPoint(Input input, OptionalDouble below, OptionalDouble above) {

    private static final int GRID = 64;
    private static final int HALVINGS = 60;

    /** Every input's tipping points. */
    public static List<TippingPoint> of(
            List<Input> inputs, ToDoubleFunction<double[]> result, double lowerEdge, double upperEdge) {
        var base = result.applyAsDouble(Input.values(inputs));
        if (!(base >= lowerEdge && base < upperEdge)) {
            throw new IllegalArgumentException("The result lies outside its edges: found=%s allowed=[%s, %s)"
                    .formatted(base, lowerEdge, upperEdge));
        }
        var points = new ArrayList<TippingPoint>();
        for (var i = 0; i < inputs.size(); i++) {
            var which = i;
            var input = inputs.get(i);
            DoubleUnaryOperator alone = moved -> {
                var values = Input.values(inputs);
                values[which] = moved;
                return result.applyAsDouble(values);
            };
            points.add(new TippingPoint(
                    input,
                    search(input.value(), input.least(), alone, lowerEdge, upperEdge),
                    search(input.value(), input.most(), alone, lowerEdge, upperEdge)));
        }
        return List.copyOf(points);
    }

    private static OptionalDouble search(
            double from, double to, DoubleUnaryOperator result, double lowerEdge, double upperEdge) {
        var kept = from;
        for (var step = 1; step <= GRID && from != to; step++) {
            var at = step == GRID ? to : from + (to - from) * step / GRID;
            if (isOutside(result.applyAsDouble(at), lowerEdge, upperEdge)) {
                return OptionalDouble.of(halve(kept, at, result, lowerEdge, upperEdge));
            }
            kept = at;
        }
        return OptionalDouble.empty();
    }

    private static double halve(
            double kept, double changed, DoubleUnaryOperator result, double lowerEdge, double upperEdge) {
        var inside = kept;
        var outside = changed;
        for (var halving = 0; halving < HALVINGS; halving++) {
            var middle = inside + (outside - inside) / 2;
            if (isOutside(result.applyAsDouble(middle), lowerEdge, upperEdge)) {
                outside = middle;
            } else {
                inside = middle;
            }
        }
        return outside;
    }

    private static boolean isOutside(double found, double lowerEdge, double upperEdge) {
        return !(found >= lowerEdge && found < upperEdge);
    }
}
