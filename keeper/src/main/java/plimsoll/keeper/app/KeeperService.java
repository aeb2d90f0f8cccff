package plimsoll.keeper.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.QuarkusApplication;
import jakarta.inject.Inject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import plimsoll.keeper.journal.Decision;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;

/** Runs the worker, once or until the process is asked to end. */
public final class KeeperService implements QuarkusApplication {

    private final KeeperWorker worker;

    @Inject
    KeeperService(KeeperWorker worker) {
        this.worker = worker;
    }

    @Override
    public int run(String... args) {
        Start start = Start.current().orElseThrow();
        try {
            worker.prepare(start.checked());
            if (start.once()) {
                show(once(), start.output());
            } else {
                worker.start(start.margin());
                Quarkus.waitForExit();
            }
            return 0;
        } catch (RuntimeException e) {
            start.failed(e);
            return 3;
        } finally {
            worker.stop();
        }
    }

    /** The first round of every market, one after the other. */
    private Map<String, Round> once() {
        Map<String, Round> rounds = new LinkedHashMap<>();
        worker.markets().forEach(market -> rounds.put(market.settings().name(), market.once()));
        return rounds;
    }

    private static void show(Map<String, Round> rounds, Output output) {
        Table table = Table.columns("market", "account", "health factor", "action", "reason");
        List<Map<String, Object>> all = new ArrayList<>();
        List<Map<String, Object>> markets = new ArrayList<>();
        StringBuilder text = new StringBuilder();
        rounds.forEach((name, round) -> {
            for (Decision decision : round.decisions()) {
                table.row(
                        name,
                        decision.account(),
                        decision.healthFactor(),
                        decision.assessment().action(),
                        decision.assessment().reason());
                all.add(json(name, decision));
            }
            markets.add(json(name, round));
            text.append("Block ")
                    .append(round.market().block().number())
                    .append(" of ")
                    .append(name)
                    .append(": ");
            text.append(round.positions()).append(" positions, ");
            text.append(round.liquidatable().size()).append(" below the line").append(System.lineSeparator());
        });
        Map<String, Object> answer = new LinkedHashMap<>(markets.getFirst());
        answer.remove("market");
        answer.put(
                "positions", rounds.values().stream().mapToInt(Round::positions).sum());
        answer.put(
                "liquidatable",
                rounds.values().stream()
                        .mapToInt(round -> round.liquidatable().size())
                        .sum());
        answer.put("decisions", all);
        answer.put("markets", markets);
        output.show(answer, text + table.toString());
    }

    private static Map<String, Object> json(String market, Round round) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("market", market);
        json.put("blockNumber", round.market().block().number());
        json.put("positions", round.positions());
        json.put("liquidatable", round.liquidatable().size());
        return json;
    }

    private static Map<String, Object> json(String market, Decision decision) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("market", market);
        json.put("account", decision.account());
        json.put("action", decision.assessment().action());
        json.put("reason", decision.assessment().reason());
        json.put("healthFactor", decision.healthFactor());
        json.put("collateralBase", decision.collateral());
        json.put("debtBase", decision.debt());
        return json;
    }
}
