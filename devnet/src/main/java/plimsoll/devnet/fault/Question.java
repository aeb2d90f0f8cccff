package plimsoll.devnet.fault;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** One request on its way to the node; a lie may change its parameters. */
final class Question {

    private final ObjectNode json;
    private final Exchange exchange;

    private Question(ObjectNode json, Exchange exchange) {
        this.json = json;
        this.exchange = exchange;
    }

    static Question of(JsonNode request, Exchange exchange) {
        ObjectNode copy = (ObjectNode) request.deepCopy();
        if (!(copy.get("params") instanceof ArrayNode)) {
            copy.set("params", Json.MAPPER.createArrayNode());
        }
        return new Question(copy, exchange);
    }

    ObjectNode json() {
        return json;
    }

    Exchange exchange() {
        return exchange;
    }

    JsonNode id() {
        return json.path("id");
    }

    String method() {
        return Json.string(json.path("method"));
    }

    ArrayNode params() {
        return (ArrayNode) json.get("params");
    }

    JsonNode param(int index) {
        return params().path(index);
    }

    /** Replaces a parameter, with nulls before it where the client left some out. */
    void param(int index, JsonNode value) {
        while (params().size() <= index) {
            params().addNull();
        }
        params().set(index, value);
    }
}
