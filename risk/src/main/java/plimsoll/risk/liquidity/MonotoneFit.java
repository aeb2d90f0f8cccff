package plimsoll.risk.liquidity;

import java.util.Arrays;

/**
 * Least squares by a function that never falls: neighbours that fall are pooled to their mean until none does. A pool
 * stands at the geometric mean of its sizes.
 */
final class MonotoneFit {

    private final double[] sizes;
    private final double[] values;
    private final double error;

    private MonotoneFit(double[] sizes, double[] values, double error) {
        this.sizes = sizes;
        this.values = values;
        this.error = error;
    }

    /** Points by ascending size; equal sizes are one pool. */
    static MonotoneFit of(double[] sizes, double[] values) {
        var logSums = new double[sizes.length];
        var sums = new double[sizes.length];
        var counts = new int[sizes.length];
        var ends = new double[sizes.length];
        var pools = 0;
        for (var k = 0; k < sizes.length; k++) {
            if (pools > 0 && ends[pools - 1] == sizes[k]) {
                pools--;
            } else {
                logSums[pools] = 0;
                sums[pools] = 0;
                counts[pools] = 0;
            }
            logSums[pools] += StrictMath.log(sizes[k]);
            sums[pools] += values[k];
            counts[pools]++;
            ends[pools] = sizes[k];
            pools++;
            while (pools > 1 && sums[pools - 1] * counts[pools - 2] <= sums[pools - 2] * counts[pools - 1]) {
                pools--;
                logSums[pools - 1] += logSums[pools];
                sums[pools - 1] += sums[pools];
                counts[pools - 1] += counts[pools];
                ends[pools - 1] = ends[pools];
            }
        }
        return finish(sizes, values, logSums, sums, counts, pools);
    }

    private static MonotoneFit finish(
            double[] sizes, double[] values, double[] logSums, double[] sums, int[] counts, int pools) {
        var at = new double[pools];
        var mean = new double[pools];
        var squares = 0.0;
        var k = 0;
        for (var pool = 0; pool < pools; pool++) {
            at[pool] =
                    sizes[k] == sizes[k + counts[pool] - 1] ? sizes[k] : StrictMath.exp(logSums[pool] / counts[pool]);
            mean[pool] = sums[pool] / counts[pool];
            for (var end = k + counts[pool]; k < end; k++) {
                squares += (values[k] - mean[pool]) * (values[k] - mean[pool]);
            }
        }
        return new MonotoneFit(at, mean, Math.sqrt(squares / values.length));
    }

    double[] sizes() {
        return Arrays.copyOf(sizes, sizes.length);
    }

    double[] values() {
        return Arrays.copyOf(values, values.length);
    }

    /** Root mean square distance of the points from their pools. */
    double error() {
        return error;
    }
}
