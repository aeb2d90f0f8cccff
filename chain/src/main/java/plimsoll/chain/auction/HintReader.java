package plimsoll.chain.auction;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import plimsoll.chain.call.Call;
import plimsoll.units.Address;
import plimsoll.units.TxHash;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads an event of MEV-Share's stream: {@code {hash, logs, txs: [{to, functionSelector, callData, from}]}}, where everything but the hash
 * may be missing or null, because its sender keeps it to himself.
 *
 * <p>Call data begins with the selector, as the example in Flashbots' page shows; Chainlink's sample events do not, so it is put
 * before data that does not begin with it.
 */
final class HintReader {

    private static final int MOST_CALLS = 100;
    private static final String HEX = "0x([0-9a-fA-F]{2})*";

    private static final JsonMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20)
                            .maxNumberLength(100)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private HintReader() {}

    /** Empty where it is no such event. */
    static Optional<OfferedUpdate> read(String text, Instant now) {
        try {
            JsonNode event = JSON.readTree(text);
            if (event == null || !event.isObject() || !isListOrNothing(event.path("txs"))) {
                return Optional.empty();
            }
            List<Call> calls = new ArrayList<>();
            for (JsonNode transaction : event.path("txs")) {
                call(transaction).ifPresent(calls::add);
            }
            return calls.size() > MOST_CALLS
                    ? Optional.empty()
                    : Optional.of(
                            new OfferedUpdate(TxHash.parse(event.path("hash").asString("")), calls, now));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static boolean isListOrNothing(JsonNode list) {
        return list.isArray() || list.isNull() || list.isMissingNode();
    }

    /** Empty where the receiver or the data are kept from us. */
    private static Optional<Call> call(JsonNode transaction) {
        String selector = text(transaction, "functionSelector");
        String data = text(transaction, "callData");
        if (!transaction.path("to").isString() || data.isEmpty() || data.equals("0x")) {
            return Optional.empty();
        }
        if (!data.matches(HEX) || !(selector.isEmpty() || selector.matches("0x[0-9a-f]{8}"))) {
            throw new IllegalArgumentException("no hex");
        }
        Call call = Call.of(
                Address.parse(text(transaction, "to")),
                data.startsWith(selector) ? data : selector + data.substring("0x".length()));
        String from = text(transaction, "from");
        return Optional.of(from.isEmpty() ? call : call.from(Address.parse(from)));
    }

    private static String text(JsonNode object, String field) {
        return object.path(field).asString("").toLowerCase(Locale.ROOT);
    }
}
