package plimsoll.oracle.calibration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.abi.PoolConfigurator;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.parameter.Recommendation;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.oracle.plan.ParameterChange;
import plimsoll.oracle.plan.Plan;
import plimsoll.oracle.plan.Planner;
import plimsoll.oracle.plan.Step;
import plimsoll.oracle.plan.StepLimits;
import plimsoll.risk.calibration.CollateralCalibration;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.series.PriceSeries.GapPolicy;
import plimsoll.risk.series.ReturnSeries;
import plimsoll.units.Address;

/**
 * Judges every collateral of a market and plans the change.
 *
 * <p>A reserve whose feed is silent, stale or too short, or that people have set apart, keeps its parameters with the
 * reason: no recommendation rests on a guess.
 */
public final class Calibrator {

    private final CalibrationSettings settings;
    private final LossModel model;

    public Calibrator(CalibrationSettings settings, LossModel model) {
        this.settings = settings;
        this.model = model;
    }

    public CalibrationResult calibrate(MarketState market) {
        List<AssetOutcome> outcomes = new ArrayList<>();
        for (int i = 0; i < market.reserves().size(); i++) {
            outcomes.add(judge(market, market.reserves().get(i), i));
        }
        Map<Address, CollateralParameters> live = new TreeMap<>();
        Map<Address, CollateralParameters> target = new TreeMap<>();
        for (AssetOutcome outcome : outcomes) {
            live.put(outcome.reserve().asset(), outcome.reserve().current());
            if (outcome.isChanged()) {
                target.put(outcome.reserve().asset(), outcome.recommendation().parameters());
            }
        }
        Plan plan =
                new Planner(StepLimits.governance(settings.mostForcedLiquidations()), market.book()).plan(live, target);
        List<ContractCall> calls = plan.steps().isEmpty()
                ? List.of()
                : calls(market.onChain().configurator(), plan.steps().getFirst());
        Manifest manifest = ManifestContent.of(market, settings, outcomes, plan, calls);
        return new CalibrationResult(manifest, outcomes, plan, calls);
    }

    private AssetOutcome judge(MarketState market, Reserve reserve, int stream) {
        Optional<String> obstacle = obstacle(market, reserve);
        if (obstacle.isPresent()) {
            return new AssetOutcome(reserve, Recommendation.keep(reserve.current(), obstacle.get()), Optional.empty());
        }
        ReturnSeries returns = returns(reserve.prices().series());
        if (returns.size() < settings.history().fewestReturns()) {
            String reason = "history is too short: returns=" + returns.size() + " needed="
                    + settings.history().fewestReturns() + " period="
                    + settings.history().period();
            return new AssetOutcome(reserve, Recommendation.keep(reserve.current(), reason), Optional.empty());
        }
        Measures measures;
        try {
            measures = model.measure(returns, settings, stream);
        } catch (IllegalArgumentException e) {
            // The model refuses what it cannot judge, such as a price that never moves; its sentence is the reason.
            return new AssetOutcome(
                    reserve, Recommendation.keep(reserve.current(), String.valueOf(e.getMessage())), Optional.empty());
        }
        CollateralCalibration.Result closed = CollateralCalibration.of(inputs(reserve, measures));
        Recommendation recommendation = Recommendation.of(
                        closed.ltv(), closed.liquidationThreshold(), reserve.current(), settings.stability())
                .withReasonsBefore(closed.reasons());
        return new AssetOutcome(reserve, recommendation, Optional.of(measures));
    }

    private Optional<String> obstacle(MarketState market, Reserve reserve) {
        if (!reserve.current().isCollateral()) {
            return Optional.of("reserve is not collateral");
        }
        if (reserve.current().ltv().isZero()) {
            return Optional.of("LTV is zero: people have closed this collateral for borrowing");
        }
        if (reserve.note().isPresent()) {
            return reserve.note();
        }
        return reserve.prices().fault(market.time(), settings.history().grace()).or(market::bookFault);
    }

    private ReturnSeries returns(PriceSeries observed) {
        PriceSeries regular = observed.resample(settings.history().period());
        if (regular.size() > settings.history().mostReturns() + 1) {
            int first = regular.size() - settings.history().mostReturns() - 1;
            regular = regular.between(
                    regular.time(first), regular.times().getLast().plusSeconds(1));
        }
        // A fall across an outage did happen to whoever held the asset: its return stays, and the gap is counted.
        return regular.logReturns(longestStep(), GapPolicy.KEEP);
    }

    private Duration longestStep() {
        return settings.history().period().multipliedBy(2);
    }

    private CollateralCalibration.Inputs inputs(Reserve reserve, Measures measures) {
        CalibrationSettings.LiquidationCosts costs = settings.costs();
        return new CollateralCalibration.Inputs(
                measures.liquidationShortfall(),
                measures.userValueAtRisk(),
                costs.oracleGap(),
                costs.slippage(),
                costs.gasShare(),
                costs.liquidatorMargin(),
                reserve.protocolShareOfBonus().raw() / 10_000.0,
                costs.impactMultiplier(),
                reserve.current().liquidationBonus().raw() / 10_000.0);
    }

    /** The calls of a step, exactly as the proposal makes them. */
    static List<ContractCall> calls(Address configurator, Step step) {
        List<ContractCall> calls = new ArrayList<>();
        for (ParameterChange change : step.changes()) {
            CollateralParameters to = change.to();
            if (change.movesCollateral()) {
                calls.add(new ContractCall(
                        configurator,
                        PoolConfigurator.CONFIGURE_RESERVE_AS_COLLATERAL.encode(
                                change.reserve(),
                                to.ltv().raw(),
                                to.liquidationThreshold().raw(),
                                to.storedLiquidationBonus().raw())));
            }
            if (change.movesSupplyCap()) {
                calls.add(new ContractCall(
                        configurator, PoolConfigurator.SET_SUPPLY_CAP.encode(change.reserve(), to.supplyCap())));
            }
            if (change.movesBorrowCap()) {
                calls.add(new ContractCall(
                        configurator, PoolConfigurator.SET_BORROW_CAP.encode(change.reserve(), to.borrowCap())));
            }
        }
        return calls;
    }
}
