package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A node over WebSocket that answers as a test wants; by default each request with its first parameter, and every subscription with a new id. */
final class SocketServer implements AutoCloseable {

    interface Behaviour {
        void received(WebSocket socket, JsonNode message);
    }

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final MockWebServer server = new MockWebServer();
    private final AcceptedSockets accepted = new AcceptedSockets();
    private final List<WebSocket> sockets = new CopyOnWriteArrayList<>();
    private final List<String> subscriptions = new CopyOnWriteArrayList<>();
    private final List<String> unsubscribed = new CopyOnWriteArrayList<>();
    private final AtomicInteger refusals = new AtomicInteger();
    private volatile Behaviour behaviour = this::answer;

    static SocketServer start(int port) throws IOException {
        SocketServer server = new SocketServer();
        server.server.setServerSocketFactory(server.accepted);
        server.server.setDispatcher(server.new Upgrade());
        server.server.start(port);
        return server;
    }

    static SocketServer start() throws IOException {
        return start(0);
    }

    String url() {
        return "ws://127.0.0.1:" + server.getPort() + "/v3/s3cretKey0123456789";
    }

    int port() {
        return server.getPort();
    }

    void behaves(Behaviour how) {
        behaviour = how;
    }

    /** The next {@code count} attempts to connect end with HTTP 503. */
    void refuses(int count) {
        refusals.set(count);
    }

    int refusalsLeft() {
        return refusals.get();
    }

    /** Ids of subscriptions in the order of their making. */
    List<String> subscriptions() {
        return subscriptions;
    }

    List<String> unsubscribed() {
        return unsubscribed;
    }

    int connections() {
        return sockets.size();
    }

    WebSocket latest() {
        return sockets.getLast();
    }

    void drop() {
        accepted.breakLatest();
    }

    void tell(String subscription, String result) {
        latest().send(notification(subscription, result));
    }

    static String notification(String subscription, String result) {
        return "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"" + subscription
                + "\",\"result\":" + result + "}}";
    }

    static String result(JsonNode request, String result) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + ",\"result\":" + result + "}";
    }

    void answer(WebSocket socket, JsonNode message) {
        if (message.isArray()) {
            StringBuilder answers = new StringBuilder();
            message.forEach(request -> answers.insert(
                    0, "," + result(request, request.at("/params/0").toString())));
            socket.send("[" + answers.substring(1) + "]");
            return;
        }
        String method = message.get("method").stringValue();
        String first = message.at("/params/0").toString();
        switch (method) {
            case "eth_subscribe" -> {
                String id = "0xs" + (subscriptions.size() + 1);
                socket.send(result(message, "\"" + id + "\""));
                subscriptions.add(id); // last: whoever sees it may tell something at once
            }
            case "eth_unsubscribe" -> {
                unsubscribed.add(message.at("/params/0").stringValue());
                socket.send(result(message, "true"));
            }
            default -> socket.send(result(message, first.isEmpty() ? "null" : first));
        }
    }

    static void await(String what, BooleanSupplier condition) {
        long deadline = System.nanoTime() + LIMIT.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waiting for: " + what).isLessThan(deadline);
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        server.close();
    }

    private final class Upgrade extends Dispatcher {

        @Override
        public MockResponse dispatch(RecordedRequest request) {
            if (refusals.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
                return new MockResponse.Builder().code(503).build();
            }
            return new MockResponse.Builder().webSocketUpgrade(new Incoming()).build();
        }
    }

    private final class Incoming extends WebSocketListener {

        @Override
        public void onOpen(WebSocket socket, Response response) {
            sockets.add(socket);
        }

        @Override
        public void onMessage(WebSocket socket, String text) {
            behaviour.received(socket, JSON.readTree(text));
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            socket.close(code, reason);
        }
    }
}
