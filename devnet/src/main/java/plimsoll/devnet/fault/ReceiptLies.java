package plimsoll.devnet.fault;

import java.io.IOException;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Receipts that say the opposite, speak of what has not happened, or are kept back. */
final class ReceiptLies implements Lie {

    private final Faults faults;
    private final Upstream upstream;

    ReceiptLies(Faults faults, Upstream upstream) {
        this.faults = faults;
        this.upstream = upstream;
    }

    @Override
    public ObjectNode after(Question question, ObjectNode answer) throws IOException {
        JsonNode result = answer.path("result");
        if (question.method().equals("eth_getBlockReceipts") && result instanceof ArrayNode receipts) {
            for (int i = receipts.size() - 1; i >= 0; i--) {
                flip(receipts.get(i));
                if (isHidden(receipts.get(i))) {
                    receipts.remove(i);
                }
            }
        }
        if (!question.method().equals("eth_getTransactionReceipt")) {
            return answer;
        }
        if (result.isNull() && faults.isDue(Fault.INVENTS_RECEIPTS)) {
            invented(Json.string(question.param(0))).ifPresent(receipt -> {
                answer.set("result", receipt);
                faults.struck(Fault.INVENTS_RECEIPTS);
            });
        } else if (result.isObject()) {
            flip(result);
            if (isHidden(result)) {
                answer.putNull("result");
            }
        }
        return answer;
    }

    private void flip(JsonNode receipt) {
        if (receipt instanceof ObjectNode object && faults.isDue(Fault.FLIPS_RECEIPTS)) {
            ReceiptLies.flipStatus(object);
            faults.struck(Fault.FLIPS_RECEIPTS);
        }
    }

    static void flipStatus(ObjectNode receipt) {
        receipt.put("status", Json.string(receipt.path("status")).equals("0x1") ? "0x0" : "0x1");
    }

    private boolean isHidden(JsonNode receipt) {
        boolean hidden = faults.isDueFor(Fault.HIDES_RECEIPTS, Json.string(receipt.path("transactionHash")));
        if (hidden) {
            faults.struck(Fault.HIDES_RECEIPTS);
        }
        return hidden;
    }

    /** Only of a transaction that the node has: an invented one of an unknown transaction fools nobody. */
    private Optional<ObjectNode> invented(String hash) throws IOException {
        Optional<JsonNode> waiting =
                upstream.ask("eth_getTransactionByHash", hash).filter(tx -> !tx.hasNonNull("blockHash"));
        Optional<JsonNode> block = upstream.ask("eth_getBlockByNumber", "latest", false);
        if (waiting.isEmpty() || block.isEmpty()) {
            return Optional.empty();
        }
        JsonNode tx = waiting.get();
        ObjectNode receipt = Json.MAPPER.createObjectNode();
        receipt.put("transactionHash", hash).put("transactionIndex", "0x0").put("status", "0x1");
        receipt.set("blockHash", block.get().path("hash"));
        receipt.set("blockNumber", block.get().path("number"));
        receipt.set("from", tx.path("from"));
        receipt.set("to", tx.has("to") ? tx.path("to") : Json.nothing());
        receipt.set("gasUsed", tx.path("gas"));
        receipt.set("cumulativeGasUsed", tx.path("gas"));
        receipt.set("effectiveGasPrice", tx.has("maxFeePerGas") ? tx.path("maxFeePerGas") : tx.path("gasPrice"));
        receipt.put("type", Json.string(tx.path("type"))).putNull("contractAddress");
        receipt.put("logsBloom", "0x" + "00".repeat(256)).putArray("logs");
        return Optional.of(receipt);
    }
}
