package plimsoll.chain.rpc;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The exchanges under way on one connection, found by id. Its owner locks. */
final class SocketExchanges {

    /** Requests given up on whose answers may still come; a node that leaves more than this open is of no use. */
    private static final int MAX_ABANDONED = 10_000;

    private final Wire wire;
    private final Endpoint endpoint;
    private final Map<Long, SocketExchange> pending = new HashMap<>();
    private final Set<Long> abandoned = new HashSet<>();

    SocketExchanges(Wire wire, Endpoint endpoint) {
        this.wire = wire;
        this.endpoint = endpoint;
    }

    void add(SocketExchange exchange) {
        exchange.ids().forEach(id -> pending.put(id, exchange));
    }

    void remove(SocketExchange exchange) {
        exchange.ids().forEach(pending::remove);
    }

    /** Nobody waits any more; false where that happened too often. */
    boolean abandon(SocketExchange exchange) {
        exchange.ids().stream().filter(id -> pending.remove(id) != null).forEach(abandoned::add);
        return abandoned.size() <= MAX_ABANDONED;
    }

    /** Forgets and returns all that are open. */
    Set<SocketExchange> drain() {
        Set<SocketExchange> open = new HashSet<>(pending.values());
        pending.clear();
        return open;
    }

    /** The exchange that a message answers; null where it was given up. An answer to nothing is CORRUPT. */
    @Nullable
    SocketExchange answeredBy(JsonNode message) {
        List<JsonNode> ids = new ArrayList<>();
        if (message.isArray()) {
            message.forEach(element -> ids.add(element.path("id")));
        } else {
            ids.add(message.path("id"));
        }
        for (JsonNode id : ids) {
            SocketExchange exchange = isId(id) ? pending.get(id.longValue()) : null;
            if (exchange != null) {
                return exchange;
            }
        }
        if (ids.size() == 1 && ids.getFirst().isNull()) {
            Set<SocketExchange> open = new HashSet<>(pending.values());
            if (open.size() == 1) {
                return open.iterator().next(); // the node could not read the request; there is only one
            }
        }
        if (ids.isEmpty() || !ids.stream().allMatch(id -> isId(id) && abandoned.contains(id.longValue()))) {
            throw wire.corrupt("Message answers what was not asked: id="
                    + endpoint.clean(ids.isEmpty() ? "none" : ids.getFirst().toString()));
        }
        ids.forEach(id -> abandoned.remove(id.longValue()));
        return null;
    }

    private static boolean isId(JsonNode id) {
        return id.isIntegralNumber() && id.canConvertToLong();
    }
}
