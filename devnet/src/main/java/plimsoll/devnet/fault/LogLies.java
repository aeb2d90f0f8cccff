package plimsoll.devnet.fault;

import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Events that never happened, and events that are kept back. */
final class LogLies implements Lie {

    private final Faults faults;
    private final Upstream upstream;

    LogLies(Faults faults, Upstream upstream) {
        this.faults = faults;
        this.upstream = upstream;
    }

    @Override
    public ObjectNode after(Question question, ObjectNode answer) throws IOException {
        if (question.method().equals("eth_getLogs") && answer.path("result") instanceof ArrayNode logs) {
            hide(logs);
            if (faults.isDue(Fault.FORGES_LOGS)) {
                forged(question, logs).ifPresent(log -> {
                    logs.add(log);
                    faults.struck(Fault.FORGES_LOGS);
                });
            }
        }
        return answer;
    }

    private void hide(ArrayNode logs) {
        for (int i = logs.size() - 1; i >= 0; i--) {
            JsonNode log = logs.get(i);
            String name = Json.string(log.path("transactionHash")) + Json.string(log.path("logIndex"));
            if (faults.isDueFor(Fault.HIDES_LOGS, name)) {
                logs.remove(i);
                faults.struck(Fault.HIDES_LOGS);
            }
        }
    }

    /** Behind the last true log one that looks like it; where there is none, one that the filter asks for. */
    private Optional<ObjectNode> forged(Question question, ArrayNode logs) throws IOException {
        JsonNode filter = question.param(0);
        ObjectNode log;
        if (logs.isEmpty()) {
            Optional<JsonNode> block = lastBlock(filter);
            if (block.isEmpty()) {
                return Optional.empty();
            }
            log = Json.MAPPER.createObjectNode();
            log.put("address", address(filter));
            log.set("topics", topics(filter));
            log.put("data", "0x" + "00".repeat(31) + "01");
            log.set("blockNumber", block.get().path("number"));
            log.set("blockHash", block.get().path("hash"));
            log.put("logIndex", "0x0").put("transactionIndex", "0x0").put("removed", false);
        } else {
            log = (ObjectNode) logs.get(logs.size() - 1).deepCopy();
            log.put("logIndex", Json.hex(Json.number(log.path("logIndex")).orElse(0L) + 1));
            log.put("data", altered(Json.string(log.path("data"))));
        }
        log.put("transactionHash", faults.inventedHash("tx of " + log));
        return Optional.of(log);
    }

    private Optional<JsonNode> lastBlock(JsonNode filter) throws IOException {
        if (filter.hasNonNull("blockHash")) {
            return upstream.ask("eth_getBlockByHash", Json.string(filter.path("blockHash")), false);
        }
        JsonNode to = filter.path("toBlock");
        return upstream.ask("eth_getBlockByNumber", to.isString() ? to.stringValue() : "latest", false);
    }

    private static String address(JsonNode filter) {
        JsonNode wanted = filter.path("address");
        String first = Json.string(wanted.isArray() ? wanted.path(0) : wanted);
        return first.isEmpty() ? "0x" + "fa".repeat(20) : first;
    }

    private ArrayNode topics(JsonNode filter) {
        ArrayNode topics = Json.MAPPER.createArrayNode();
        for (JsonNode accepted : filter.path("topics")) {
            String first = Json.string(accepted.isArray() ? accepted.path(0) : accepted);
            topics.add(first.isEmpty() ? faults.inventedHash("topic" + topics.size()) : first);
        }
        return topics;
    }

    private static String altered(String data) {
        if (data.length() < 4) {
            return "0x" + "00".repeat(31) + "01";
        }
        char last = data.charAt(data.length() - 1);
        return data.substring(0, data.length() - 1) + (last == '7' ? '8' : '7');
    }
}
