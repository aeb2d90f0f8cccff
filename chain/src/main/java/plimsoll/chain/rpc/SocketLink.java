package plimsoll.chain.rpc;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.locks.ReentrantLock;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.WebSocket;
import okhttp3.WebSocketListener;
import okio.ByteString;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.databind.JsonNode;

/**
 * One WebSocket from its opening to its end. Everything that is under way on it ends with it, and whatever of it still
 * comes in afterwards is dropped.
 */
final class SocketLink extends WebSocketListener {

    /** Subscriptions given up on of which notifications may still be on their way. */
    private static final int MAX_RETIRED = 1_000;

    /** OkHttp closes a connection on which more than this waits to be written. */
    private static final long MAX_UNSENT = 16L << 20;

    interface Owner {
        void opened(SocketLink link);

        void ended(SocketLink link, RpcException reason);
    }

    private final RpcSettings settings;
    private final Endpoint endpoint;
    private final Wire wire;
    private final Backoff backoff;
    private final Owner owner;
    private final MeteredSockets sockets;

    private final ReentrantLock lock = new ReentrantLock();
    private final SocketExchanges exchanges;
    private final Map<String, SocketFeed> routes = new HashMap<>();
    private final Set<String> retired = new LinkedHashSet<>();
    private final Set<SocketFeed> served = new HashSet<>(); // those that the node was asked for on this link
    private @Nullable WebSocket socket;
    private @Nullable RpcException end;

    SocketLink(RpcSettings settings, Endpoint endpoint, Wire wire, Backoff backoff, Owner owner) {
        this.settings = settings;
        this.endpoint = endpoint;
        this.wire = wire;
        this.backoff = backoff;
        this.owner = owner;
        sockets = new MeteredSockets(settings.maxResponseBytes());
        exchanges = new SocketExchanges(wire, endpoint);
    }

    /** Begins to connect; the owner hears what comes of it, from another thread. */
    void connect(OkHttpClient http) {
        OkHttpClient metered = http.newBuilder().socketFactory(sockets).build();
        lock.lock();
        try {
            socket = metered.newWebSocket(endpoint.request().build(), this);
        } finally {
            lock.unlock();
        }
    }

    List<RpcAnswer> exchange(List<RpcRequest> requests, boolean batch) {
        List<Long> ids = requests.stream().map(request -> wire.nextId()).toList();
        SocketExchange exchange = SocketExchange.of(ids, batch, null);
        String what = requests.getFirst().method() + (batch ? " and " + (requests.size() - 1) + " more" : "");
        send(exchange, batch ? wire.encode(ids, requests) : wire.encode(ids.getFirst(), requests.getFirst()), what);
        return await(exchange, what);
    }

    /** Asks the node for the subscription unless that was done already; what comes of it, the feed hears. */
    void subscribe(SocketFeed feed) {
        long id = wire.nextId();
        SocketExchange exchange = SocketExchange.of(List.of(id), false, feed);
        lock.lock();
        try {
            if (end != null || feed.isClosed() || !served.add(feed)) {
                return;
            }
        } finally {
            lock.unlock();
        }
        String what = "eth_subscribe " + feed.subscription().name();
        endIfLate(exchange, what); // a late yes would leave a subscription that nobody knows
        try {
            send(exchange, wire.encode(id, feed.subscription().request()), what);
        } catch (RpcException e) {
            end(e);
        }
    }

    void unsubscribe(SocketFeed feed) {
        lock.lock();
        try {
            // One that the node has not answered yet is retired when it does.
            List<String> ids = routes.keySet().stream()
                    .filter(id -> routes.get(id) == feed)
                    .toList();
            for (String id : ids) {
                served.remove(feed);
                retire(id);
            }
        } finally {
            lock.unlock();
        }
    }

    private void retire(String id) {
        routes.remove(id);
        retired.add(id);
        if (retired.size() > MAX_RETIRED) {
            retired.remove(retired.iterator().next());
        }
        SocketExchange exchange = SocketExchange.of(List.of(wire.nextId()), false, null);
        String what = "eth_unsubscribe";
        endIfLate(exchange, what);
        try {
            send(exchange, wire.encode(exchange.ids().getFirst(), RpcRequest.of(what, id)), what);
        } catch (RpcException e) {
            exchange.answer().complete(List.of()); // the connection is ending, and the subscription with it
        }
    }

    /** For a request that nobody waits for. */
    private void endIfLate(SocketExchange exchange, String what) {
        var _ = exchange.answer()
                .orTimeout(settings.requestTimeout().toNanos(), TimeUnit.NANOSECONDS)
                .whenComplete((answer, failure) -> {
                    if (failure instanceof TimeoutException) {
                        end(late(what));
                    }
                });
    }

    private void send(SocketExchange exchange, byte[] body, String what) {
        if (body.length > MAX_UNSENT) {
            throw new RpcException(
                    Kind.REJECTED,
                    "Request is larger than allowed: found=" + body.length + " limit=" + MAX_UNSENT + " bytes method="
                            + what + " node=" + endpoint);
        }
        lock.lock();
        try {
            if (end != null || socket == null) {
                throw new RpcException(Kind.TRANSIENT, "Connection is lost: method=" + what + " node=" + endpoint);
            }
            exchanges.add(exchange);
            if (socket.queueSize() + body.length > MAX_UNSENT
                    || !socket.send(new String(body, StandardCharsets.UTF_8))) {
                forget(exchange);
                throw new RpcException(
                        Kind.TRANSIENT, "Connection takes no more requests: method=" + what + " node=" + endpoint);
            }
        } finally {
            lock.unlock();
        }
    }

    private List<RpcAnswer> await(SocketExchange exchange, String what) {
        try {
            return exchange.answer().get(settings.requestTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RpcException reason) {
                throw reason;
            }
            throw new IllegalStateException(e.getCause());
        } catch (TimeoutException e) {
            abandon(exchange);
            throw late(what);
        } catch (InterruptedException e) {
            abandon(exchange);
            Thread.currentThread().interrupt();
            throw new RpcException(Kind.TRANSIENT, "Exchange was interrupted: method=" + what + " node=" + endpoint, e);
        }
    }

    private RpcException late(String what) {
        return new RpcException(Kind.TRANSIENT, "Node did not answer in time: method=" + what + " node=" + endpoint);
    }

    private void abandon(SocketExchange exchange) {
        boolean isUseless;
        lock.lock();
        try {
            isUseless = !exchanges.abandon(exchange);
        } finally {
            lock.unlock();
        }
        if (isUseless) {
            end(late("too many requests"));
        }
    }

    private void forget(SocketExchange exchange) {
        lock.lock();
        try {
            exchanges.remove(exchange);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void onOpen(WebSocket opened, Response response) {
        sockets.reset();
        owner.opened(this);
    }

    @Override
    public void onMessage(WebSocket from, String text) {
        sockets.reset();
        try {
            JsonNode message = wire.parse(text);
            if (message.has("method")) {
                notified(wire.notification(message), text.length());
            } else {
                answered(message);
            }
        } catch (RpcException e) {
            end(e);
        }
    }

    @Override
    public void onMessage(WebSocket from, ByteString bytes) {
        end(wire.corrupt("Node sent a binary message: bytes=" + bytes.size()));
    }

    @Override
    public void onClosing(WebSocket from, int code, String reason) {
        end(new RpcException(
                Kind.TRANSIENT,
                "Node closed the connection: code=" + code + " reason=" + endpoint.clean(reason) + " node="
                        + endpoint));
    }

    @Override
    public void onFailure(WebSocket from, Throwable failure, @Nullable Response response) {
        end(Outage.ofSocket(failure, response == null ? 0 : response.code(), endpoint));
    }

    private void notified(Wire.Notification notification, int bytes) {
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            SocketFeed feed = routes.get(notification.subscription());
            if (feed == null) {
                // Before the node's yes: the owner reads everything up to it anyway. After we left: too late.
                boolean early = served.size() > routes.size();
                if (!early && !retired.contains(notification.subscription())) {
                    throw wire.corrupt("Node tells a subscription that was not asked for");
                }
            } else if (!feed.offer(notification.result(), bytes)) {
                served.remove(feed);
                feed.overflowed(new RpcException(
                        Kind.TRANSIENT,
                        "Listener is too slow, notifications were dropped: subscription="
                                + feed.subscription().name() + " node=" + endpoint));
                retire(notification.subscription());
            }
        } finally {
            lock.unlock();
        }
    }

    private void answered(JsonNode message) {
        SocketExchange exchange = exchangeOf(message);
        if (exchange == null) {
            return;
        }
        List<RpcAnswer> answers;
        try {
            answers = exchange.answers(wire, message);
        } catch (RpcException e) {
            if (e.kind() == Kind.CORRUPT) {
                throw e;
            }
            forget(exchange); // refused as a whole
            if (exchange.feed() != null) {
                subscribed(exchange.feed(), new RpcAnswer.Failure(e));
            }
            exchange.answer().completeExceptionally(e);
            return;
        }
        forget(exchange);
        if (exchange.feed() != null) {
            subscribed(exchange.feed(), answers.getFirst());
        }
        exchange.answer().complete(answers);
    }

    private @Nullable SocketExchange exchangeOf(JsonNode message) {
        lock.lock();
        try {
            return end == null ? exchanges.answeredBy(message) : null;
        } finally {
            lock.unlock();
        }
    }

    /** On the reader's thread, so that the route stands before the next message is read. */
    private void subscribed(SocketFeed feed, RpcAnswer answer) {
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            switch (answer) {
                case RpcAnswer.Failure(RpcException reason) -> {
                    served.remove(feed);
                    feed.refused(reason, backoff);
                }
                case RpcAnswer.Result(JsonNode id) -> {
                    if (!id.isString() || routes.putIfAbsent(id.stringValue(), feed) != null) {
                        throw wire.corrupt(
                                "Node gave a subscription no id of its own: found=" + endpoint.clean(id.toString()));
                    }
                    retired.remove(id.stringValue());
                    if (feed.isClosed()) {
                        served.remove(feed);
                        retire(id.stringValue());
                    } else {
                        feed.connected();
                    }
                }
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends the connection and everything under way on it; the first reason counts. */
    void end(RpcException reason) {
        Set<SocketExchange> open;
        WebSocket gone;
        lock.lock();
        try {
            if (end != null) {
                return;
            }
            end = reason;
            gone = socket;
            open = exchanges.drain();
            routes.clear();
        } finally {
            lock.unlock();
        }
        if (gone != null) {
            gone.cancel();
        }
        RpcException shared = open.size() > 1 && reason.kind() == Kind.REJECTED
                ? new RpcException(Kind.TRANSIENT, String.valueOf(reason.getMessage())) // whose fault it was is unknown
                : reason;
        open.forEach(exchange -> exchange.answer().completeExceptionally(shared));
        owner.ended(this, reason);
    }
}
