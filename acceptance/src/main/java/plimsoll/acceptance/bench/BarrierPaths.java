package plimsoll.acceptance.bench;

import java.util.Arrays;
import plimsoll.risk.strict.LaneRandom;
import plimsoll.risk.strict.Lanes;

/** A down-and-out call by paths of geometric Brownian motion, watched at each step: the task that numpy and QuantLib are given too. */
final class BarrierPaths {

    static final int PATHS = 100_000;
    static final int STEPS = 250;
    private static final double SPOT = 100;
    private static final double STRIKE = 100;
    private static final double BARRIER = 85;
    private static final double RATE = 0.03;
    private static final double VOLATILITY = 0.30;
    private static final double YEARS = 1;
    private static final int BLOCK = 1024;

    /**
     * @param price the mean of the discounted pay-offs
     * @param standardError of that mean
     */
    record Estimate(double price, double standardError) {}

    private final Lanes lanes;
    private final double[] uniforms = new double[BLOCK];
    private final double[] normals = new double[BLOCK];
    private final double[] x = new double[BLOCK];
    private final double[] low = new double[BLOCK];

    BarrierPaths(Lanes lanes) {
        this.lanes = lanes;
    }

    Estimate price(long seed) {
        double sum = 0;
        double squares = 0;
        for (int begin = 0; begin < PATHS; begin += BLOCK) {
            draw(new LaneRandom(seed, begin / BLOCK, 0));
            int count = Math.min(BLOCK, PATHS - begin);
            lanes.exp(x, x, count);
            double bound = Lanes.log(BARRIER / SPOT);
            for (int i = 0; i < count; i++) {
                double pay = low[i] > bound ? Math.max(SPOT * x[i] - STRIKE, 0) : 0;
                sum += pay;
                squares += pay * pay;
            }
        }
        double discount = Lanes.exp(-RATE * YEARS);
        double mean = sum / PATHS;
        return new Estimate(discount * mean, discount * Math.sqrt((squares / PATHS - mean * mean) / PATHS));
    }

    private void draw(LaneRandom random) {
        double step = YEARS / STEPS;
        double drift = (RATE - VOLATILITY * VOLATILITY / 2) * step;
        double deviation = VOLATILITY * Math.sqrt(step);
        Arrays.fill(x, 0);
        Arrays.fill(low, 0);
        for (int s = 0; s < STEPS; s++) {
            lanes.uniform(random, uniforms, BLOCK);
            lanes.normal(uniforms, normals, BLOCK);
            for (int i = 0; i < BLOCK; i++) {
                x[i] += Math.fma(deviation, normals[i], drift);
                low[i] = Math.min(low[i], x[i]);
            }
        }
    }
}
