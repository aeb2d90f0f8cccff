package plimsoll.devnet.fault;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Blocks under false names, consistently: a client that knows nothing else can ask by the false hash and is answered. */
final class HashLie implements Lie {

    private final Faults faults;
    private final Map<String, String> trueHashes = new ConcurrentHashMap<>();

    HashLie(Faults faults) {
        this.faults = faults;
    }

    @Override
    public Optional<ObjectNode> before(Question question) {
        if (!trueHashes.isEmpty()) {
            unmask(question.params());
        }
        return Optional.empty();
    }

    private void unmask(ArrayNode params) {
        for (int i = 0; i < params.size(); i++) {
            String real = trueHashes.get(Json.string(params.get(i)));
            if (real != null) {
                params.set(i, Json.text(real));
            } else if (params.get(i) instanceof ObjectNode object) {
                String inner = trueHashes.get(Json.string(object.path("blockHash")));
                if (inner != null) {
                    object.put("blockHash", inner);
                }
            }
        }
    }

    @Override
    public ObjectNode after(Question question, ObjectNode answer) {
        if (faults.setting(Fault.WRONG_HASH).isPresent() && mask(answer.path("result"))) {
            faults.struck(Fault.WRONG_HASH);
        }
        return answer;
    }

    private boolean mask(JsonNode node) {
        boolean masked = false;
        if (node instanceof ObjectNode object) {
            List<String> names = object.has("parentHash") ? List.of("hash", "parentHash") : List.of("blockHash");
            for (String name : names) {
                String real = Json.string(object.path(name));
                if (!real.isEmpty() && faults.isDueFor(Fault.WRONG_HASH, real)) {
                    String told = faults.inventedHash(real);
                    trueHashes.put(told, real);
                    object.put(name, told);
                    masked = true;
                }
            }
        }
        for (JsonNode child : node) {
            masked |= child.isContainer() && mask(child);
        }
        return masked;
    }
}
