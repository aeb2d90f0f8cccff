package plimsoll.risk.sensitivity;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import plimsoll.risk.strict.SeededRandom;

/**
 * Which share of a result's variance comes from each input, when all move at once, uniformly through their intervals?
 *
 * <pre>
 * S_i  = 1/N · Σ_j f(B)_j · ( f(A_B⁽ⁱ⁾)_j − f(A)_j ) / V                                   (2)
 * ST_i = 1/(2N) · Σ_j ( f(A)_j − f(A_B⁽ⁱ⁾)_j )² / V                                        (3)
 * </pre>
 *
 * A, B: two independent samples of N points; A_B⁽ⁱ⁾: A with coordinate i from B; V: variance of f over both; S_i: share of
 * input i alone; ST_i: with all its interactions. f is taken less its mean, which changes no expectation and makes (2)
 * far less noisy. The sum of the S_i falls short of 1 by what interactions explain.
 *
 * <p>Source: docs/models/sensitivity.md, equations 2 and 3.
 */
public final class SobolIndices {

    private SobolIndices() {}

    /**
     * One input's shares.
     *
     * @param firstOrder S_i; its noise may take it a little below 0
     * @param standardError of {@code firstOrder}
     * @param total ST_i
     */
    public record Index(Input input, double firstOrder, double standardError, double total) {}

    /**
     * The shares, in the order of the inputs; all 0 where the result does not move.
     *
     * @param samples N: the result is asked for (inputs + 2) · N times
     */
    public static List<Index> of(List<Input> inputs, ToDoubleFunction<double[]> result, int samples, long seed) {
        if (samples < 2) {
            throw new IllegalArgumentException("A variance needs two samples: found=" + samples);
        }
        var first = points(inputs, samples, new SeededRandom(seed, 0));
        var second = points(inputs, samples, new SeededRandom(seed, 1));
        var atFirst = results(first, result);
        var atSecond = results(second, result);
        var mean = (sum(atFirst) + sum(atSecond)) / (2 * samples);
        var variance = (squares(atFirst, mean) + squares(atSecond, mean)) / (2 * samples - 1);
        var indices = new ArrayList<Index>();
        for (var i = 0; i < inputs.size(); i++) {
            var input = inputs.get(i);
            if (variance > 0) {
                indices.add(index(input, mixed(first, second, i, result), atFirst, atSecond, mean, variance));
            } else {
                indices.add(new Index(input, 0, 0, 0));
            }
        }
        return List.copyOf(indices);
    }

    private static Index index(
            Input input, double[] atMixed, double[] atFirst, double[] atSecond, double mean, double variance) {
        var samples = atMixed.length;
        var sum = 0.0;
        var squares = 0.0;
        var total = 0.0;
        for (var j = 0; j < samples; j++) {
            var moved = atMixed[j] - atFirst[j];
            var term = (atSecond[j] - mean) * moved;
            sum += term;
            squares += term * term;
            total += moved * moved;
        }
        var average = sum / samples;
        var error = Math.sqrt(Math.max(0, squares / samples - average * average) / samples);
        return new Index(input, average / variance, error / variance, total / (2 * samples) / variance);
    }

    private static double[][] points(List<Input> inputs, int samples, SeededRandom random) {
        var points = new double[samples][inputs.size()];
        for (var point : points) {
            for (var i = 0; i < point.length; i++) {
                var input = inputs.get(i);
                point[i] = input.low() + random.nextDouble() * (input.high() - input.low());
            }
        }
        return points;
    }

    private static double[] results(double[][] points, ToDoubleFunction<double[]> result) {
        var results = new double[points.length];
        for (var j = 0; j < points.length; j++) {
            results[j] = result.applyAsDouble(points[j].clone());
        }
        return results;
    }

    private static double[] mixed(
            double[][] first, double[][] second, int coordinate, ToDoubleFunction<double[]> result) {
        var results = new double[first.length];
        for (var j = 0; j < first.length; j++) {
            var point = first[j].clone();
            point[coordinate] = second[j][coordinate];
            results[j] = result.applyAsDouble(point);
        }
        return results;
    }

    private static double sum(double[] values) {
        var sum = 0.0;
        for (var value : values) {
            sum += value;
        }
        return sum;
    }

    private static double squares(double[] values, double mean) {
        var sum = 0.0;
        for (var value : values) {
            sum += (value - mean) * (value - mean);
        }
        return sum;
    }
}
