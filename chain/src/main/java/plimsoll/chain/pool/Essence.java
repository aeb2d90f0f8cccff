package plimsoll.chain.pool;

import java.util.List;
import java.util.Locale;
import plimsoll.chain.rpc.RpcException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * The part of an answer that we rely on, written in one way: lower-case hex, quantities without leading zeros, fields in
 * one order. Node software that adds fields or writes numbers its own way says the same; whoever differs here lies.
 */
enum Essence {
    HEADER {
        @Override
        JsonNode of(JsonNode json) {
            return json.isNull() ? json : header(json);
        }
    },
    /** A header with its transactions in full. */
    BLOCK {
        @Override
        JsonNode of(JsonNode json) {
            if (json.isNull()) {
                return json;
            }
            ObjectNode block = header(json);
            block.set("transactions", each(field(json, "transactions"), Essence::transaction));
            return block;
        }
    },
    LOGS {
        @Override
        JsonNode of(JsonNode json) {
            return logs(json);
        }
    },
    RECEIPT {
        @Override
        JsonNode of(JsonNode json) {
            // A receipt without a block is that of a waiting transaction, which some nodes answer instead of null.
            return json.isNull() || !json.hasNonNull("blockHash") ? JsonNodeFactory.instance.nullNode() : receipt(json);
        }
    },
    RECEIPTS {
        @Override
        JsonNode of(JsonNode json) {
            return json.isNull() ? json : each(json, Essence::receipt);
        }
    },
    BYTES {
        @Override
        JsonNode of(JsonNode json) {
            return text(bytes(json));
        }
    },
    QUANTITY {
        @Override
        JsonNode of(JsonNode json) {
            return text(quantity(json));
        }
    },
    /** A storage slot, which some nodes answer without its leading zeros. */
    WORD {
        @Override
        JsonNode of(JsonNode json) {
            String digits = quantity(json).substring(2);
            if (digits.length() > 64) {
                throw malformed("word", json);
            }
            return text("0x" + "0".repeat(64 - digits.length()) + digits);
        }
    },
    FEES {
        @Override
        JsonNode of(JsonNode json) {
            ObjectNode fees = JsonNodeFactory.instance.objectNode();
            fees.put("oldestBlock", quantity(field(json, "oldestBlock")));
            fees.set("baseFeePerGas", each(field(json, "baseFeePerGas"), fee -> text(quantity(fee))));
            if (json.hasNonNull("reward")) {
                fees.set("reward", each(json.get("reward"), tips -> each(tips, tip -> text(quantity(tip)))));
            }
            return fees;
        }
    };

    private static final List<String> HEADER_QUANTITIES = List.of("number", "timestamp", "gasLimit", "gasUsed");
    private static final List<String> HEADER_HASHES = List.of("hash", "parentHash");
    private static final List<String> TX_QUANTITIES = List.of(
            "type",
            "nonce",
            "gas",
            "value",
            "gasPrice",
            "maxFeePerGas",
            "maxPriorityFeePerGas",
            "blockNumber",
            "transactionIndex");
    private static final List<String> TX_BYTES = List.of("hash", "from", "to", "input", "blockHash");

    /** What {@code json} says as far as we rely on it; CORRUPT where that is missing or malformed. */
    abstract JsonNode of(JsonNode json);

    private static ObjectNode header(JsonNode json) {
        ObjectNode header = JsonNodeFactory.instance.objectNode();
        HEADER_HASHES.forEach(name -> header.put(name, bytes(field(json, name))));
        HEADER_QUANTITIES.forEach(name -> header.put(name, quantity(field(json, name))));
        if (json.hasNonNull("baseFeePerGas")) {
            header.put("baseFeePerGas", quantity(json.get("baseFeePerGas")));
        }
        if (json.hasNonNull("logsBloom")) {
            header.put("logsBloom", bytes(json.get("logsBloom")));
        }
        return header;
    }

    private static JsonNode transaction(JsonNode json) {
        ObjectNode tx = JsonNodeFactory.instance.objectNode();
        TX_BYTES.stream().filter(json::hasNonNull).forEach(name -> tx.put(name, bytes(json.get(name))));
        TX_QUANTITIES.stream().filter(json::hasNonNull).forEach(name -> tx.put(name, quantity(json.get(name))));
        return tx;
    }

    private static ArrayNode logs(JsonNode json) {
        return each(json, Essence::log);
    }

    private static JsonNode log(JsonNode json) {
        ObjectNode log = JsonNodeFactory.instance.objectNode();
        log.put("address", bytes(field(json, "address")));
        log.set("topics", each(field(json, "topics"), topic -> text(bytes(topic))));
        log.put("data", bytes(field(json, "data")));
        log.put("blockNumber", quantity(field(json, "blockNumber")));
        log.put("blockHash", bytes(field(json, "blockHash")));
        log.put("transactionHash", bytes(field(json, "transactionHash")));
        log.put("logIndex", quantity(field(json, "logIndex")));
        return log;
    }

    private static JsonNode receipt(JsonNode json) {
        ObjectNode receipt = JsonNodeFactory.instance.objectNode();
        receipt.put("transactionHash", bytes(field(json, "transactionHash")));
        receipt.put("transactionIndex", quantity(field(json, "transactionIndex")));
        receipt.put("blockHash", bytes(field(json, "blockHash")));
        receipt.put("blockNumber", quantity(field(json, "blockNumber")));
        if (json.hasNonNull("status")) {
            receipt.put("status", quantity(json.get("status")));
        }
        receipt.put("gasUsed", quantity(field(json, "gasUsed")));
        if (json.hasNonNull("effectiveGasPrice")) {
            receipt.put("effectiveGasPrice", quantity(json.get("effectiveGasPrice")));
        }
        if (json.hasNonNull("contractAddress")) {
            receipt.put("contractAddress", bytes(json.get("contractAddress")));
        }
        receipt.set("logs", logs(field(json, "logs")));
        return receipt;
    }

    private interface Part {
        JsonNode of(JsonNode json);
    }

    private static ArrayNode each(JsonNode json, Part part) {
        if (!json.isArray()) {
            throw malformed("array", json);
        }
        ArrayNode all = JsonNodeFactory.instance.arrayNode(json.size());
        for (JsonNode element : json) {
            all.add(part.of(element));
        }
        return all;
    }

    private static JsonNode field(JsonNode json, String name) {
        JsonNode field = json.get(name);
        if (field == null || field.isNull()) {
            throw RpcException.corrupt("Answer lacks a field: field=" + name);
        }
        return field;
    }

    private static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    private static String bytes(JsonNode json) {
        return hex(json).toLowerCase(Locale.ROOT);
    }

    private static String quantity(JsonNode json) {
        String text = bytes(json);
        int first = 2;
        while (first < text.length() - 1 && text.charAt(first) == '0') {
            first++;
        }
        return first == 2 && text.length() > 2 ? text : "0x" + (text.length() == 2 ? "0" : text.substring(first));
    }

    private static String hex(JsonNode json) {
        if (!json.isString() || !json.stringValue().startsWith("0x")) {
            throw malformed("hex", json);
        }
        String text = json.stringValue();
        for (int i = 2; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'))) {
                throw malformed("hex", json);
            }
        }
        return text;
    }

    private static RpcException malformed(String expected, JsonNode found) {
        return RpcException.corrupt(
                "Answer has the wrong type: expected=" + expected + " found=" + Differences.brief(found));
    }
}
