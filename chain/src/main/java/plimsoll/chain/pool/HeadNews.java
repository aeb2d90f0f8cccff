package plimsoll.chain.pool;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.chain.rpc.SocketClient;
import plimsoll.chain.rpc.SocketSettings;
import plimsoll.chain.rpc.Subscription;
import plimsoll.chain.rpc.SubscriptionListener;
import tools.jackson.databind.JsonNode;

/** Hears of new heads over the WebSockets of those endpoints that have one. What they say is not believed, only looked into. */
final class HeadNews implements AutoCloseable {

    private final List<EndpointSettings> endpoints;
    private final InstantSource clock;
    private final List<SocketClient> sockets = new ArrayList<>();
    private final AtomicInteger heard = new AtomicInteger();

    HeadNews(List<EndpointSettings> endpoints, InstantSource clock) {
        this.endpoints = endpoints;
        this.clock = clock;
    }

    synchronized void start(Runnable onNews) {
        for (EndpointSettings endpoint : endpoints) {
            endpoint.webSocket().ifPresent(url -> {
                var random =
                        new SplittableRandom(clock.millis() + endpoint.name().hashCode());
                SocketClient socket = new SocketClient(
                        SocketSettings.of(RpcSettings.of(url).withRequestTimeout(endpoint.requestTimeout())), random);
                sockets.add(socket);
                socket.subscribe(Subscription.newHeads(), new Ear(onNews));
            });
        }
    }

    /** Whether every endpoint has a subscription and all of them stand. */
    boolean areAllHeard() {
        return heard.get() == endpoints.size();
    }

    private final class Ear implements SubscriptionListener {

        private final Runnable onNews;
        private boolean stands;

        Ear(Runnable onNews) {
            this.onNews = onNews;
        }

        @Override
        public void connected() {
            if (!stands) {
                stands = true;
                heard.incrementAndGet();
            }
            onNews.run();
        }

        @Override
        public void notified(JsonNode notification) {
            onNews.run();
        }

        @Override
        public void lost(RpcException reason) {
            if (stands) {
                stands = false;
                heard.decrementAndGet();
            }
            onNews.run();
        }
    }

    @Override
    public synchronized void close() {
        sockets.forEach(SocketClient::close);
    }
}
