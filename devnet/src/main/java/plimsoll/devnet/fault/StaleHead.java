package plimsoll.devnet.fault;

import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A node that has stopped importing blocks: it knows nothing above its head, in state, blocks, logs and receipts alike. */
final class StaleHead implements Lie {

    /** Where each method that reads state names its block. */
    private static final Map<String, Integer> STATE_AT = Map.ofEntries(
            Map.entry("eth_call", 1),
            Map.entry("eth_getBalance", 1),
            Map.entry("eth_getCode", 1),
            Map.entry("eth_getTransactionCount", 1),
            Map.entry("eth_estimateGas", 1),
            Map.entry("eth_createAccessList", 1),
            Map.entry("eth_simulateV1", 1),
            Map.entry("eth_feeHistory", 1),
            Map.entry("eth_getStorageAt", 2),
            Map.entry("eth_getProof", 2));

    /** Methods whose first parameter is a block and that answer null where there is none. */
    private static final Set<String> BLOCK_FIRST = Set.of(
            "eth_getBlockByNumber",
            "eth_getBlockByHash",
            "eth_getBlockReceipts",
            "eth_getBlockTransactionCountByNumber",
            "eth_getBlockTransactionCountByHash",
            "eth_getTransactionByBlockNumberAndIndex",
            "eth_getTransactionByBlockHashAndIndex");

    private static final Set<String> TIP = Set.of("latest", "pending");
    private static final int HASH_LENGTH = 66;

    private final Faults faults;
    private final Upstream upstream;

    StaleHead(Faults faults, Upstream upstream) {
        this.faults = faults;
        this.upstream = upstream;
    }

    @Override
    public Optional<ObjectNode> before(Question question) throws IOException {
        OptionalLong claimed = question.exchange().claimedHead();
        if (claimed.isEmpty()) {
            return Optional.empty();
        }
        long head = claimed.getAsLong();
        String method = question.method();
        Optional<ObjectNode> answer = Optional.empty();
        if (method.equals("eth_blockNumber")) {
            faults.struck(Fault.STALE_HEAD);
            answer = Optional.of(Json.result(question.id(), Json.text(Json.hex(head))));
        } else if (BLOCK_FIRST.contains(method)) {
            answer = isUnknownAfterMoving(question, 0, head)
                    ? Optional.of(Json.result(question.id(), Json.nothing()))
                    : Optional.empty();
        } else if (STATE_AT.containsKey(method)) {
            answer = isUnknownAfterMoving(question, STATE_AT.get(method), head)
                    ? Optional.of(unknown(question))
                    : Optional.empty();
        } else if (method.equals("eth_getLogs") && question.param(0) instanceof ObjectNode filter) {
            answer = logs(question, filter, head);
        }
        return answer;
    }

    /** Whether the parameter names a block that this node does not know; one at the tip is moved back to the claimed head. */
    private boolean isUnknownAfterMoving(Question question, int index, long head) throws IOException {
        JsonNode at = question.param(index);
        if (at.isMissingNode() || at.isNull() || TIP.contains(Json.string(at))) {
            question.param(index, Json.text(Json.hex(head)));
            faults.struck(Fault.STALE_HEAD);
            return false;
        }
        JsonNode named = at.isObject() ? at.path(at.has("blockHash") ? "blockHash" : "blockNumber") : at;
        return isAbove(named, head);
    }

    private boolean isAbove(JsonNode named, long head) throws IOException {
        OptionalLong number = Json.string(named).length() == HASH_LENGTH
                ? upstream.numberOf(Json.string(named))
                : Json.number(named).map(OptionalLong::of).orElse(OptionalLong.empty());
        boolean above = number.isPresent() && number.getAsLong() > head;
        if (above) {
            faults.struck(Fault.STALE_HEAD);
        }
        return above;
    }

    private Optional<ObjectNode> logs(Question question, ObjectNode filter, long head) throws IOException {
        if (filter.hasNonNull("blockHash")) {
            return isAbove(filter.get("blockHash"), head) ? Optional.of(unknown(question)) : Optional.empty();
        }
        JsonNode from = filter.path("fromBlock");
        if (Json.number(from).filter(first -> first > head).isPresent()) {
            faults.struck(Fault.STALE_HEAD);
            ArrayNode none = Json.MAPPER.createArrayNode();
            return Optional.of(Json.result(question.id(), none));
        }
        for (String end : new String[] {"fromBlock", "toBlock"}) {
            JsonNode block = filter.path(end);
            boolean atTip = block.isMissingNode() || block.isNull() || TIP.contains(Json.string(block));
            if (atTip || Json.number(block).filter(it -> it > head).isPresent()) {
                filter.put(end, Json.hex(head));
                faults.struck(Fault.STALE_HEAD);
            }
        }
        return Optional.empty();
    }

    @Override
    public ObjectNode after(Question question, ObjectNode answer) throws IOException {
        OptionalLong claimed = question.exchange().claimedHead();
        JsonNode result = answer.path("result");
        boolean above = claimed.isPresent()
                && Json.number(result.path("blockNumber"))
                        .filter(it -> it > claimed.getAsLong())
                        .isPresent();
        if (!above) {
            return answer;
        }
        if (question.method().equals("eth_getTransactionReceipt")) {
            faults.struck(Fault.STALE_HEAD);
            return Json.result(question.id(), Json.nothing());
        }
        if (question.method().equals("eth_getTransactionByHash") && result instanceof ObjectNode tx) {
            faults.struck(Fault.STALE_HEAD);
            tx.putNull("blockHash").putNull("blockNumber").putNull("transactionIndex");
        }
        return answer;
    }

    private static ObjectNode unknown(Question question) {
        return Json.error(question.id(), -32_000, "header not found");
    }
}
