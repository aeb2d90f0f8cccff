package plimsoll.chain.pool;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import tools.jackson.databind.JsonNode;

/** A node whose answers can be bent, slowed or withheld, method by method; counts how often that struck. */
final class PoolNode implements JsonRpc {

    /** What becomes of a request on its way to the node and of the answer on its way back. */
    interface Bend {
        JsonNode answer(RpcRequest request, JsonRpc node);
    }

    private final String name;
    private final JsonRpc node;
    private final Map<String, Bend> bends = new ConcurrentHashMap<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();
    private final List<Integer> batches = new CopyOnWriteArrayList<>();
    private final AtomicInteger struck = new AtomicInteger();
    private final AtomicInteger under = new AtomicInteger();
    private final AtomicInteger mostUnder = new AtomicInteger();
    private volatile int largestBatch = Integer.MAX_VALUE;
    private volatile boolean down;

    PoolNode(String name, JsonRpc node) {
        this.name = name;
        this.node = node;
    }

    PoolNode bend(String method, Bend bend) {
        bends.put(method, bend);
        return this;
    }

    /** Changes the node's true answer to {@code method}. */
    PoolNode lie(String method, UnaryOperator<JsonNode> lie) {
        return bend(method, (request, to) -> lie.apply(to.call(request)));
    }

    PoolNode honest() {
        bends.clear();
        return this;
    }

    void setDown(boolean isDown) {
        down = isDown;
    }

    void setLargestBatch(int requests) {
        largestBatch = requests;
    }

    int struck() {
        return struck.get();
    }

    int mostAtOnce() {
        return mostUnder.get();
    }

    List<Integer> batches() {
        return batches;
    }

    long asked(String method) {
        return asked.stream().filter(method::equals).count();
    }

    @Override
    public JsonNode call(RpcRequest request) {
        mostUnder.accumulateAndGet(under.incrementAndGet(), Math::max);
        try {
            return answer(request);
        } finally {
            under.decrementAndGet();
        }
    }

    private JsonNode answer(RpcRequest request) {
        requireUp();
        asked.add(request.method());
        Bend bend = bends.get(request.method());
        if (bend != null) {
            struck.incrementAndGet();
            return bend.answer(request, node);
        }
        return node.call(request);
    }

    private void requireUp() {
        if (down) {
            struck.incrementAndGet();
            throw new RpcException(
                    Kind.TRANSIENT,
                    "Node refused the connection: node=" + name,
                    new java.net.ConnectException("refused"));
        }
    }

    @Override
    public List<RpcAnswer> callAll(List<RpcRequest> requests) {
        requireUp();
        batches.add(requests.size());
        if (requests.size() > largestBatch) {
            struck.incrementAndGet();
            throw new RpcException(
                    Kind.REJECTED, 413, "Node refused the exchange: http=413", java.util.Optional.empty());
        }
        mostUnder.accumulateAndGet(under.incrementAndGet(), Math::max);
        try {
            List<RpcAnswer> answers = new ArrayList<>();
            for (RpcRequest request : requests) {
                try {
                    answers.add(new RpcAnswer.Result(answer(request)));
                } catch (RpcException e) {
                    answers.add(new RpcAnswer.Failure(e));
                }
            }
            return answers;
        } finally {
            under.decrementAndGet();
        }
    }

    @Override
    public String endpoint() {
        return name;
    }
}
