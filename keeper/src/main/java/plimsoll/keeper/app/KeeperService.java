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
                show(worker.once(), start.output());
            } else {
                worker.start();
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

    private static void show(Round round, Output output) {
        Table table = Table.columns("account", "health factor", "action", "reason");
        List<Map<String, Object>> decisions = new ArrayList<>();
        for (Decision decision : round.decisions()) {
            table.row(
                    decision.account(),
                    decision.healthFactor(),
                    decision.assessment().action(),
                    decision.assessment().reason());
            Map<String, Object> json = new LinkedHashMap<>();
            json.put("account", decision.account());
            json.put("action", decision.assessment().action());
            json.put("reason", decision.assessment().reason());
            json.put("healthFactor", decision.healthFactor());
            json.put("collateralBase", decision.collateral());
            json.put("debtBase", decision.debt());
            decisions.add(json);
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("blockNumber", round.market().block().number());
        answer.put("positions", round.positions());
        answer.put("liquidatable", round.liquidatable().size());
        answer.put("decisions", decisions);
        output.show(
                answer,
                "Block " + round.market().block().number() + ": " + round.positions() + " positions, "
                        + round.liquidatable().size() + " below the line" + System.lineSeparator() + table);
    }
}
