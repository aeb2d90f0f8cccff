package plimsoll.risk.stress;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import plimsoll.risk.path.PathSource;
import plimsoll.risk.simulation.MarketSimulation;
import plimsoll.risk.simulation.SimulatedBook;
import plimsoll.risk.simulation.SimulatedMarket;
import plimsoll.risk.simulation.SimulationResult.AssetFigures;
import plimsoll.risk.simulation.SimulationSettings;
import plimsoll.risk.stress.HypotheticalShock.Course;

/**
 * What would these parameters cost this book in a stress? The same rules as on simulated paths, on paths that are known.
 * Source: docs/models/stress-tests.md.
 */
public final class StressTest {

    private final SimulatedMarket market;
    private final SimulatedBook book;
    private final SimulationSettings settings;

    public StressTest(SimulatedMarket market, SimulatedBook book, SimulationSettings settings) {
        this.market = market;
        this.book = book;
        this.settings = settings;
    }

    /** One stress; of several paths, such as the starts of an episode, the mean. */
    public StressResult run(String name, PathSource paths) {
        var result = MarketSimulation.run(paths, market, book, settings, 1);
        var worst = result.byAsset().stream()
                .filter(asset -> asset.badDebtBehind() > 0)
                .max(Comparator.comparingDouble(AssetFigures::badDebtBehind))
                .map(AssetFigures::asset);
        return new StressResult(
                name,
                result.badDebt().mean().value(),
                result.liquidated().mean().value(),
                result.liquidations().value(),
                worst);
    }

    /** Every scenario that strikes an asset of the market; one that strikes assets alone gives a result for each. */
    public List<StressResult> run(List<Scenario> scenarios, List<StressedAsset> assets, Duration step, int steps) {
        var results = new ArrayList<StressResult>();
        for (var scenario : scenarios) {
            for (var shock : scenario.shocks(assets, step, steps)) {
                results.add(run(shock.name(), shock.path()));
            }
        }
        return List.copyOf(results);
    }

    /** What it costs when one collateral, its issuer or its bridge fails and its tokens are worth this share of today. */
    public StressResult jumpToDefault(int asset, double recovery, int steps) {
        return run(
                "default of " + market.assets().get(asset).name(),
                HypotheticalShock.jumpToDefault(market.assets().size(), asset, recovery, steps));
    }

    /** The search for what breaks a budget of bad debt, on this book. */
    public ReverseStress reverse(Course course) {
        return new ReverseStress(
                market.assets().size(), course, paths -> run("reverse", paths).badDebt());
    }
}
