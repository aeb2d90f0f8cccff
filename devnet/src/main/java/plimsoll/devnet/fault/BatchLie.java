package plimsoll.devnet.fault;

import java.math.BigInteger;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** A node, or what balances its load, that mixes things up only where several requests travel together. */
final class BatchLie implements Lie {

    /** Longer answers are structures whose words are places and lengths rather than amounts. */
    private static final int MOST_WORDS = 5;

    private final Faults faults;

    BatchLie(Faults faults) {
        this.faults = faults;
    }

    @Override
    public ObjectNode after(Question question, ObjectNode answer) {
        if (question.exchange().isBatch()
                && faults.isDue(Fault.LIES_ON_BATCHES)
                && spoil(question.method(), answer, answer.path("result"))) {
            faults.struck(Fault.LIES_ON_BATCHES);
        }
        return answer;
    }

    private static boolean spoil(String method, ObjectNode answer, JsonNode result) {
        switch (method) {
            case "eth_getLogs" -> {
                if (result instanceof ArrayNode logs && !logs.isEmpty()) {
                    logs.remove(logs.size() - 1);
                    return true;
                }
            }
            case "eth_getTransactionReceipt" -> {
                if (result instanceof ObjectNode receipt) {
                    ReceiptLies.flipStatus(receipt);
                    return true;
                }
            }
            case "eth_call" -> {
                String truth = Json.string(result);
                int words = truth.isEmpty() ? 0 : Words.count(truth);
                if (words >= 1 && words <= MOST_WORDS) {
                    String told = Words.changed(truth, Math.min(1, words - 1), word -> word.shiftRight(1));
                    answer.put("result", told);
                    return !told.equals(truth);
                }
            }
            case "eth_getBalance", "eth_getTransactionCount" -> {
                if (Json.string(result).length() > 2) {
                    BigInteger truth = new BigInteger(result.stringValue().substring(2), 16);
                    answer.put("result", "0x" + truth.add(BigInteger.ONE).toString(16));
                    return true;
                }
            }
            default -> {
                // Everything else stays true.
            }
        }
        return false;
    }
}
