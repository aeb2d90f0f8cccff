package plimsoll.oracle.calibration;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.series.PriceSeries;
import plimsoll.risk.simulation.MarketSimulation;
import plimsoll.risk.simulation.SimulatedMarket;
import plimsoll.risk.simulation.SimulationResult;
import plimsoll.risk.simulation.SimulationTask;
import plimsoll.risk.stress.HistoricalWindow;
import plimsoll.risk.stress.HistoricalWindow.Episode;
import plimsoll.risk.stress.HistoricalWindow.Known;
import plimsoll.risk.stress.HypotheticalShock;
import plimsoll.risk.stress.HypotheticalShock.Course;
import plimsoll.risk.stress.ReverseStress;
import plimsoll.risk.stress.Scenario;
import plimsoll.risk.stress.ScenarioLibrary;
import plimsoll.risk.stress.StressedAsset;
import plimsoll.risk.stress.StressedAsset.Kind;

/** Puts live and recommended parameters through what happened, what could happen, and the least that would break them. */
final class StressStage {

    private static final Set<String> ETHER = Set.of("ETH", "WETH");
    private static final Set<String> STAKED =
            Set.of("STETH", "WSTETH", "CBETH", "RETH", "WEETH", "OSETH", "ETHX", "EZETH", "RSETH", "METH", "SWETH");
    private static final Set<String> BITCOIN = Set.of("BTC", "WBTC", "TBTC", "CBBTC", "LBTC");
    private static final Set<String> STABLE = Set.of(
            "USDC", "USDT", "DAI", "SDAI", "LUSD", "FRAX", "GHO", "USDE", "SUSDE", "PYUSD", "CRVUSD", "TUSD", "BUSD",
            "USDS", "SUSD", "MAI", "USDC.E", "USDBC", "EURE", "XDAI", "WXDAI");

    private final CalibrationSettings settings;
    private final BookStage stage;
    private final SimulatedMarket live;
    private final SimulatedMarket recommended;
    private final Instant now;

    StressStage(
            CalibrationSettings settings,
            BookStage stage,
            SimulatedMarket live,
            SimulatedMarket recommended,
            Instant now) {
        this.settings = settings;
        this.stage = stage;
        this.live = live;
        this.recommended = recommended;
        this.now = now;
    }

    /**
     * One scenario under both parameter vectors, in the base currency.
     *
     * @param kind {@code history}, {@code hypothetical}, {@code default} or {@code control}
     */
    record Outcome(String scenario, String kind, String what, Cost live, Cost recommended) {}

    /** @param worstAsset the collateral behind most of the bad debt */
    record Cost(double badDebt, double liquidated, double liquidations, Optional<String> worstAsset) {}

    /**
     * The least shock that costs more than the budget.
     *
     * @param severity the fall that breaks it, as a fraction; empty where none does
     * @param badDebt at that severity, or at the worst one tried
     */
    record Breaking(String struck, Optional<Double> severity, double badDebt) {}

    /** What the stage found. */
    record Result(List<Outcome> scenarios, double budget, List<Breaking> reverse) {
        Result {
            scenarios = List.copyOf(scenarios);
            reverse = List.copyOf(reverse);
        }
    }

    Result run(Progress progress) {
        List<Shocked> shocks = shocks();
        List<Outcome> outcomes = new ArrayList<>();
        for (Shocked shock : shocks) {
            outcomes.add(new Outcome(
                    shock.name(),
                    shock.kind(),
                    shock.what(),
                    cost(live, shock.path()),
                    cost(recommended, shock.path())));
            progress.at("stress", outcomes.size(), shocks.size());
        }
        return new Result(outcomes, stage.budget(), reverse());
    }

    private record Shocked(String name, String kind, String what, PathSource path) {}

    private List<Shocked> shocks() {
        List<StressedAsset> assets = stage.model().assets().stream()
                .map(judgement -> new StressedAsset(
                        judgement.reserve().symbol(), kind(judgement.reserve().symbol())))
                .toList();
        Duration step = settings.history().period();
        int steps = stage.paths().steps();
        List<Shocked> shocks = new ArrayList<>(history(steps));
        for (Scenario scenario : ScenarioLibrary.all()) {
            for (Scenario.Shock shock : scenario.shocks(assets, step, steps)) {
                shocks.add(new Shocked(
                        shock.name(),
                        scenario.isControl() ? "control" : "hypothetical",
                        scenario.what(),
                        shock.path()));
            }
        }
        for (int i = 0; i < assets.size(); i++) {
            if (stage.model().assets().get(i).reserve().isOpenCollateral()) {
                shocks.add(new Shocked(
                        "default of " + assets.get(i).symbol(),
                        "default",
                        "issuer or bridge fails: the price is nothing at once, all others stand",
                        HypotheticalShock.jumpToDefault(assets.size(), i, 0, steps)));
            }
        }
        return shocks;
    }

    /** For each collateral the worst time of its own history that is as long as the user's horizon, all others alongside. */
    private List<Shocked> history(int steps) {
        List<Shocked> shocks = new ArrayList<>();
        Duration step = settings.history().period();
        Duration length = step.multipliedBy(steps);
        for (AssetJudgement judgement : stage.model().priced()) {
            if (judgement.reserve().isOpenCollateral()) {
                Instant start = worstStart(judgement.reserve().prices().series(), length);
                List<Known> known = stage.model().assets().stream()
                        .map(other -> known(other, start))
                        .toList();
                shocks.add(new Shocked(
                        "worst of " + judgement.reserve().symbol(),
                        "history",
                        "from " + start + " for " + length,
                        HistoricalWindow.of(known, new Episode(start, start.plus(length), step))));
            }
        }
        return shocks;
    }

    private Known known(AssetJudgement judgement, Instant start) {
        if (judgement.measures().isEmpty()) {
            return Known.constant(start);
        }
        PriceSeries series = judgement.reserve().prices().series();
        return series.time(0).isAfter(start) ? Known.constant(start) : new Known(series, Duration.ZERO);
    }

    /** Where the price fell deepest within the length, looking at the last known price at each step. */
    private Instant worstStart(PriceSeries series, Duration length) {
        PriceSeries regular = series.resample(settings.history().period());
        double deepest = Double.POSITIVE_INFINITY;
        Instant worst = regular.time(0);
        int end = 0;
        for (int i = 0; i < regular.size(); i++) {
            while (end + 1 < regular.size()
                    && !regular.time(end + 1).isAfter(regular.time(i).plus(length))) {
                end++;
            }
            double ratio = regular.price(Math.max(i, end)) / regular.price(i);
            if (ratio < deepest && !regular.time(i).plus(length).isAfter(now)) {
                deepest = ratio;
                worst = regular.time(i);
            }
        }
        return worst;
    }

    private Cost cost(SimulatedMarket market, PathSource path) {
        SimulationResult result = run(market, path);
        Optional<String> worst = result.byAsset().stream()
                .filter(asset -> asset.badDebtBehind() > 0)
                .max((a, b) -> Double.compare(a.badDebtBehind(), b.badDebtBehind()))
                .map(SimulationResult.AssetFigures::asset);
        return new Cost(
                result.badDebt().mean().value(),
                result.liquidated().mean().value(),
                result.liquidations().value(),
                worst);
    }

    private SimulationResult run(SimulatedMarket market, PathSource path) {
        return MarketSimulation.run(
                path, new SimulationTask(market, stage.model().book(), stage.simulation()), 1, () -> {});
    }

    private List<Breaking> reverse() {
        int assets = stage.model().assets().size();
        ReverseStress reverse = new ReverseStress(
                assets,
                Course.immediate(stage.paths().steps()),
                path -> run(recommended, path).badDebt().mean().value());
        List<Breaking> found = new ArrayList<>();
        boolean[] struck = new boolean[assets];
        for (int i = 0; i < assets; i++) {
            struck[i] = kind(stage.model().assets().get(i).reserve().symbol()) != Kind.STABLE;
        }
        found.add(breaking(
                "everything but stablecoins", reverse.common(struck, ReverseStress.Direction.FALL, stage.budget())));
        for (int i = 0; i < assets; i++) {
            if (stage.model().assets().get(i).reserve().isOpenCollateral()) {
                boolean[] alone = new boolean[assets];
                alone[i] = true;
                found.add(breaking(
                        stage.model().assets().get(i).reserve().symbol(),
                        reverse.common(alone, ReverseStress.Direction.FALL, stage.budget())));
            }
        }
        return found;
    }

    private static Breaking breaking(String struck, ReverseStress.Answer answer) {
        return switch (answer) {
            case ReverseStress.Answer.Breaks breaks ->
                new Breaking(struck, Optional.of(breaks.severity()), breaks.badDebt());
            case ReverseStress.Answer.Holds holds -> new Breaking(struck, Optional.empty(), holds.badDebt());
        };
    }

    static Kind kind(String symbol) {
        String name = symbol.toUpperCase(Locale.ROOT);
        return ETHER.contains(name)
                ? Kind.ETHER
                : STAKED.contains(name)
                        ? Kind.STAKED_ETHER
                        : BITCOIN.contains(name) ? Kind.BITCOIN : STABLE.contains(name) ? Kind.STABLE : Kind.OTHER;
    }
}
