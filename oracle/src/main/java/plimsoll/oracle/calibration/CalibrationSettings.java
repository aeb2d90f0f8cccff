package plimsoll.oracle.calibration;

import java.time.Duration;
import plimsoll.oracle.parameter.StabilityRule;
import plimsoll.risk.calibration.AntiProcyclicality;
import plimsoll.risk.calibration.Eligibility;
import plimsoll.units.Bps;

/**
 * How a calibration judges; all of it stands in the manifest.
 *
 * @param level of expected shortfall and value at risk, such as 0.99
 * @param antiProcyclicality how much stress counts in calm markets
 * @param costs what stands between a fallen price and a covered debt
 * @param mostForcedLiquidations most accounts that one proposal may make liquidatable by itself
 */
public record CalibrationSettings(
        double level,
        History history,
        Horizons horizons,
        AntiProcyclicality antiProcyclicality,
        LiquidationCosts costs,
        Sizes sizes,
        Keepers keepers,
        Regimes regimes,
        Eligibility.Rules eligibility,
        Chance chance,
        Budget budget,
        Checks checks,
        Scope scope,
        StabilityRule stability,
        int mostForcedLiquidations) {

    public CalibrationSettings {
        if (!(level > 0.5 && level < 1)) {
            throw new IllegalArgumentException("Level is outside (0.5, 1): found=" + level);
        }
        if (horizons.liquidation().compareTo(history.period()) < 0) {
            throw new IllegalArgumentException("Horizons must grow from the period: period=" + history.period()
                    + " liquidation=" + horizons.liquidation() + " user=" + horizons.user());
        }
    }

    /**
     * What of a price's past counts.
     *
     * @param period prices are resampled to it: sub-hour volatility of a deviation-threshold feed is biased
     * @param fewestReturns a shorter history is no basis
     * @param mostReturns older returns are left out
     * @param grace allowed beyond a feed's heartbeat before it counts as stale
     */
    public record History(Duration period, int fewestReturns, int mostReturns, Duration grace) {
        public History {
            if (period.compareTo(Duration.ofMinutes(1)) < 0) {
                throw new IllegalArgumentException("Period is too short: found=" + period + " allowed=PT1M or more");
            }
            if (fewestReturns < 100 || mostReturns < fewestReturns) {
                throw new IllegalArgumentException("Bounds of the history are out of order: fewest=" + fewestReturns
                        + " most=" + mostReturns + " allowed=100 or more, ascending");
            }
        }
    }

    /**
     * How far ahead is looked.
     *
     * @param liquidation oracle lag + inclusion lag + time to sell a usual size; larger sizes take longer
     * @param user time that a borrower at the LTV limit should survive
     */
    public record Horizons(Duration liquidation, Duration user) {
        public Horizons {
            if (user.compareTo(liquidation) < 0) {
                throw new IllegalArgumentException(
                        "Horizons must grow from the period: liquidation=" + liquidation + " user=" + user);
            }
        }
    }

    /**
     * Fractions of the liquidated value.
     *
     * @param oracleGap distance between the market's price and the feed's answer: its deviation threshold and lag
     * @param slippage of selling the seized collateral where there are no quotes
     * @param gasShare of the transaction
     * @param liquidatorMargin that makes the work worth doing
     * @param impactMultiplier λ: how much a sale moves the price that the feed follows; 1 is not at all
     */
    public record LiquidationCosts(
            double oracleGap, double slippage, double gasShare, double liquidatorMargin, double impactMultiplier) {}

    /**
     * How much is sold, and how soon the venues recover.
     *
     * @param liquidatedShare of a reserve's collateral that a stressed fall puts up for sale
     * @param liquidationValue of one large liquidation, sold at once, in the base currency
     * @param recovery after which the venues take the same again
     * @param optimalUtilisation kink of the interest curves, where the market does not say
     */
    public record Sizes(
            double liquidatedShare, double liquidationValue, Duration recovery, double optimalUtilisation) {}

    /**
     * How the simulated liquidators act.
     *
     * @param delaySteps periods that an account has been unhealthy before they come
     * @param serviceShare of those that wait, served in each period
     * @param gasPerLiquidation in the base currency
     */
    public record Keepers(int delaySteps, double serviceShare, double gasPerLiquidation) {}

    /**
     * Ways in which prices hang together besides the fitted one, and their shares of the joint paths.
     *
     * @param downturn share of paths in which everything falls together
     * @param downturnTogether how far correlations move towards one there
     * @param downturnVolatility multiple of every volatility there
     * @param broken share of paths in which pegs break: of liquid-staking tokens to ether, of stablecoins to the dollar
     * @param brokenRemaining what is left of those assets' correlations there
     * @param depegsPerStep chance of each such asset to lose its peg in each period there
     * @param depegMean log move of a lost peg
     * @param depegDeviation of it
     */
    public record Regimes(
            double downturn,
            double downturnTogether,
            double downturnVolatility,
            double broken,
            double brokenRemaining,
            double depegsPerStep,
            double depegMean,
            double depegDeviation) {

        public Regimes {
            if (!(downturn >= 0 && broken >= 0 && downturn + broken < 1)) {
                throw new IllegalArgumentException(
                        "Regimes leave no path to the fitted one: downturn=" + downturn + " broken=" + broken);
            }
        }

        /** How deep a price falls that loses its peg: a deviation below the mean move, a fraction. */
        public double depegFall() {
            return -StrictMath.expm1(depegMean - depegDeviation);
        }

        /**
         * A tenth of the paths. Between USDC's 0.877 of March 2023 and stETH's 0.935 ether of June 2022 lies the mean of a
         * lost peg; it comes in a hundredth of the days, many times more often than it did.
         */
        public static Regimes standard() {
            return new Regimes(0.075, 0.5, 1.5, 0.025, 0.25, 0.02, -0.09, 0.04);
        }
    }

    /**
     * Where chance comes from and how much of it is drawn.
     *
     * @param paths simulated paths of each price alone
     * @param replications of the bootstrap that intervals come from
     * @param jointPaths simulated paths of all prices together, on the book
     */
    public record Chance(int paths, int replications, int jointPaths, long seed) {
        public Chance {
            if (paths < 1_000) {
                throw new IllegalArgumentException("Too few paths: found=" + paths + " allowed=1000 or more");
            }
            if (jointPaths % 2 != 0) {
                throw new IllegalArgumentException("Joint paths come in mirrored pairs: found=" + jointPaths);
            }
            if (jointPaths < 1_024) {
                throw new IllegalArgumentException(
                        "Too few joint paths: found=" + jointPaths + " allowed=1024 or more");
            }
        }
    }

    /**
     * What the simulated book may cost.
     *
     * @param badDebtShare K: most expected shortfall of bad debt, at the level, over the user's horizon, as a share of all
     *     debt
     * @param lossBudget most that one stress may cost in one reserve, in the base currency: what caps are held by
     * @param liquidationsAtRiskShare most value liquidated in the worst hundredth of paths, as a share of all debt
     * @param forcedShare L: most debt that the change itself may make liquidatable, as a share of all debt
     * @param mostRefinements parameter vectors tried beyond the closed form's
     */
    public record Budget(
            double badDebtShare,
            double lossBudget,
            double liquidationsAtRiskShare,
            double forcedShare,
            int mostRefinements) {
        public Budget {
            if (!(badDebtShare > 0 && badDebtShare < 1)) {
                throw new IllegalArgumentException("Bad debt budget is outside (0, 1): found=" + badDebtShare);
            }
            if (mostRefinements < 0 || mostRefinements > 100) {
                throw new IllegalArgumentException(
                        "Refinements are out of range: found=" + mostRefinements + " allowed=0..100");
            }
        }
    }

    /**
     * What is tried beside the answer itself.
     *
     * @param backtestWindow returns that each fit of the rolling backtest learns from; 0 leaves backtests out
     */
    public record Checks(boolean stress, boolean sensitivity, int backtestWindow) {}

    /**
     * What may change besides LTV and threshold; the manifest tells the model's answer in any case.
     *
     * @param caps only of reserves whose sale was quoted: without depth a cap has no reason
     */
    public record Scope(boolean bonus, boolean caps) {}

    /** What a calibration uses unless told otherwise; the service's configuration has the same defaults. */
    public static CalibrationSettings standard() {
        return new CalibrationSettings(
                0.99,
                new History(Duration.ofHours(1), 400, 26_280, Duration.ofMinutes(5)),
                new Horizons(Duration.ofHours(4), Duration.ofHours(24)),
                AntiProcyclicality.standard(),
                new LiquidationCosts(0.005, 0.01, 0.002, 0.005, 1),
                new Sizes(0.10, 250_000, Duration.ofHours(1), 0.80),
                new Keepers(1, 0.9, 30),
                Regimes.standard(),
                new Eligibility.Rules(30, 5_000_000, 5_000_000, 1),
                new Chance(20_000, 30, 20_480, 20_260_101),
                new Budget(0.001, 400_000, 1, 0.0005, 20),
                new Checks(true, true, 500),
                new Scope(false, false),
                new StabilityRule(new Bps(50), new Bps(300), new Bps(100), new Bps(9_000), new Bps(1_000)),
                0);
    }

    /** How many periods a horizon spans, rounded up. */
    public int periods(Duration horizon) {
        return Math.toIntExact(
                Math.ceilDiv(horizon.toSeconds(), history.period().toSeconds()));
    }

    public CalibrationSettings withSeed(long seed) {
        return withChance(new Chance(chance.paths(), chance.replications(), chance.jointPaths(), seed));
    }

    public CalibrationSettings withChance(Chance chosen) {
        return with(horizons, chosen, budget, checks, scope);
    }

    public CalibrationSettings withHorizons(Horizons chosen) {
        return with(chosen, chance, budget, checks, scope);
    }

    public CalibrationSettings withBudget(Budget chosen) {
        return with(horizons, chance, chosen, checks, scope);
    }

    public CalibrationSettings withScope(Scope chosen) {
        return with(horizons, chance, budget, checks, chosen);
    }

    public CalibrationSettings withChecks(Checks chosen) {
        return with(horizons, chance, budget, chosen, scope);
    }

    private CalibrationSettings with(
            Horizons newHorizons, Chance newChance, Budget newBudget, Checks newChecks, Scope newScope) {
        return new CalibrationSettings(
                level,
                history,
                newHorizons,
                antiProcyclicality,
                costs,
                sizes,
                keepers,
                regimes,
                eligibility,
                newChance,
                newBudget,
                newChecks,
                newScope,
                stability,
                mostForcedLiquidations);
    }
}
