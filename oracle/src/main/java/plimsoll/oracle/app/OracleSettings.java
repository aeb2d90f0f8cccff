package plimsoll.oracle.app;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Supplier;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.DriftRule;
import plimsoll.oracle.calibration.ReadingSettings;
import plimsoll.oracle.parameter.StabilityRule;
import plimsoll.oracle.publish.GovernorRoute;
import plimsoll.risk.calibration.AntiProcyclicality;
import plimsoll.risk.calibration.Eligibility;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;

/**
 * The configuration as the domain's records; what contradicts itself is refused here, with its keys.
 *
 * @param route where proposals go; present wherever the service is live
 */
record OracleSettings(
        ServiceSettings service,
        ReadingSettings reading,
        CalibrationSettings calibration,
        boolean live,
        Optional<GovernorRoute> route,
        Duration interval,
        Duration followInterval,
        Drifting drifting) {

    /**
     * How drift is looked for.
     *
     * @param interval between looks; zero is never
     * @param rounds newest of each feed that are looked at
     */
    record Drifting(Duration interval, int rounds, DriftRule rule) {

        Drifting {
            if (interval.isNegative() || rounds < 1) {
                throw new IllegalArgumentException(
                        "Drift needs an interval of 0 or more and 1 round: interval=" + interval + " rounds=" + rounds);
            }
        }

        boolean isOn() {
            return !interval.isZero();
        }
    }

    static OracleSettings of(OracleConfig config) {
        OracleConfig.Oracle oracle = config.oracle();
        ServiceSettings service = ServiceSettings.of(config);
        if (oracle.live() && (oracle.governor().isEmpty() || oracle.timelock().isEmpty())) {
            String key = oracle.governor().isEmpty() ? "plimsoll.oracle.governor" : "plimsoll.oracle.timelock";
            throw CommandFailure.configuration("plimsoll.oracle.live needs " + key, key);
        }
        Optional<GovernorRoute> route = oracle.governor()
                .flatMap(governor -> oracle.timelock()
                        .map(timelock ->
                                new GovernorRoute(service.chain().id(), governor, timelock, oracle.maxGasPrice())));
        return new OracleSettings(
                service,
                checked("plimsoll.oracle", () -> reading(config)),
                checked("plimsoll.oracle.model", () -> calibration(oracle)),
                oracle.live(),
                route,
                positive(oracle.interval(), "plimsoll.oracle.interval"),
                positive(oracle.followInterval(), "plimsoll.oracle.follow-interval"),
                checked("plimsoll.oracle.drift", () -> drifting(oracle)));
    }

    ChainId chain() {
        return service.chain().id();
    }

    Address pool() {
        return service.market();
    }

    private static ReadingSettings reading(OracleConfig config) {
        Map<Address, Duration> heartbeats = new TreeMap<>();
        config.oracle().heartbeats().forEach((asset, heartbeat) -> heartbeats.put(Address.parse(asset), heartbeat));
        return new ReadingSettings(
                config.oracle().rounds(),
                new BlockNumber(config.market().firstBlock()),
                config.oracle().heartbeat(),
                heartbeats);
    }

    private static Drifting drifting(OracleConfig.Oracle oracle) {
        OracleConfig.Oracle.Drifts drift = oracle.drift();
        return new Drifting(
                oracle.driftInterval(),
                drift.rounds(),
                new DriftRule(
                        drift.coolDown(),
                        drift.level(),
                        new DriftRule.VolatilityBand(
                                drift.volatilityFactor(),
                                drift.volatilityFloor(),
                                drift.fewestReturns(),
                                drift.mostReturns()),
                        new DriftRule.LiquidityBand(
                                drift.suppliedChange(), drift.utilisationChange(), drift.leastSupplied())));
    }

    private static CalibrationSettings calibration(OracleConfig.Oracle oracle) {
        OracleConfig.Oracle.Model model = oracle.model();
        OracleConfig.Oracle.Costs costs = oracle.costs();
        OracleConfig.Oracle.Stability stability = oracle.stability();
        return new CalibrationSettings(
                model.level(),
                new CalibrationSettings.History(
                        model.period(), model.fewestReturns(), model.mostReturns(), model.grace()),
                new CalibrationSettings.Horizons(model.liquidationHorizon(), model.userHorizon()),
                new AntiProcyclicality(
                        model.stressedWeight(), AntiProcyclicality.standard().buffer()),
                new CalibrationSettings.LiquidationCosts(
                        costs.oracleGap(),
                        costs.slippage(),
                        costs.gasShare(),
                        costs.liquidatorMargin(),
                        costs.impactMultiplier()),
                new CalibrationSettings.Sizes(
                        oracle.sizes().liquidatedShare(),
                        oracle.sizes().liquidationValue(),
                        oracle.sizes().recovery(),
                        oracle.sizes().optimalUtilisation()),
                new CalibrationSettings.Keepers(
                        oracle.keepers().delaySteps(),
                        oracle.keepers().serviceShare(),
                        oracle.keepers().gasPerLiquidation()),
                CalibrationSettings.Regimes.standard(),
                new Eligibility.Rules(
                        oracle.eligibility().fewestDaysListed(),
                        oracle.eligibility().leastCapValue(),
                        oracle.eligibility().leastDepth(),
                        oracle.eligibility().fewestSources()),
                new CalibrationSettings.Chance(model.paths(), model.replications(), model.jointPaths(), model.seed()),
                new CalibrationSettings.Budget(
                        oracle.budget().badDebtShare(),
                        oracle.budget().lossBudget(),
                        oracle.budget().liquidationsAtRiskShare(),
                        oracle.budget().forcedShare(),
                        oracle.budget().mostRefinements()),
                new CalibrationSettings.Checks(
                        oracle.checks().stress(),
                        oracle.checks().sensitivity(),
                        oracle.checks().backtestWindow()),
                new CalibrationSettings.Scope(
                        oracle.scope().bonus(), oracle.scope().caps()),
                new StabilityRule(
                        stability.deadBand(),
                        stability.mostTightening(),
                        stability.mostLoosening(),
                        stability.highestThreshold(),
                        stability.lowestThreshold()),
                oracle.mostForcedLiquidations());
    }

    /** A record's own sentence about what it was given becomes a fault of the keys that gave it. */
    private static <T> T checked(String keys, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException e) {
            throw CommandFailure.configuration(keys + ".*: " + e.getMessage(), keys)
                    .because(e);
        }
    }

    private static Duration positive(Duration duration, String key) {
        if (duration.isZero() || duration.isNegative()) {
            throw CommandFailure.configuration(key + " is not positive: found=" + duration, key);
        }
        return duration;
    }
}
