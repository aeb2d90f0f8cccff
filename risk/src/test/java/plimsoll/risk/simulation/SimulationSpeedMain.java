package plimsoll.risk.simulation;

import java.util.ArrayList;
import java.util.Arrays;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.strict.SeededRandom;

/** How long one parameter vector takes on a large book: accounts, paths, assets, steps, evaluations, workers. */
final class SimulationSpeedMain {

    private SimulationSpeedMain() {}

    public static void main(String[] arguments) {
        var n = Arrays.stream(arguments).mapToInt(Integer::parseInt).toArray();
        var market = market(n[2]);
        var collateral = new double[n[2]];
        var debt = new double[n[2]];
        for (var a = 0; a < n[2]; a++) {
            collateral[a] = isStable(a) ? 0.5 : 10.0 / (1 + a);
            debt[a] = isStable(a) ? 10.0 / (1 + a) : 0.3;
        }
        var book = GeneratedBook.of(
                market, new GeneratedBook.Mix(collateral, debt), GeneratedBook.Settings.like(n[0], 1e9, 1));
        var paths = new KeptPaths(new CorrelatedPaths(n[2], n[3], n[1], 0.008), 800L << 20);
        for (var e = 0; e < n[4]; e++) {
            var began = cpu();
            var result = MarketSimulation.run(
                    paths, market.withThreshold(0, 0.8 + 0.002 * e), book, SimulationSettings.DEFAULT, n[5]);
            System.out.printf(
                    "%.2f s  bad debt %.0f es99 %.0f +- %.0f  liquidated %.0f calls %.1f%n",
                    (cpu() - began) / 1e9,
                    result.badDebt().mean().value(),
                    result.badDebt().es99().value(),
                    result.badDebt().es99().standardError(),
                    result.liquidated().mean().value(),
                    result.liquidations().value());
        }
    }

    /** Time of this thread alone; with one worker it does the work. */
    private static long cpu() {
        return java.lang.management.ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static boolean isStable(int asset) {
        return asset % 4 == 3;
    }

    static SimulatedMarket market(int assets) {
        var list = new ArrayList<SimulatedAsset>();
        for (var a = 0; a < assets; a++) {
            list.add(new SimulatedAsset(
                    "A" + a,
                    new CollateralTerms(0.75, 0.8, 0.05),
                    0.1,
                    true,
                    SaleImpact.of(new double[] {1e7 / (1 + a), 5e7 / (1 + a)}, new double[] {0.01, 0.05}),
                    0.8,
                    30));
        }
        return new SimulatedMarket(list);
    }

    /** One common factor and heavy tails; every fourth asset hardly moves. */
    record CorrelatedPaths(int assets, int steps, int paths, double volatility) implements PathSource {

        @Override
        public void fill(int block, PathBlock out) {
            out.holds(count(block));
            var random = new SeededRandom(9, block);
            var price = new double[assets];
            for (var path = 0; path < BLOCK; path++) {
                Arrays.fill(price, 1);
                for (var step = 0; step < steps; step++) {
                    var scale = volatility * (random.nextIndex(50) == 0 ? 4 : 1);
                    var common = normal(random);
                    for (var asset = 0; asset < assets; asset++) {
                        var own = isStable(asset) ? 0.03 * normal(random) : 0.8 * common + 0.6 * normal(random);
                        price[asset] *= StrictMath.exp(scale * own);
                        out.price(asset, step)[path] = price[asset];
                    }
                }
            }
        }

        private static double normal(SeededRandom random) {
            var sum = -6.0;
            for (var i = 0; i < 12; i++) {
                sum += random.nextDouble();
            }
            return sum;
        }
    }
}
