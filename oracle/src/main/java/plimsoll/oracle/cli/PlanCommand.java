package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.oracle.calibration.MarketState;
import plimsoll.oracle.calibration.Recipe;
import plimsoll.oracle.calibration.Reserve;
import plimsoll.oracle.feed.MarketReader;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.plan.ParameterChange;
import plimsoll.oracle.plan.Plan;
import plimsoll.oracle.plan.Planner;
import plimsoll.oracle.plan.PostCondition;
import plimsoll.oracle.plan.Step;
import plimsoll.oracle.plan.StepLimits;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.NodeOptions;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.units.Address;

/** Plans the way from a market's live parameters to those that a manifest recommends. */
@Command(
        name = "plan",
        description = "Plan the legal steps from a market's live parameters to a manifest's; exit 1 where no way leads"
                + " there.")
final class PlanCommand implements Callable<Integer> {

    @Option(names = "--manifest", required = true, paramLabel = "MANIFEST", description = "The manifest file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(names = "--limits", paramLabel = "FILE", description = "A steward's limits; not yet available.")
    private Optional<Path> limits = Optional.empty();

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private Output output = new Output();

    /** What {@code --json} prints; {@code notBefore} is an ISO 8601 duration after the first step. */
    record Answer(List<StepView> steps, boolean reachable, long days, Optional<String> reason) {}

    record StepView(
            String notBefore, List<Change> changes, int forcedLiquidations, List<PostCondition> postConditions) {}

    record Change(String asset, String parameter, Object from, Object to) {}

    @Override
    public Integer call() {
        if (limits.isPresent()) {
            throw CommandFailure.usage(
                    "Planning under a steward's limits is not yet available: governance has none", "--limits");
        }
        Recipe recipe = Recipe.of(ManifestFile.read(file));
        Plan plan;
        try (EndpointPool pool = node.open()) {
            Chain chain = new Chain(pool);
            NodeOptions.requireChain(chain, recipe.chain());
            MarketState market =
                    new MarketReader(chain, recipe.pool(), recipe.reading()).read(recipe.chain(), chain.head());
            Map<Address, CollateralParameters> live = new TreeMap<>();
            for (Reserve reserve : market.reserves()) {
                live.put(reserve.asset(), reserve.current());
            }
            Map<Address, CollateralParameters> target = new TreeMap<>(recipe.recommended());
            target.keySet().retainAll(live.keySet());
            plan = new Planner(StepLimits.governance(recipe.settings().mostForcedLiquidations()), market.book())
                    .plan(live, target);
        }
        show(plan);
        return plan instanceof Plan.Reachable ? 0 : 1;
    }

    private void show(Plan plan) {
        Table table = Table.columns("step", "asset", "parameter", "from", "to", "forced liquidations");
        List<StepView> steps = new ArrayList<>();
        for (Step step : plan.steps()) {
            List<Change> changes = new ArrayList<>();
            for (ParameterChange change : step.changes()) {
                changes.addAll(changes(change));
            }
            steps.add(new StepView(
                    step.notBefore().toString(), changes, step.forcedLiquidations(), step.postConditions()));
            changes.forEach(change -> table.row(
                    steps.size(),
                    change.asset(),
                    change.parameter(),
                    change.from(),
                    change.to(),
                    step.forcedLiquidations()));
        }
        Optional<String> reason = switch (plan) {
            case Plan.Reachable _ -> Optional.empty();
            case Plan.Unreachable unreachable -> Optional.of(unreachable.reason());
        };
        output.show(
                new Answer(steps, reason.isEmpty(), plan.duration().toDays(), reason),
                steps.isEmpty() ? reason.orElse("nothing is to change") : table);
    }

    private static List<Change> changes(ParameterChange change) {
        List<Change> changes = new ArrayList<>();
        add(changes, change, "ltv", change.from().ltv(), change.to().ltv());
        add(
                changes,
                change,
                "liquidationThreshold",
                change.from().liquidationThreshold(),
                change.to().liquidationThreshold());
        add(
                changes,
                change,
                "liquidationBonus",
                change.from().liquidationBonus(),
                change.to().liquidationBonus());
        add(changes, change, "supplyCap", change.from().supplyCap(), change.to().supplyCap());
        add(changes, change, "borrowCap", change.from().borrowCap(), change.to().borrowCap());
        return changes;
    }

    private static void add(List<Change> changes, ParameterChange change, String parameter, Object from, Object to) {
        if (!from.equals(to)) {
            changes.add(new Change(change.reserve().hex(), parameter, from, to));
        }
    }
}
