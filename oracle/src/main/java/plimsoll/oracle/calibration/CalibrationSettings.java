package plimsoll.oracle.calibration;

import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import plimsoll.oracle.parameter.StabilityRule;
import plimsoll.units.Bps;

/**
 * How a calibration judges; all of it stands in the manifest.
 *
 * @param level of expected shortfall and value at risk, such as 0.99
 * @param period prices are resampled to it: sub-hour volatility of a deviation-threshold feed is biased
 * @param liquidationHorizon oracle lag + inclusion lag + time to sell
 * @param userHorizon time that a borrower at the LTV limit should survive
 * @param fewestReturns a shorter history is no basis
 * @param mostReturns older returns are left out
 * @param grace allowed beyond a feed's heartbeat before it counts as stale
 * @param costs what stands between a fallen price and a covered debt
 * @param paths simulated paths per asset
 * @param seed of all chance
 * @param mostForcedLiquidations most accounts that one proposal may make liquidatable by itself
 */
public record CalibrationSettings(
        double level,
        Duration period,
        Duration liquidationHorizon,
        Duration userHorizon,
        int fewestReturns,
        int mostReturns,
        Duration grace,
        LiquidationCosts costs,
        int paths,
        long seed,
        StabilityRule stability,
        int mostForcedLiquidations) {

    /**
     * Fractions of the liquidated value.
     *
     * @param oracleGap distance between the market's price and the feed's answer: its deviation threshold and lag
     * @param slippage of selling the seized collateral
     * @param gasShare of the transaction
     * @param liquidatorMargin that makes the work worth doing
     * @param impactMultiplier λ: how much a sale moves the price that the feed follows; 1 is not at all
     */
    public record LiquidationCosts(
            double oracleGap, double slippage, double gasShare, double liquidatorMargin, double impactMultiplier) {}

    public CalibrationSettings {
        if (!(level > 0.5 && level < 1)) {
            throw new IllegalArgumentException("Level is outside (0.5, 1): found=" + level);
        }
        if (period.compareTo(Duration.ofMinutes(1)) < 0
                || liquidationHorizon.compareTo(period) < 0
                || userHorizon.compareTo(liquidationHorizon) < 0) {
            throw new IllegalArgumentException("Horizons must grow from the period: period=" + period + " liquidation="
                    + liquidationHorizon + " user=" + userHorizon);
        }
        if (fewestReturns < 100 || mostReturns < fewestReturns) {
            throw new IllegalArgumentException("Bounds of the history are out of order: fewest=" + fewestReturns
                    + " most=" + mostReturns + " allowed=100 or more, ascending");
        }
        if (paths < 1_000) {
            throw new IllegalArgumentException("Too few paths: found=" + paths + " allowed=1000 or more");
        }
    }

    /** What a calibration uses unless told otherwise; the service's configuration has the same defaults. */
    public static CalibrationSettings standard() {
        return new CalibrationSettings(
                0.99,
                Duration.ofHours(1),
                Duration.ofHours(4),
                Duration.ofHours(24),
                400,
                10_000,
                Duration.ofMinutes(5),
                new LiquidationCosts(0.005, 0.01, 0.002, 0.005, 1),
                20_000,
                20_260_101,
                new StabilityRule(new Bps(50), new Bps(300), new Bps(100), new Bps(9_000), new Bps(1_000)),
                0);
    }

    public CalibrationSettings withSeed(long chosen) {
        return new CalibrationSettings(
                level,
                period,
                liquidationHorizon,
                userHorizon,
                fewestReturns,
                mostReturns,
                grace,
                costs,
                paths,
                chosen,
                stability,
                mostForcedLiquidations);
    }

    public int liquidationPeriods() {
        return periods(liquidationHorizon);
    }

    public int userPeriods() {
        return periods(userHorizon);
    }

    private int periods(Duration horizon) {
        return Math.toIntExact(Math.ceilDiv(horizon.toSeconds(), period.toSeconds()));
    }

    Map<String, Object> content() {
        TreeMap<String, Object> content = new TreeMap<>();
        content.put("level", level);
        content.put("periodSeconds", period.toSeconds());
        content.put("liquidationHorizonSeconds", liquidationHorizon.toSeconds());
        content.put("userHorizonSeconds", userHorizon.toSeconds());
        content.put("fewestReturns", fewestReturns);
        content.put("mostReturns", mostReturns);
        content.put("graceSeconds", grace.toSeconds());
        content.put(
                "costs",
                Map.of(
                        "oracleGap", costs.oracleGap(),
                        "slippage", costs.slippage(),
                        "gasShare", costs.gasShare(),
                        "liquidatorMargin", costs.liquidatorMargin(),
                        "impactMultiplier", costs.impactMultiplier()));
        content.put("paths", paths);
        content.put("seed", Long.toString(seed));
        content.put(
                "stability",
                Map.of(
                        "deadBandBps", stability.deadBand().raw(),
                        "mostTighteningBps", stability.mostTightening().raw(),
                        "mostLooseningBps", stability.mostLoosening().raw(),
                        "highestThresholdBps", stability.highestThreshold().raw(),
                        "lowestThresholdBps", stability.lowestThreshold().raw()));
        content.put("mostForcedLiquidations", mostForcedLiquidations);
        return content;
    }
}
