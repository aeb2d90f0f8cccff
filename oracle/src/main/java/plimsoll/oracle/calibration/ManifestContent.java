package plimsoll.oracle.calibration;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.oracle.plan.ParameterChange;
import plimsoll.oracle.plan.Plan;
import plimsoll.oracle.plan.Step;

/** Lays a calibration out as a manifest: inputs, settings, results, plan, calls. */
final class ManifestContent {

    private ManifestContent() {}

    static Manifest of(
            MarketState market,
            CalibrationSettings settings,
            List<AssetOutcome> outcomes,
            Plan plan,
            List<ContractCall> calls) {
        TreeMap<String, Object> content = new TreeMap<>();
        content.put("inputs", inputs(market));
        content.put("settings", settings.content());
        content.put("results", outcomes.stream().map(ManifestContent::result).toList());
        content.put("plan", plan(plan));
        content.put(
                "calls",
                calls.stream()
                        .map(call -> Map.of("target", call.target().hex(), "value", "0", "data", call.data()))
                        .toList());
        return Manifest.of(content);
    }

    private static Map<String, Object> inputs(MarketState market) {
        TreeMap<String, Object> inputs = new TreeMap<>();
        inputs.put("chainId", Long.toString(market.chain().value()));
        inputs.put("pool", market.pool().hex());
        inputs.put("configurator", market.configurator().hex());
        inputs.put(
                "block",
                Map.of(
                        "number", Long.toString(market.block().value()),
                        "hash", market.blockHash().hex(),
                        "time", market.blockTime().toString()));
        inputs.put(
                "reading",
                Map.of(
                        "mostRounds", market.reading().mostRounds(),
                        "firstBlock",
                                Long.toString(market.reading().firstBlock().value())));
        inputs.put(
                "positions",
                Map.of(
                        "accounts", market.book().accounts().size(),
                        "contentHash", market.book().contentHash()));
        inputs.put(
                "feeds", market.reserves().stream().map(ManifestContent::feed).toList());
        return inputs;
    }

    private static Map<String, Object> feed(Reserve reserve) {
        ObservedFeed feed = reserve.feed();
        TreeMap<String, Object> content = new TreeMap<>();
        content.put("asset", reserve.asset().hex());
        content.put("symbol", reserve.symbol());
        content.put("aggregator", feed.aggregator().hex());
        content.put("description", feed.description());
        content.put("decimals", feed.decimals());
        content.put("heartbeatSeconds", feed.heartbeat().toSeconds());
        content.put("rounds", feed.rounds().size());
        if (!feed.rounds().isEmpty()) {
            content.put("firstRound", feed.rounds().getFirst().roundId());
            content.put("lastRound", feed.rounds().getLast().roundId());
            content.put("from", feed.rounds().getFirst().updatedAt().toString());
            content.put("to", feed.rounds().getLast().updatedAt().toString());
        }
        content.put("contentHash", feed.contentHash());
        return content;
    }

    private static Map<String, Object> result(AssetOutcome outcome) {
        TreeMap<String, Object> content = new TreeMap<>();
        content.put("asset", outcome.reserve().asset().hex());
        content.put("symbol", outcome.reserve().symbol());
        content.put("current", parameters(outcome.reserve().current()));
        content.put("recommended", parameters(outcome.recommendation().parameters()));
        content.put("reasons", outcome.recommendation().reasons());
        outcome.measures().map(Measures::content).ifPresent(measures -> content.put("measures", measures));
        return content;
    }

    static Map<String, Object> parameters(CollateralParameters parameters) {
        return Map.of(
                "ltvBps", parameters.ltv().raw(),
                "liquidationThresholdBps", parameters.liquidationThreshold().raw(),
                "liquidationBonusBps", parameters.liquidationBonus().raw(),
                "supplyCap", Long.toString(parameters.supplyCap()),
                "borrowCap", Long.toString(parameters.borrowCap()));
    }

    private static Map<String, Object> plan(Plan plan) {
        TreeMap<String, Object> content = new TreeMap<>();
        content.put("steps", plan.steps().stream().map(ManifestContent::step).toList());
        switch (plan) {
            case Plan.Reachable _ -> content.put("reachable", true);
            case Plan.Unreachable unreachable -> {
                content.put("reachable", false);
                content.put("reason", unreachable.reason());
            }
        }
        return content;
    }

    private static Map<String, Object> step(Step step) {
        return Map.of(
                "notBeforeSeconds",
                step.notBefore().toSeconds(),
                "changes",
                step.changes().stream().map(ManifestContent::change).toList(),
                "forcedLiquidations",
                step.forcedLiquidations(),
                "postConditions",
                step.postConditions().stream()
                        .map(condition -> Map.of(
                                "claim", condition.claim(),
                                "holds", condition.holds(),
                                "found", condition.found(),
                                "allowed", condition.allowed()))
                        .toList());
    }

    private static Map<String, Object> change(ParameterChange change) {
        return Map.of(
                "asset", change.reserve().hex(),
                "from", parameters(change.from()),
                "to", parameters(change.to()));
    }
}
