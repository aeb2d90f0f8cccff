package plimsoll.chain.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.GasPrice;
import tools.jackson.databind.JsonNode;

/** Turns a node's answers into records. */
final class Answers {

    private static final String NO_BLOOM = "0x";

    private Answers() {}

    static BlockHeader header(JsonNode json) {
        Fields block = Fields.of(json, "block");
        return new BlockHeader(
                block.blockNumber("number"),
                block.blockHash("hash"),
                block.blockHash("parentHash"),
                block.time("timestamp"),
                block.maybeGasPrice("baseFeePerGas"),
                block.gas("gasLimit"),
                block.gas("gasUsed"),
                block.has("logsBloom") ? block.bytes("logsBloom") : NO_BLOOM);
    }

    static List<EventLog> logs(JsonNode json, String what) {
        LogReader reader = new LogReader();
        return Fields.array(json, what).stream().map(reader::read).toList();
    }

    static Optional<Receipt> receipt(JsonNode json) {
        if (json.isNull()) {
            return Optional.empty();
        }
        Fields receipt = Fields.of(json, "receipt");
        if (!receipt.has("blockHash")) {
            return Optional.empty(); // a pending transaction's receipt, as some nodes answer it
        }
        if (!receipt.has("status") && receipt.has("root")) {
            throw new RpcException(
                    RpcException.Kind.REJECTED,
                    "Receipt is older than the status of transactions (Byzantium): tx="
                            + receipt.txHash("transactionHash"));
        }
        long status = receipt.whole("status");
        if (status > 1) {
            throw RpcException.corrupt("Receipt has an unknown status: found=" + status);
        }
        return Optional.of(new Receipt(
                receipt.txHash("transactionHash"),
                receipt.blockNumber("blockNumber"),
                receipt.blockHash("blockHash"),
                receipt.index("transactionIndex"),
                status == 1,
                receipt.gas("gasUsed"),
                receipt.gasPrice("effectiveGasPrice"),
                receipt.maybeAddress("contractAddress"),
                logs(receipt.field("logs"), "receipt.logs")));
    }

    static FeeHistory feeHistory(JsonNode json, int percentiles) {
        Fields history = Fields.of(json, "feeHistory");
        List<GasPrice> baseFees = prices(history.array("baseFeePerGas"));
        List<List<GasPrice>> rewards = new ArrayList<>();
        if (history.has("reward")) {
            for (JsonNode block : history.array("reward")) {
                List<GasPrice> tips = prices(Fields.array(block, "feeHistory.reward"));
                if (tips.size() != percentiles) {
                    throw Fields.wrong("feeHistory.reward", percentiles + " percentiles", block);
                }
                rewards.add(tips);
            }
        }
        if (baseFees.isEmpty()) {
            throw RpcException.corrupt("Fee history is empty");
        }
        return new FeeHistory(history.blockNumber("oldestBlock"), baseFees, rewards);
    }

    private static List<GasPrice> prices(List<JsonNode> nodes) {
        return nodes.stream()
                .map(node -> GasPrice.ofRaw(Fields.quantity(node, "feeHistory")))
                .toList();
    }
}
