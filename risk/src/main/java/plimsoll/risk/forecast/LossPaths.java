package plimsoll.risk.forecast;

import plimsoll.risk.strict.SeededRandom;

/**
 * Log losses of one price along simulated paths, noted at several horizons of the same path. Paths run in blocks of
 * {@link #BLOCK}, each with its own stream of the seed: a block gives the same bits wherever and in whatever order it runs,
 * and two marginals of one seed see the same uniform numbers.
 */
final class LossPaths {

    static final int BLOCK = 1024;

    private final int[] horizons;
    private final int paths;
    private final long seed;

    /** Horizons in periods, strictly increasing. */
    LossPaths(int[] horizons, int paths, long seed) {
        this.horizons = horizons.clone();
        this.paths = paths;
        this.seed = seed;
    }

    static LossPaths to(int periods, int paths, long seed) {
        return new LossPaths(new int[] {periods}, paths, seed);
    }

    double[][] run(Marginal marginal) {
        return run(marginal, marginal.nextVariance());
    }

    /** One row of losses for each horizon. */
    double[][] run(Marginal marginal, double variance) {
        var losses = new double[horizons.length][paths];
        for (var begin = 0; begin < paths; begin += BLOCK) {
            var random = new SeededRandom(seed, begin / BLOCK);
            var end = Math.min(paths, begin + BLOCK);
            for (var path = begin; path < end; path++) {
                walk(marginal, variance, random, losses, path);
            }
        }
        return losses;
    }

    private void walk(Marginal marginal, double variance, SeededRandom random, double[][] losses, int path) {
        var mu = marginal.mu();
        var step = marginal.step();
        var residuals = marginal.residuals();
        var h = variance;
        var sum = 0.0;
        var period = 0;
        for (var i = 0; i < horizons.length; i++) {
            for (; period < horizons[i]; period++) {
                var z = residuals.draw(random);
                sum += mu + Math.sqrt(h) * z;
                h = step.next(h, z);
            }
            losses[i][path] = -sum;
        }
    }

    /** Falls of the price as fractions, 1 − exp(−log loss), 0 where it rises. */
    static double[] falls(double[] losses) {
        var falls = new double[losses.length];
        for (var i = 0; i < losses.length; i++) {
            falls[i] = fall(losses[i]);
        }
        return falls;
    }

    static double fall(double loss) {
        return Math.max(0, -StrictMath.expm1(-loss));
    }
}
