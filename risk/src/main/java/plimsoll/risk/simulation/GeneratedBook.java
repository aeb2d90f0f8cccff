package plimsoll.risk.simulation;

import java.util.ArrayList;
import plimsoll.risk.simulation.SimulatedBook.Account;
import plimsoll.risk.simulation.SimulatedBook.Collateral;
import plimsoll.risk.simulation.SimulatedBook.Debt;
import plimsoll.risk.strict.SeededRandom;
import plimsoll.risk.strict.SpecialFunctions;

/**
 * A synthetic book, for benchmarks and where nobody knows the positions; whoever shows its results says so.
 *
 * <pre>
 * ln(debt) normal with deviation s; its largest share τ replaced by a Pareto tail of index α          (1)
 * H = 1 + k·exp(w·z)                                                                                (2)
 * </pre>
 *
 * The defaults are near what borrowers looked like: on 1,309 Aave accounts with stETH in June 2023, H has quartiles 1.44,
 * 1.99 and 3.04 and the ten largest debts are 49 % of all; crvUSD debts of 2023 have a deviation of ln(debt) of 1.9 to 3.0.
 *
 * <p>Source: docs/models/market-simulation.md, equations 11 and 12.
 */
public final class GeneratedBook {

    private static final double LARGEST_HEALTH = 50;

    private GeneratedBook() {}

    /** Accounts that are healthy at the start on this market's terms. */
    public static SimulatedBook of(SimulatedMarket market, Mix mix, Settings settings) {
        var random = new SeededRandom(settings.seed(), 0);
        var accounts = new ArrayList<Account>();
        var sizes = sizes(settings, random);
        for (var size : sizes) {
            accounts.add(account(market, mix, settings, size, random));
        }
        return SimulatedBook.of(accounts);
    }

    /** Debts by equation 1, scaled to the total. */
    private static double[] sizes(Settings settings, SeededRandom random) {
        var sizes = new double[settings.accounts()];
        var edge = StrictMath.exp(settings.logDeviation() * SpecialFunctions.normalQuantile(1 - settings.tailShare()));
        var sum = 0.0;
        for (var i = 0; i < sizes.length; i++) {
            var u = random.nextDouble();
            sizes[i] = u < settings.tailShare()
                    ? edge * StrictMath.pow(u / settings.tailShare(), -1 / settings.tailIndex())
                    : StrictMath.exp(settings.logDeviation() * SpecialFunctions.normalQuantile(1 - u));
            sum += sizes[i];
        }
        for (var i = 0; i < sizes.length; i++) {
            sizes[i] *= settings.totalDebt() / sum;
        }
        return sizes;
    }

    private static Account account(
            SimulatedMarket market, Mix mix, Settings settings, double size, SeededRandom random) {
        var z = SpecialFunctions.normalQuantile(random.nextDouble());
        var health = Math.min(LARGEST_HEALTH, 1 + settings.healthScale() * StrictMath.exp(settings.healthSpread() * z));
        var debt = new ArrayList<Debt>();
        var debts = 1 + (random.nextDouble() < settings.secondShare() ? 1 : 0);
        for (var k = 0; k < debts; k++) {
            debt.add(new Debt(draw(mix.debtWeights, random), size / debts));
        }
        var collateral = new ArrayList<Collateral>();
        var collaterals = 1 + (random.nextDouble() < settings.secondShare() ? 1 : 0);
        for (var k = 0; k < collaterals; k++) {
            var asset = draw(mix.collateralWeights, random);
            var threshold = market.assets().get(asset).terms().liquidationThreshold();
            if (threshold == 0) {
                throw new IllegalArgumentException("mix draws an asset that is no collateral: asset="
                        + market.assets().get(asset).name());
            }
            collateral.add(new Collateral(asset, health * size / collaterals / threshold));
        }
        return new Account(collateral, debt);
    }

    private static int draw(double[] weights, SeededRandom random) {
        var total = 0.0;
        for (var weight : weights) {
            total += weight;
        }
        var left = random.nextDouble() * total;
        for (var i = 0; i < weights.length; i++) {
            left -= weights[i];
            if (left < 0) {
                return i;
            }
        }
        return weights.length - 1;
    }

    /** How often each asset of the market is drawn as collateral and as debt, such as what is supplied and borrowed of it. */
    public static final class Mix {

        private final double[] collateralWeights;
        private final double[] debtWeights;

        public Mix(double[] collateralWeights, double[] debtWeights) {
            this.collateralWeights = collateralWeights.clone();
            this.debtWeights = debtWeights.clone();
        }
    }

    /**
     * The shape of the book.
     *
     * @param totalDebt of all accounts, in base value
     * @param logDeviation s of equation 1
     * @param tailShare τ of equation 1
     * @param tailIndex α of equation 1: the smaller, the more the largest account owes
     * @param healthScale k of equation 2: the median of the health factor above 1
     * @param healthSpread w of equation 2
     * @param secondShare of accounts that hold a second collateral, and of those that owe a second asset
     */
    public record Settings(
            int accounts,
            double totalDebt,
            double logDeviation,
            double tailShare,
            double tailIndex,
            double healthScale,
            double healthSpread,
            double secondShare,
            long seed) {

        public Settings {
            if (accounts < 1 || !(totalDebt > 0)) {
                throw new IllegalArgumentException(
                        "book is empty: accounts=%d totalDebt=%s".formatted(accounts, totalDebt));
            }
            if (!(tailShare > 0 && tailShare < 1 && tailIndex > 0 && logDeviation > 0)) {
                throw new IllegalArgumentException("size distribution is out of range: deviation=%s tail=%s index=%s"
                        .formatted(logDeviation, tailShare, tailIndex));
            }
            if (!(healthScale > 0 && healthSpread >= 0 && secondShare >= 0 && secondShare <= 1)) {
                throw new IllegalArgumentException("leverage is out of range: scale=%s spread=%s second=%s"
                        .formatted(healthScale, healthSpread, secondShare));
            }
        }

        /** The shape that the class describes. */
        public static Settings like(int accounts, double totalDebt, long seed) {
            return new Settings(accounts, totalDebt, 2.2, 0.01, 1.1, 1.0, 1.15, 0.3, seed);
        }
    }
}
