package plimsoll.devnet.fault;

import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON-RPC as a middleman sees it: whatever it does not understand passes as it came. */
final class Json {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private Json() {}

    static Optional<JsonNode> parse(byte[] body) {
        try {
            JsonNode tree = MAPPER.readTree(body);
            return tree == null || tree.isMissingNode() ? Optional.empty() : Optional.of(tree);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    static byte[] bytes(JsonNode tree) {
        return MAPPER.writeValueAsBytes(tree);
    }

    static ObjectNode result(JsonNode id, JsonNode result) {
        ObjectNode answer = MAPPER.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.set("result", result);
        return answer;
    }

    static ObjectNode error(JsonNode id, int code, String message) {
        ObjectNode answer = MAPPER.createObjectNode().put("jsonrpc", "2.0");
        answer.set("id", id);
        answer.set("error", MAPPER.createObjectNode().put("code", code).put("message", message));
        return answer;
    }

    static JsonNode text(String value) {
        return MAPPER.getNodeFactory().stringNode(value);
    }

    static JsonNode nothing() {
        return MAPPER.nullNode();
    }

    static String hex(long value) {
        return "0x" + Long.toHexString(value);
    }

    /** The number in a quantity such as 0x1f; absent where it is something else. */
    static Optional<Long> number(JsonNode quantity) {
        String text = quantity.isString() ? quantity.stringValue() : "";
        if (!text.startsWith("0x") || text.length() < 3 || text.length() > 17) {
            return Optional.empty();
        }
        try {
            return Optional.of(Long.parseLong(text.substring(2), 16));
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    static String string(JsonNode node) {
        return node.isString() ? node.stringValue() : "";
    }
}
