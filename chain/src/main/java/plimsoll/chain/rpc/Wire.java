package plimsoll.chain.rpc;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.TokenStreamLocation;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** JSON-RPC 2.0 on the wire: writes requests with fresh ids, reads answers strictly and pairs them by id. */
final class Wire {

    /** One answer object as it came, after its id and version were found right. */
    record Envelope(ObjectNode json) {}

    /** What one subscription, named by the node's own id, has to tell. */
    record Notification(String subscription, JsonNode result) {}

    private static final JsonMapper MAPPER = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(200)
                            .maxNumberLength(100)
                            .maxStringLength(64 << 20)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            // A name given twice is found while the tree grows; the parser's own check keeps a set for every object.
            .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private final AtomicLong ids = new AtomicLong();
    private final Endpoint endpoint;

    Wire(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** An id that no earlier request of this client had. */
    long nextId() {
        return ids.incrementAndGet();
    }

    byte[] encode(long id, RpcRequest request) {
        return written(request, json -> write(json, id, request));
    }

    byte[] encode(List<Long> ids, List<RpcRequest> requests) {
        return written(requests.getFirst(), json -> {
            json.writeStartArray();
            for (int i = 0; i < requests.size(); i++) {
                write(json, ids.get(i), requests.get(i));
            }
            json.writeEndArray();
        });
    }

    private static byte[] written(RpcRequest first, Consumer<JsonGenerator> writing) {
        ByteArrayOutputStream body = new ByteArrayOutputStream(512);
        try (JsonGenerator json = MAPPER.createGenerator(body)) {
            writing.accept(json);
        } catch (JacksonException e) {
            throw new IllegalArgumentException("Parameters cannot be written as JSON: method=" + first.method(), e);
        }
        return body.toByteArray();
    }

    private static void write(JsonGenerator json, long id, RpcRequest request) {
        json.writeStartObject();
        json.writeStringProperty("jsonrpc", "2.0");
        json.writeNumberProperty("id", id);
        json.writeStringProperty("method", request.method());
        json.writeArrayPropertyStart("params");
        for (Object parameter : request.params()) {
            if (parameter instanceof String text) {
                json.writeString(text);
            } else {
                json.writePOJO(parameter);
            }
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** Reads to the end of the stream; an IOException is the stream's own. */
    JsonNode parse(InputStream body) throws IOException {
        try {
            return something(
                    MAPPER.readTree(new Utf8Stream(body, () -> corrupt("Node answered broken JSON: it is not UTF-8"))));
        } catch (JacksonIOException e) {
            throw e.getCause();
        } catch (JacksonException e) {
            throw broken(e);
        } catch (ArithmeticException | NumberFormatException e) {
            throw beyondMeaning();
        }
    }

    JsonNode parse(String text) {
        try {
            return something(MAPPER.readTree(text));
        } catch (JacksonException e) {
            throw broken(e);
        } catch (ArithmeticException | NumberFormatException e) {
            throw beyondMeaning();
        }
    }

    private JsonNode something(@Nullable JsonNode tree) {
        if (tree == null || tree.isMissingNode()) {
            throw corrupt("Node answered nothing");
        }
        return tree;
    }

    /** The parser's own words may quote the answer; the place is enough. */
    private RpcException broken(JacksonException e) {
        TokenStreamLocation place = e.getLocation();
        return corrupt("Node answered broken JSON: at="
                + (place == null ? "unknown" : Math.max(place.getByteOffset(), place.getCharOffset())));
    }

    /** Jackson lets other exceptions through where an exponent is beyond what a BigDecimal holds. */
    private RpcException beyondMeaning() {
        return corrupt("Node answered broken JSON: a number is beyond any meaning");
    }

    Envelope single(JsonNode answer, long id) {
        Envelope envelope = envelope(answer);
        JsonNode found = envelope.json().get("id");
        if (!isId(found, id)) {
            // A node that could not read the request answers with id null and says why.
            if (found != null && found.isNull() && envelope.json().has("error")) {
                throw failure(envelope.json().get("error"));
            }
            throw corrupt(
                    "Answer carries a foreign id: found=" + endpoint.clean(String.valueOf(found)) + " expected=" + id);
        }
        return envelope;
    }

    /** The answers in the order of {@code ids}, in whatever order they came. */
    List<Envelope> batch(JsonNode answer, List<Long> ids) {
        if (answer.isObject() && answer.has("error")) {
            throw failure(envelope(answer).json().get("error")); // the batch as a whole was refused
        }
        if (!answer.isArray()) {
            throw corrupt("Batch answer is not an array: found=" + answer.getNodeType());
        }
        if (answer.size() == 1 && ids.size() > 1 && answer.get(0).has("error")) {
            // How geth refuses a batch as a whole ("batch too large"): one error that carries the first request's id.
            throw failure(envelope(answer.get(0)).json().path("error"));
        }
        Map<Long, Envelope> byId = new HashMap<>();
        for (JsonNode element : answer) {
            Envelope envelope = envelope(element);
            JsonNode id = envelope.json().get("id");
            if (id != null && id.isNull() && envelope.json().has("error")) {
                throw failure(envelope.json().get("error"));
            }
            if (id == null || !id.canConvertToLong() || !id.isIntegralNumber()) {
                throw corrupt("Answer carries no usable id: found=" + endpoint.clean(String.valueOf(id)));
            }
            if (byId.put(id.longValue(), envelope) != null) {
                throw corrupt("Batch answers one id twice: id=" + id);
            }
        }
        List<Envelope> ordered = new ArrayList<>(ids.size());
        for (long id : ids) {
            Envelope envelope = byId.remove(id);
            if (envelope == null) {
                throw corrupt(
                        "Batch leaves a request unanswered: answers=" + answer.size() + " requests=" + ids.size());
            }
            ordered.add(envelope);
        }
        if (!byId.isEmpty()) {
            throw corrupt("Batch answers what was not asked: answers=" + answer.size() + " requests=" + ids.size());
        }
        return ordered;
    }

    RpcAnswer read(Envelope envelope) {
        JsonNode error = envelope.json().get("error");
        return error == null || error.isNull()
                ? new RpcAnswer.Result(envelope.json().get("result"))
                : new RpcAnswer.Failure(failure(error));
    }

    /** What a subscription tells: a request of the node's that wants no answer. */
    Notification notification(JsonNode message) {
        ObjectNode object = versioned(message);
        JsonNode params = object.path("params");
        JsonNode result = params.get("result");
        if (!object.path("method").isString()
                || !object.get("method").stringValue().equals("eth_subscription")
                || object.has("id")
                || !params.path("subscription").isString()
                || result == null) {
            throw corrupt("Message is neither an answer nor a notification: method="
                    + endpoint.clean(object.path("method").toString()));
        }
        return new Notification(params.get("subscription").stringValue(), result);
    }

    private ObjectNode versioned(JsonNode answer) {
        if (!(answer instanceof ObjectNode object)) {
            throw corrupt("Answer is not an object: found=" + answer.getNodeType());
        }
        JsonNode version = object.get("jsonrpc");
        if (version == null || !version.isString() || !version.stringValue().equals("2.0")) {
            throw corrupt("Answer is not JSON-RPC 2.0: found=" + endpoint.clean(String.valueOf(version)));
        }
        return object;
    }

    private Envelope envelope(JsonNode answer) {
        ObjectNode object = versioned(answer);
        JsonNode error = object.get("error");
        boolean failed = error != null && !error.isNull();
        boolean answered = object.has("result");
        if (failed && answered && !object.get("result").isNull()) {
            throw corrupt("Answer holds both a result and an error");
        }
        if (!failed && !answered) {
            throw corrupt("Answer holds neither a result nor an error");
        }
        return new Envelope(object);
    }

    private static boolean isId(JsonNode found, long id) {
        return found != null && found.isIntegralNumber() && found.canConvertToLong() && found.longValue() == id;
    }

    private RpcException failure(JsonNode error) {
        JsonNode code = error.get("code");
        JsonNode message = error.get("message");
        if (!error.isObject() || code == null || !code.isIntegralNumber() || !code.canConvertToInt()) {
            return corrupt("Error has no whole-number code: found=" + endpoint.clean(error.toString()));
        }
        String words = message != null && message.isString() ? message.stringValue() : "";
        Kind kind = Verdict.ofError(code.intValue(), words);
        return new RpcException(
                kind,
                code.intValue(),
                endpoint.clean("Node refused: " + words + " (code " + code.intValue() + ")"),
                data(error.get("data")));
    }

    private static Optional<String> data(JsonNode data) {
        if (data == null || data.isNull()) {
            return Optional.empty();
        }
        if (data.isString()) {
            return Optional.of(data.stringValue());
        }
        // Hardhat and ganache wrap the revert's bytes in an object.
        JsonNode inner = data.path("data").isString() ? data.path("data") : data.path("result");
        return Optional.of(inner.isString() ? inner.stringValue() : data.toString());
    }

    RpcException corrupt(String message) {
        return RpcException.corrupt(message + " node=" + endpoint);
    }
}
