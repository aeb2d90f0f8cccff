package plimsoll.risk.simulation;

import java.util.ArrayList;
import plimsoll.risk.path.PathBlock;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.simulation.SimulatedBook.Account;
import plimsoll.risk.simulation.SimulatedBook.Collateral;
import plimsoll.risk.simulation.SimulatedBook.Debt;
import plimsoll.risk.strict.SeededRandom;

/** Small markets, books and rough price paths drawn from a seed: every rule gets its turn. */
record RandomMarket(SimulatedMarket market, SimulatedBook book, SimulationSettings settings, PathSource paths) {

    static RandomMarket of(long seed) {
        var random = new SeededRandom(seed, 77);
        var assets = 2 + random.nextIndex(5);
        var modes = random.nextIndex(3);
        return new RandomMarket(
                market(random, assets, modes),
                book(random, assets, modes),
                settings(random),
                new RoughPaths(assets, 2 + random.nextIndex(10), 1 + random.nextIndex(1200), seed));
    }

    private static SimulatedMarket market(SeededRandom random, int assets, int modes) {
        var list = new ArrayList<SimulatedAsset>();
        for (var a = 0; a < assets; a++) {
            var terms = a > 0 && random.nextIndex(8) == 0 ? CollateralTerms.NONE : terms(random);
            var depth = 1e4 * StrictMath.exp(8 * random.nextDouble());
            list.add(new SimulatedAsset(
                    "A" + a,
                    terms,
                    random.nextIndex(2) * 0.1,
                    true,
                    random.nextIndex(4) == 0
                            ? SaleImpact.NONE
                            : SaleImpact.of(
                                    new double[] {depth, 5 * depth},
                                    new double[] {0.01, 0.02 + 0.2 * random.nextDouble()}),
                    random.nextDouble(),
                    random.nextIndex(3) * 20.0));
        }
        var eModes = new ArrayList<CollateralTerms>();
        for (var m = 0; m < modes; m++) {
            eModes.add(new CollateralTerms(0.9, 0.93, 0.01 + 0.02 * random.nextDouble()));
        }
        return new SimulatedMarket(list, eModes);
    }

    private static CollateralTerms terms(SeededRandom random) {
        var threshold = 0.5 + 0.4 * random.nextDouble();
        return new CollateralTerms(threshold * 0.9, threshold, 0.01 + 0.1 * random.nextDouble());
    }

    private static SimulatedBook book(SeededRandom random, int assets, int modes) {
        var accounts = new ArrayList<Account>();
        var count = 1 + random.nextIndex(25);
        for (var i = 0; i < count; i++) {
            var size = 100 * StrictMath.exp(9 * random.nextDouble());
            var collateral = new ArrayList<Collateral>();
            var debt = new ArrayList<Debt>();
            for (var a = 0; a < assets; a++) {
                if (a == 0 || random.nextIndex(3) == 0) {
                    collateral.add(new Collateral(a, size * random.nextDouble(), random.nextIndex(modes + 1) - 1));
                }
                if (a == assets - 1 || random.nextIndex(3) == 0) {
                    debt.add(new Debt(a, size * random.nextDouble() * 0.4));
                }
            }
            accounts.add(new Account(collateral, debt));
        }
        return SimulatedBook.of(accounts);
    }

    private static SimulationSettings settings(SeededRandom random) {
        return new SimulationSettings(
                new KeeperBehaviour(
                        random.nextIndex(3), random.nextIndex(2) == 0 ? 1 : 0.6, 0.02 * random.nextDouble(), 5),
                random.nextIndex(3) * 0.5);
    }

    /** Products of uniform factors around one, at times a crash, at times to nothing. */
    record RoughPaths(int assets, int steps, int paths, long seed) implements PathSource {

        @Override
        public void fill(int block, PathBlock out) {
            out.holds(count(block));
            var random = new SeededRandom(seed, block);
            for (var asset = 0; asset < assets; asset++) {
                for (var path = 0; path < BLOCK; path++) {
                    var price = 1.0;
                    for (var step = 0; step < steps; step++) {
                        price *= 0.95 + 0.1 * random.nextDouble();
                        if (random.nextIndex(60) == 0) {
                            price *= random.nextIndex(20) == 0 ? 0 : 0.7;
                        }
                        out.price(asset, step)[path] = price;
                    }
                }
            }
        }
    }
}
