package plimsoll.chain.rpc;

import java.io.IOException;
import java.net.ProtocolException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.random.RandomGenerator;
import okhttp3.Dispatcher;
import okhttp3.Interceptor;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import org.jspecify.annotations.Nullable;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.databind.JsonNode;

/**
 * One node over one WebSocket: requests of many threads share it by id, and the node tells subscriptions by itself.
 *
 * <p>It connects at once and, whenever the connection is lost, again without end, with waits that grow; subscriptions are
 * renewed each time. While there is no connection requests fail at once as TRANSIENT: whoever has another way, such as
 * {@link RpcClient}, takes that. A frame that the protocol does not allow ends the connection as CORRUPT.
 */
public final class SocketClient implements JsonRpc, AutoCloseable {

    private static final String EXTENSIONS = "Sec-WebSocket-Extensions";

    private final SocketSettings settings;
    private final Endpoint endpoint;
    private final Wire wire;
    private final Backoff backoff;
    private final OkHttpClient http;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<SocketFeed> feeds = new LinkedHashSet<>();
    private final Thread connecting;
    private @Nullable SocketLink link;
    private boolean open;
    private boolean closed;
    private @Nullable RpcException loss;

    /** @param random takes the step out of many clients' attempts to connect again */
    public SocketClient(SocketSettings settings, RandomGenerator random) {
        this.settings = settings;
        endpoint = Endpoint.ofSocket(settings.rpc().url());
        wire = new Wire(endpoint);
        backoff = new Backoff(settings.firstWait(), settings.longestWait(), random);
        http = new OkHttpClient.Builder()
                // Daemon threads: the reader lives as long as the connection and must not keep the process up. Platform
                // threads: one that always waits for the same socket gains nothing from a poller in between.
                .dispatcher(new Dispatcher(Executors.newCachedThreadPool(
                        Thread.ofPlatform().daemon().name("socket-reader-", 0).factory())))
                .addInterceptor(SocketClient::withoutExtensions)
                .pingInterval(settings.silence().dividedBy(2))
                .connectTimeout(settings.rpc().connectTimeout())
                .readTimeout(settings.rpc().connectTimeout()) // of the handshake; afterwards pings watch
                .writeTimeout(settings.rpc().requestTimeout())
                .followRedirects(false) // a redirect would carry the key to another host
                .followSslRedirects(false)
                .build();
        connecting = Thread.ofVirtual().name("socket-" + endpoint).unstarted(this::keepConnected);
        connecting.start();
    }

    /** A compressed message of any length may unpack to gigabytes, so compression is neither offered nor accepted. */
    private static Response withoutExtensions(Interceptor.Chain chain) throws IOException {
        Response response = chain.proceed(
                chain.request().newBuilder().removeHeader(EXTENSIONS).build());
        if (response.header(EXTENSIONS) != null) {
            response.close();
            throw new ProtocolException("an extension was switched on that was not asked for");
        }
        return response;
    }

    @Override
    public String endpoint() {
        return endpoint.toString();
    }

    @Override
    public JsonNode call(RpcRequest request) {
        return standing().exchange(List.of(request), false).getFirst().orThrow();
    }

    @Override
    public List<RpcAnswer> callAll(List<RpcRequest> requests) {
        int maxBatch = settings.rpc().maxBatch();
        List<RpcAnswer> answers = new ArrayList<>(requests.size());
        for (int from = 0; from < requests.size(); from += maxBatch) {
            List<RpcRequest> page = requests.subList(from, Math.min(requests.size(), from + maxBatch));
            answers.addAll(standing().exchange(page, true));
        }
        return answers;
    }

    /** Keeps the subscription up, across connections, until it or this client is closed. */
    public OpenSubscription subscribe(Subscription subscription, SubscriptionListener listener) {
        SocketFeed[] self = new SocketFeed[1];
        SocketFeed feed = new SocketFeed(subscription, listener, settings, () -> ask(self[0]));
        self[0] = feed;
        lock.lock();
        try {
            if (closed) {
                throw new IllegalStateException("Client is closed: node=" + endpoint);
            }
            feeds.add(feed);
            if (link == null && loss != null) {
                feed.lost(loss);
            }
        } finally {
            lock.unlock();
        }
        feed.start();
        ask(feed);
        return () -> {
            feed.close();
            SocketLink standing;
            lock.lock();
            try {
                feeds.remove(feed);
                standing = open ? link : null;
            } finally {
                lock.unlock();
            }
            if (standing != null) {
                standing.unsubscribe(feed);
            }
        };
    }

    private void ask(SocketFeed feed) {
        SocketLink standing;
        lock.lock();
        try {
            standing = open ? link : null;
        } finally {
            lock.unlock();
        }
        if (standing != null) {
            standing.subscribe(feed);
        }
    }

    public boolean isConnected() {
        lock.lock();
        try {
            return open;
        } finally {
            lock.unlock();
        }
    }

    /** The open connection; one that is just being made is waited for. */
    private SocketLink standing() {
        long left = settings.rpc().connectTimeout().toNanos();
        lock.lock();
        try {
            while (!closed && !open && (link != null || loss == null) && left > 0) {
                left = changed.awaitNanos(left);
            }
            if (open && link != null) {
                return link;
            }
            RpcException reason = loss;
            throw new RpcException(
                    Kind.TRANSIENT,
                    "Node is not connected: reason="
                            + (closed ? "closed" : reason == null ? "connecting" : reason.getMessage()) + " node="
                            + endpoint);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RpcException(Kind.TRANSIENT, "Exchange was interrupted: node=" + endpoint, e);
        } finally {
            lock.unlock();
        }
    }

    private void keepConnected() {
        int failures = 0;
        try {
            while (true) {
                long started = System.nanoTime();
                if (!standUntilLost()) {
                    return;
                }
                boolean stood = System.nanoTime() - started
                        > settings.longestWait()
                                .plus(settings.rpc().connectTimeout())
                                .toNanos();
                failures = stood ? 1 : failures + 1;
                if (!pause(backoff.after(failures))) {
                    return;
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** One connection from the first attempt to its loss; false when this client is closed. */
    private boolean standUntilLost() throws InterruptedException {
        lock.lock();
        try {
            if (closed) {
                return false;
            }
            link = new SocketLink(settings.rpc(), endpoint, wire, backoff, new LinkOwner());
            link.connect(http);
            while (!closed && link != null) {
                changed.await();
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    private boolean pause(Duration wait) throws InterruptedException {
        long left = wait.toNanos();
        lock.lock();
        try {
            while (!closed && left > 0) {
                left = changed.awaitNanos(left);
            }
            return !closed;
        } finally {
            lock.unlock();
        }
    }

    /** Hears of the link; a link of long ago says nothing any more. */
    private final class LinkOwner implements SocketLink.Owner {

        @Override
        public void opened(SocketLink opened) {
            List<SocketFeed> all;
            lock.lock();
            try {
                if (opened != link) {
                    return;
                }
                open = true;
                loss = null;
                all = List.copyOf(feeds);
                changed.signalAll();
            } finally {
                lock.unlock();
            }
            all.forEach(opened::subscribe);
        }

        @Override
        public void ended(SocketLink ended, RpcException reason) {
            lock.lock();
            try {
                if (ended != link) {
                    return;
                }
                link = null;
                open = false;
                loss = reason;
                feeds.forEach(feed -> feed.lost(reason));
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }
    }

    /** Ends the connection, the requests under way and all subscriptions, which hear nothing more. */
    @Override
    public void close() {
        SocketLink last;
        lock.lock();
        try {
            closed = true;
            last = link;
            feeds.forEach(SocketFeed::close);
            feeds.clear();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
        if (last != null) {
            last.end(new RpcException(Kind.TRANSIENT, "Client was closed: node=" + endpoint));
        }
        http.connectionPool().evictAll();
        http.dispatcher().executorService().shutdown();
    }

    @Override
    public String toString() {
        return "SocketClient[" + endpoint + "]";
    }
}
