package plimsoll.risk.selection;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import plimsoll.risk.strict.SeededRandom;

/**
 * Which of several forecasts cannot be told from the best?
 *
 * <pre>
 * t_i = d̄_i/√v_i,  d̄_i = mean score of i less the mean over all in the set,  T = max_i t_i               (4)
 * v_i = mean over b of (d̄_i^b − d̄_i)²,  p = share of b with max_i (d̄_i^b − d̄_i)/√v_i > T                (5)
 * </pre>
 *
 * While more than one is left: the worst, that of the largest t, leaves with the largest p seen so far as its own. The
 * last has 1. Those with p of at least α are in the set with confidence 1 − α. Replications b are those of the stationary
 * bootstrap with blocks of mean length T^⅓, the same days for every model.
 * Sources: Hansen, Lunde and Nason, Econometrica 79 (2011), section 3.1.2 (T_max); Politis and Romano, JASA 89 (1994);
 * docs/models/model-selection.md, equations 4 and 5.
 */
public final class ModelConfidenceSet {

    private ModelConfidenceSet() {}

    /**
     * The p-value of each model: small where it is unlikely to be as good as the best.
     *
     * @param scores one row for each model, of the same forecasts; lower is better
     */
    public static double[] probabilities(double[][] scores, int replications, long seed) {
        var means = new double[scores.length];
        for (var i = 0; i < means.length; i++) {
            means[i] = mean(scores[i]);
        }
        var resampled = resampledMeans(scores, replications, seed);
        var left = new ArrayList<>(IntStream.range(0, scores.length).boxed().toList());
        var probabilities = new double[scores.length];
        var largest = 0.0;
        while (left.size() > 1) {
            var round = new Round(left, means, resampled);
            largest = Math.max(largest, round.probability);
            probabilities[round.worst] = largest;
            left.remove(Integer.valueOf(round.worst));
        }
        probabilities[left.getFirst()] = 1;
        return probabilities;
    }

    private static double[][] resampledMeans(double[][] scores, int replications, long seed) {
        var n = scores[0].length;
        var endProbability = 1 / StrictMath.cbrt(n);
        var means = new double[replications][scores.length];
        var days = new int[n];
        for (var b = 0; b < replications; b++) {
            var random = new SeededRandom(seed, b);
            var day = random.nextIndex(n);
            for (var t = 0; t < n; t++) {
                days[t] = day;
                day = random.nextDouble() < endProbability ? random.nextIndex(n) : day + 1 < n ? day + 1 : 0;
            }
            for (var i = 0; i < scores.length; i++) {
                var sum = 0.0;
                for (var t = 0; t < n; t++) {
                    sum += scores[i][days[t]];
                }
                means[b][i] = sum / n;
            }
        }
        return means;
    }

    private static double mean(double[] values) {
        var sum = 0.0;
        for (var value : values) {
            sum += value;
        }
        return sum / values.length;
    }

    /** One test of whether all that are left are equally good, and who leaves if not. */
    private static final class Round {

        private final int worst;
        private final double probability;

        Round(List<Integer> left, double[] means, double[][] resampled) {
            var distances = distances(left, means);
            var moves = new double[resampled.length][];
            var roots = new double[left.size()];
            for (var b = 0; b < moves.length; b++) {
                moves[b] = distances(left, resampled[b]);
                for (var i = 0; i < roots.length; i++) {
                    moves[b][i] -= distances[i];
                    roots[i] += moves[b][i] * moves[b][i] / moves.length;
                }
            }
            for (var i = 0; i < roots.length; i++) {
                // Scores that never differ have no spread and no distance: 0/1.
                roots[i] = roots[i] > 0 ? Math.sqrt(roots[i]) : 1;
            }
            var largest = 0;
            for (var i = 1; i < roots.length; i++) {
                largest = distances[i] / roots[i] > distances[largest] / roots[largest] ? i : largest;
            }
            var statistic = distances[largest] / roots[largest];
            var beyond = 0;
            for (var move : moves) {
                var most = Double.NEGATIVE_INFINITY;
                for (var i = 0; i < roots.length; i++) {
                    most = Math.max(most, move[i] / roots[i]);
                }
                beyond += most >= statistic ? 1 : 0;
            }
            worst = left.get(largest);
            probability = (double) beyond / moves.length;
        }

        private static double[] distances(List<Integer> left, double[] means) {
            var mean = left.stream().mapToDouble(i -> means[i]).sum() / left.size();
            return left.stream().mapToDouble(i -> means[i] - mean).toArray();
        }
    }
}
