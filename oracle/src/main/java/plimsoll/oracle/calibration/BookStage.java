package plimsoll.oracle.calibration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.oracle.calibration.DependenceStage.Dependence;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.risk.calibration.Evaluation;
import plimsoll.risk.calibration.Refinement;
import plimsoll.risk.calibration.RefinementLimits;
import plimsoll.risk.calibration.RefinementStart;
import plimsoll.risk.calibration.ReserveParameters;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.simulation.CollateralTerms;
import plimsoll.risk.simulation.Frontier;
import plimsoll.risk.simulation.KeeperBehaviour;
import plimsoll.risk.simulation.KeptPaths;
import plimsoll.risk.simulation.MarketSimulation;
import plimsoll.risk.simulation.SimulatedMarket;
import plimsoll.risk.simulation.SimulationResult;
import plimsoll.risk.simulation.SimulationSettings;
import plimsoll.risk.simulation.SimulationTask;
import plimsoll.units.Address;

/**
 * Tries parameters on the market's own book: the same joint paths for every vector, so that two vectors differ by what they
 * are and not by chance.
 */
final class BookStage {

    /** Paths beyond this are made again for each vector. */
    private static final long MOST_BYTES_OF_PATHS = 600L << 20;

    /** Two-sided 95 %: a shortfall counts with its Monte-Carlo error on the safe side. */
    private static final double ERROR_MULTIPLE = 1.96;

    private static final double SMALLEST_MOVE = 0.001;

    private static final int FRONTIERS = 3;
    private static final double[] FRONTIER = {-0.10, -0.05, -0.02, 0, 0.02, 0.05, 0.10};

    /**
     * A threshold is looked for from the closed form's down to this much below. Above it no simulation of today's book may
     * lead: borrowers would move up to a higher line, and a liquidation at it would no longer be covered.
     */
    private static final double REACH = 0.15;

    private final CalibrationSettings settings;
    private final BookModel model;
    private final Dependence dependence;
    private final PathSource paths;
    private final SimulationSettings simulation;
    private final int workers;

    BookStage(CalibrationSettings settings, BookModel model, int workers) {
        this.settings = settings;
        this.model = model;
        this.workers = workers;
        dependence = DependenceStage.of(model.priced());
        paths = new KeptPaths(BookPaths.of(settings, model, dependence), MOST_BYTES_OF_PATHS);
        simulation = new SimulationSettings(
                new KeeperBehaviour(
                        settings.keepers().delaySteps(),
                        settings.keepers().serviceShare(),
                        settings.costs().liquidatorMargin(),
                        settings.chance().seed()),
                1);
    }

    Dependence dependence() {
        return dependence;
    }

    BookModel model() {
        return model;
    }

    SimulationSettings simulation() {
        return simulation;
    }

    PathSource paths() {
        return paths;
    }

    /** The reserves whose thresholds may move, in the order of every candidate. */
    List<AssetJudgement> open() {
        return model.priced().stream().filter(AssetJudgement::isOpen).toList();
    }

    /** Live and recommended parameters on the book, what stands around them, and what would break them. */
    BookOutcome outcome(
            Optional<Refinement.Answer> refinement,
            Map<Address, CollateralParameters> live,
            Map<Address, CollateralParameters> target,
            Instant now,
            Progress progress) {
        TreeMap<Address, CollateralParameters> recommended = new TreeMap<>(live);
        recommended.putAll(target);
        SimulatedMarket liveMarket = model.under(live);
        SimulatedMarket recommendedMarket = model.under(recommended);
        SimulationResult before = run(liveMarket);
        SimulationResult after = target.isEmpty() ? before : run(recommendedMarket);
        return new BookOutcome(
                model.book().accounts(),
                model.debt(),
                budget(),
                model.still(),
                dependence,
                refinement,
                before,
                after,
                frontier(recommendedMarket, progress),
                settings.checks().stress()
                        ? Optional.of(new StressStage(settings, this, liveMarket, recommendedMarket, now).run(progress))
                        : Optional.empty());
    }

    /** For the collaterals that the book holds most of, thresholds on either side of the recommended one. */
    private Map<String, List<Frontier.Point>> frontier(SimulatedMarket market, Progress progress) {
        TreeMap<String, List<Frontier.Point>> found = new TreeMap<>();
        double[] held = model.book().collateralByAsset(model.assets().size());
        List<AssetJudgement> largest = open().stream()
                .sorted((a, b) -> Double.compare(held[place(market, b)], held[place(market, a)]))
                .limit(settings.checks().stress() ? FRONTIERS : 0)
                .toList();
        for (AssetJudgement judgement : largest) {
            int asset = place(market, judgement);
            double threshold = market.assets().get(asset).terms().liquidationThreshold();
            double room = 1 / (1 + market.assets().get(asset).terms().liquidationBonus());
            List<Double> grid = new ArrayList<>();
            for (double move : FRONTIER) {
                double at = threshold + move;
                if (at > 0 && at <= room) {
                    grid.add(at);
                }
            }
            found.put(
                    judgement.reserve().symbol(),
                    Frontier.of(
                            paths,
                            new SimulationTask(market, model.book(), simulation),
                            asset,
                            grid,
                            workers,
                            () -> {}));
            progress.at("frontier", found.size(), largest.size());
        }
        return found;
    }

    private static int place(SimulatedMarket market, AssetJudgement judgement) {
        return market.indexOf(judgement.reserve().symbol());
    }

    private SimulationResult run(SimulatedMarket market) {
        return MarketSimulation.run(paths, new SimulationTask(market, model.book(), simulation), workers, () -> {});
    }

    /** K in the base currency. */
    double budget() {
        return settings.budget().badDebtShare() * model.debt();
    }

    /** Looks for the thresholds that lend most within the budget, from the closed forms' on; empty where none may move. */
    Optional<Refinement.Answer> refine(Progress progress) {
        List<AssetJudgement> open = open();
        if (open.isEmpty() || settings.budget().mostRefinements() == 0) {
            return Optional.empty();
        }
        SimulatedMarket live = model.market(Map.of());
        double liveForced = model.book().liquidatableAtStart(live).debt();
        int evaluations = settings.budget().mostRefinements() + 1;
        int[] done = {0};
        Refinement.Answer answer = Refinement.search(
                start(open),
                candidate -> {
                    Evaluation evaluation = evaluate(open, candidate, liveForced);
                    progress.at("refine on the book", ++done[0], evaluations);
                    return evaluation;
                },
                new RefinementLimits(
                        budget(),
                        ERROR_MULTIPLE,
                        settings.budget().liquidationsAtRiskShare() * model.debt(),
                        settings.budget().forcedShare(),
                        evaluations,
                        SMALLEST_MOVE));
        return Optional.of(answer);
    }

    private Evaluation evaluate(List<AssetJudgement> open, Refinement.Candidate candidate, double liveForced) {
        TreeMap<Address, CollateralTerms> terms = new TreeMap<>();
        for (int i = 0; i < open.size(); i++) {
            terms.put(
                    open.get(i).reserve().asset(),
                    new CollateralTerms(
                            Math.min(
                                    candidate.ltvs().get(i),
                                    candidate.thresholds().get(i)),
                            candidate.thresholds().get(i),
                            bonus(open.get(i))));
        }
        SimulatedMarket market = model.market(terms);
        SimulationResult result = run(market);
        double[] held = model.book().collateralByAsset(model.assets().size());
        List<Double> power = new ArrayList<>();
        List<Double> badDebt = new ArrayList<>();
        for (int i = 0; i < open.size(); i++) {
            int asset = market.indexOf(open.get(i).reserve().symbol());
            power.add(held[asset] * candidate.ltvs().get(i));
            badDebt.add(result.byAsset().get(asset).badDebtBehind());
        }
        return new Evaluation(
                result.badDebt().es99().value(),
                result.badDebt().es99().standardError(),
                result.borrowingPower(),
                result.liquidated().var99().value(),
                Math.max(0, result.atStart().debt() - liveForced) / model.debt(),
                power,
                scaled(badDebt, result.badDebt().es99().value()));
    }

    /** Parts of the mean stand for parts of the tail. */
    private static List<Double> scaled(List<Double> parts, double whole) {
        double sum = parts.stream().mapToDouble(Double::doubleValue).sum();
        return sum > 0 ? parts.stream().map(part -> part / sum * whole).toList() : parts;
    }

    private RefinementStart start(List<AssetJudgement> open) {
        List<String> names = new ArrayList<>();
        List<Double> thresholds = new ArrayList<>();
        List<Double> shares = new ArrayList<>();
        List<Double> lowest = new ArrayList<>();
        List<Double> highest = new ArrayList<>();
        for (AssetJudgement judgement : open) {
            ReserveParameters answer = judgement.answer().orElseThrow();
            double room = 1 / (1 + bonus(judgement));
            double threshold = Math.min(answer.liquidationThreshold().value(), room);
            names.add(judgement.reserve().symbol());
            thresholds.add(threshold);
            shares.add(threshold > 0 ? Math.min(1, answer.ltv().value() / threshold) : 0);
            lowest.add(Math.max(0, threshold - REACH));
            highest.add(threshold);
        }
        return new RefinementStart(names, thresholds, shares, lowest, highest);
    }

    /** What a liquidation pays: never less than the reserve's present bonus. */
    static double bonus(AssetJudgement judgement) {
        return Math.max(
                AssetStage.share(
                        judgement.reserve().current().liquidationBonus().raw()),
                judgement.answer().map(answer -> answer.bonus().value()).orElse(0.0));
    }
}
