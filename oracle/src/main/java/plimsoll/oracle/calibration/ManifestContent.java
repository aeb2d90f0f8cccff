package plimsoll.oracle.calibration;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.evidence.RecordContent;
import plimsoll.oracle.parameter.CollateralParameters;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.oracle.plan.ParameterChange;
import plimsoll.oracle.plan.Plan;
import plimsoll.oracle.plan.Step;
import plimsoll.units.Address;

/** Lays a calibration out as a manifest: inputs, settings, results, plan, calls. */
final class ManifestContent {

    private ManifestContent() {}

    static Manifest of(
            MarketState market,
            CalibrationSettings settings,
            List<AssetOutcome> outcomes,
            Optional<BookOutcome> book,
            List<EfficiencyStage.Category> categories,
            Plan plan,
            List<ContractCall> calls) {
        TreeMap<String, Object> content = new TreeMap<>();
        content.put("inputs", inputs(market));
        content.put("settings", RecordContent.of(settings));
        content.put("results", outcomes.stream().map(ManifestContent::result).toList());
        content.put(
                "efficiencyModes",
                categories.stream().map(EfficiencyStage.Category::content).toList());
        book.map(BookOutcome::content).ifPresent(tried -> content.put("book", tried));
        content.put("plan", plan(plan));
        content.put(
                "calls",
                calls.stream()
                        .map(call -> Map.of("target", call.target().hex(), "value", "0", "data", call.data()))
                        .toList());
        return Manifest.of(content);
    }

    private static Map<String, Object> inputs(MarketState market) {
        TreeMap<String, Object> inputs = new TreeMap<>(
                switch (market.origin()) {
                    case Origin.OnChain chain -> chain(chain, market.time());
                    case Origin.FromFiles files -> RecordContent.of(files);
                });
        inputs.put("time", market.time().toString());
        inputs.put(
                "positions",
                Map.of(
                        "accounts", market.book().accounts().size(),
                        "contentHash", market.book().contentHash()));
        inputs.put(
                "feeds",
                market.reserves().stream()
                        .flatMap(reserve -> feed(reserve).stream())
                        .toList());
        inputs.put("sales", quotes(market.sales()));
        inputs.put("purchases", quotes(market.purchases()));
        return inputs;
    }

    private static List<Map<String, Object>> quotes(Map<Address, SaleQuotes> quotes) {
        return quotes.entrySet().stream()
                .map(entry -> Map.<String, Object>of(
                        "asset", entry.getKey().hex(),
                        "source", entry.getValue().source(),
                        "against", entry.getValue().against(),
                        "quotes", entry.getValue().points().size()))
                .toList();
    }

    private static Map<String, Object> chain(Origin.OnChain chain, Instant time) {
        return Map.of(
                "chainId", Long.toString(chain.chain().value()),
                "pool", chain.pool().hex(),
                "configurator", chain.configurator().hex(),
                "block",
                        Map.of(
                                "number", Long.toString(chain.block().value()),
                                "hash", chain.blockHash().hex(),
                                "time", time.toString()),
                "reading",
                        Map.of(
                                "mostRounds", chain.reading().mostRounds(),
                                "firstBlock",
                                        Long.toString(
                                                chain.reading().firstBlock().value())));
    }

    private static Optional<Map<String, Object>> feed(Reserve reserve) {
        return switch (reserve.prices()) {
            case ObservedFeed feed -> Optional.of(feed(reserve, feed));
            case FileHistory file -> Optional.of(file(reserve, file));
            case NoHistory _ -> Optional.empty();
        };
    }

    private static Map<String, Object> file(Reserve reserve, FileHistory file) {
        TreeMap<String, Object> content = new TreeMap<>();
        content.put("asset", reserve.asset().hex());
        content.put("symbol", reserve.symbol());
        content.put("source", file.source());
        content.put("files", file.files());
        content.put("findings", RecordContent.value(file.findings()));
        content.put("observations", file.series().size());
        if (file.series().size() > 0) {
            content.put("from", file.series().times().getFirst().toString());
            content.put("to", file.series().times().getLast().toString());
        }
        content.put("contentHash", file.contentHash());
        return content;
    }

    private static Map<String, Object> feed(Reserve reserve, ObservedFeed feed) {
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
        outcome.advice().map(RecordContent::of).ifPresent(advice -> content.put("advice", advice));
        outcome.views().ifPresent(views -> content.put("views", views));
        outcome.sensitivity().ifPresent(found -> content.put("sensitivity", found));
        outcome.selection().ifPresent(chosen -> content.put("selection", chosen));
        content.put("backtest", outcome.backtest());
        content.put("recent", outcome.recent());
        outcome.measures().map(Measures::content).ifPresent(measures -> content.put("measures", measures));
        outcome.answer().map(RecordContent::of).ifPresent(answer -> content.put("closedForm", answer));
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
