package plimsoll.chain.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;
import tools.jackson.databind.JsonNode;

/**
 * Reads the logs of one answer. Neighbours mostly share block, transaction, contract and signature: what equals its
 * neighbour's needs no second check and no second copy.
 */
final class LogReader {

    private static final int TOPIC_LENGTH = 2 + 64;
    private static final String ZEROS = "0x" + "00".repeat(32);

    private Address address = Address.ZERO;
    private BlockHash block = new BlockHash(ZEROS);
    private TxHash tx = new TxHash(ZEROS);
    private String signature = ZEROS;
    private String height = "0x0";
    private BlockNumber number = new BlockNumber(0);

    EventLog read(JsonNode json) {
        Fields log = Fields.of(json, "log");
        address = log.says("address", address.hex()) ? address : log.address("address");
        block = log.says("blockHash", block.hex()) ? block : log.blockHash("blockHash");
        tx = log.says("transactionHash", tx.hex()) ? tx : log.txHash("transactionHash");
        if (!log.says("blockNumber", height)) {
            number = log.blockNumber("blockNumber");
            height = log.field("blockNumber").stringValue();
        }
        return new EventLog(
                address, topics(log.array("topics")), log.bytes("data"), number, block, tx, log.index("logIndex"));
    }

    private List<String> topics(List<JsonNode> found) {
        List<String> topics = new ArrayList<>(found.size());
        for (JsonNode topic : found) {
            if (topics.isEmpty() && topic.isString() && topic.stringValue().equals(signature)) {
                topics.add(signature);
                continue;
            }
            String bytes = Fields.bytes(topic, "log.topics");
            if (bytes.length() != TOPIC_LENGTH || topics.size() == 4) {
                throw Fields.wrong("log.topics", "at most four of 32 bytes", topic);
            }
            topics.add(bytes.toLowerCase(Locale.ROOT));
        }
        if (!topics.isEmpty()) {
            signature = topics.getFirst();
        }
        return topics;
    }
}
