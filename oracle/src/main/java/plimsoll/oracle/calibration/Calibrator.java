package plimsoll.oracle.calibration;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.TreeMap;
import java.util.stream.IntStream;
import plimsoll.abi.PoolConfigurator;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.parameter.ModelAnswer;
import plimsoll.oracle.parameter.Recommendation;
import plimsoll.oracle.parameter.ReserveRule;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.oracle.plan.ParameterChange;
import plimsoll.oracle.plan.Plan;
import plimsoll.oracle.plan.Planner;
import plimsoll.oracle.plan.Step;
import plimsoll.oracle.plan.StepLimits;
import plimsoll.risk.calibration.Refinement;
import plimsoll.risk.calibration.ReserveParameters;
import plimsoll.risk.selection.ModelSelection.Selection;
import plimsoll.units.Address;

/**
 * Judges every collateral of a market and plans the change: each reserve by its own price and venues, then all of them
 * together on the market's book.
 *
 * <p>A reserve whose feed is silent, stale or too short, or that people have set apart, keeps its parameters with the
 * reason: no recommendation rests on a guess.
 */
public final class Calibrator {

    private final CalibrationSettings settings;
    private final LossModel model;
    private final int workers;

    public Calibrator(CalibrationSettings settings, LossModel model) {
        this(settings, model, Math.min(2, Runtime.getRuntime().availableProcessors()));
    }

    /**
     * A calibrator that computes on several threads.
     *
     * @param workers the result does not depend on how many
     */
    public Calibrator(CalibrationSettings settings, LossModel model, int workers) {
        this.settings = settings;
        this.model = model;
        this.workers = workers;
    }

    public CalibrationResult calibrate(MarketState market) {
        return calibrate(market, Progress.NONE);
    }

    public CalibrationResult calibrate(MarketState market, Progress progress) {
        AssetStage assets = new AssetStage(settings, model, market);
        List<AssetJudgement> judgements = Parallel.map(
                workers,
                numbers(market.reserves().size()),
                i -> assets.judge(market.reserves().get(i), i),
                done -> progress.at("judge reserves", done, market.reserves().size()));
        Optional<BookStage> stage = market.bookFault().isPresent()
                ? Optional.empty()
                : BookModel.of(settings, market, judgements).map(book -> new BookStage(settings, book, workers));
        Optional<Refinement.Answer> refinement = stage.flatMap(book -> book.refine(progress));
        Map<Address, Refined> refined = refined(stage, refinement);
        List<AssetOutcome> outcomes = Parallel.map(
                workers,
                judgements,
                judgement -> outcome(
                        judgement,
                        Optional.ofNullable(refined.get(judgement.reserve().asset()))),
                done -> progress.at("explain", done, judgements.size()));
        Map<Address, CollateralParameters> live = new TreeMap<>();
        Map<Address, CollateralParameters> target = new TreeMap<>();
        for (AssetOutcome outcome : outcomes) {
            live.put(outcome.reserve().asset(), outcome.reserve().current());
            if (outcome.isChanged()) {
                target.put(outcome.reserve().asset(), outcome.recommendation().parameters());
            }
        }
        Optional<BookOutcome> book =
                stage.map(tried -> tried.outcome(refinement, live, target, market.time(), progress));
        List<EfficiencyStage.Category> categories = new EfficiencyStage(settings, model, market).categories(judgements);
        Plan plan =
                new Planner(StepLimits.governance(settings.mostForcedLiquidations()), market.book()).plan(live, target);
        List<ContractCall> calls = plan.steps().isEmpty() || !(market.origin() instanceof Origin.OnChain chain)
                ? List.of()
                : calls(chain.configurator(), plan.steps().getFirst());
        return new CalibrationResult(
                ManifestContent.of(market, settings, outcomes, book, categories, plan, calls), outcomes, plan, calls);
    }

    private static List<Integer> numbers(int count) {
        return IntStream.range(0, count).boxed().toList();
    }

    /** A threshold and LTV that the book chose, and the sentence that says so. */
    private record Refined(double threshold, double ltv, String reason) {}

    private static Map<Address, Refined> refined(Optional<BookStage> stage, Optional<Refinement.Answer> answer) {
        Map<Address, Refined> refined = new TreeMap<>();
        if (stage.isEmpty() || answer.isEmpty()) {
            return refined;
        }
        Refinement.Step chosen = answer.get().chosen();
        List<AssetJudgement> open = stage.get().open();
        for (int i = 0; i < open.size(); i++) {
            double threshold = chosen.candidate().thresholds().get(i);
            double before =
                    open.get(i).answer().orElseThrow().liquidationThreshold().value();
            refined.put(
                    open.get(i).reserve().asset(),
                    new Refined(
                            threshold,
                            chosen.candidate().ltvs().get(i),
                            "on the book, over " + answer.get().steps().size() + " parameter vectors: threshold "
                                    + Percent.of(threshold) + " after " + Percent.of(before) + " in closed form; "
                                    + chosen.verdict()));
        }
        return refined;
    }

    private AssetOutcome outcome(AssetJudgement judgement, Optional<Refined> refined) {
        return new AssetOutcome(
                judgement,
                recommend(judgement, refined),
                settings.checks().sensitivity() ? SensitivityStage.of(judgement, settings) : Optional.empty());
    }

    private Recommendation recommend(AssetJudgement judgement, Optional<Refined> refined) {
        Reserve reserve = judgement.reserve();
        if (!judgement.isOpen()) {
            return Recommendation.keep(reserve.current(), judgement.obstacle().orElse("not judged"));
        }
        ReserveParameters answer = judgement.answer().orElseThrow();
        List<String> reasons =
                new ArrayList<>(judgement.measures().map(Measures::reasons).orElse(List.of()));
        if (AssetStage.isPegged(reserve)) {
            reasons.add("a peg may break: no fall within the liquidation horizon is taken for less than "
                    + Percent.of(settings.regimes().depegFall()));
        }
        judgement.trial().selection().map(Selection::reason).ifPresent(reasons::add);
        reasons.addAll(answer.bonus().reasons());
        reasons.addAll(answer.liquidationThreshold().reasons());
        reasons.addAll(answer.ltv().reasons());
        refined.map(Refined::reason).ifPresent(reasons::add);
        ModelAnswer wanted = scoped(judgement, answer);
        ModelAnswer found =
                refined.map(book -> wanted.with(book.ltv(), book.threshold())).orElse(wanted);
        return Recommendation.of(found, reserve.current(), ReserveRule.of(settings.stability()))
                .withReasonsBefore(reasons);
    }

    private ModelAnswer scoped(AssetJudgement judgement, ReserveParameters answer) {
        ModelAnswer whole = ModelAnswer.of(answer);
        boolean caps = settings.scope().caps() && judgement.isQuoted();
        return new ModelAnswer(
                whole.ltv(),
                whole.liquidationThreshold(),
                settings.scope().bonus() ? whole.liquidationBonus() : OptionalDouble.empty(),
                caps ? whole.supplyCap() : OptionalDouble.empty(),
                caps ? whole.borrowCap() : OptionalDouble.empty());
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
