package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.databind.JsonNode;

class SocketSubscriptionTest {

    private final HeardEvents heard = new HeardEvents();

    @SuppressWarnings("NullAway.Init")
    private SocketServer server;

    @BeforeEach
    void start() throws IOException {
        server = SocketServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void tellsNotificationsInOrder() {
        try (SocketClient client = client(settings());
                OpenSubscription subscription = client.subscribe(Subscription.newHeads(), heard)) {
            heard.await("connected");
            for (int i = 0; i < 500; i++) {
                server.tell("0xs1", Integer.toString(i));
            }
            heard.await("499");

            assertThat(heard.events())
                    .hasSize(501)
                    .startsWith("connected", "0", "1")
                    .endsWith("498", "499");
            assertThat(subscription).isNotNull();
        }
    }

    @Test
    void asksForWhatIsWanted() {
        List<String> asked = new CopyOnWriteArrayList<>();
        server.behaves((socket, message) -> {
            asked.add(message.get("params").toString());
            server.answer(socket, message);
        });

        try (SocketClient client = client(settings())) {
            client.subscribe(Subscription.newHeads(), heard);
            heard.await("connected", 1);
            client.subscribe(Subscription.logs(Map.of("address", "0x11")), heard);
            heard.await("connected", 2);
            client.subscribe(Subscription.pendingTransactions(), heard);
            heard.await("connected", 3);
        }

        assertThat(asked)
                .containsExactly("[\"newHeads\"]", "[\"logs\",{\"address\":\"0x11\"}]", "[\"newPendingTransactions\"]");
    }

    @Test
    void renewsEverySubscriptionAfterALoss() {
        HeardEvents other = new HeardEvents();
        try (SocketClient client = client(settings())) {
            client.subscribe(Subscription.newHeads(), heard);
            heard.await("connected");
            client.subscribe(Subscription.pendingTransactions(), other);
            other.await("connected");

            server.drop();
            heard.await("connected", 2);
            other.await("connected", 2);
            List<String> renewed = server.subscriptions().subList(2, 4);
            renewed.forEach(id -> server.tell(id, "\"new\""));
            heard.await("\"new\"");
            other.await("\"new\"");

            assertThat(heard.events()).containsExactly("connected", "lost", "connected", "\"new\"");
            assertThat(other.events()).containsExactly("connected", "lost", "connected", "\"new\"");
            assertThat(heard.losses()).map(RpcException::kind).containsExactly(Kind.TRANSIENT);
        }
    }

    @Test
    void tellsNothingOfAnOldConnectionAfterANewOne() {
        CountDownLatch busy = new CountDownLatch(1);
        HeardEvents slow = new HeardEvents();
        SubscriptionListener held = new SubscriptionListener() {
            @Override
            public void connected() {
                slow.connected();
            }

            @Override
            public void notified(JsonNode notification) {
                slow.notified(notification);
                hold(busy);
            }

            @Override
            public void lost(RpcException reason) {
                slow.lost(reason);
            }
        };
        try (SocketClient client = client(settings())) {
            client.subscribe(Subscription.newHeads(), held);
            slow.await("connected");
            for (int i = 0; i < 50; i++) {
                server.tell("0xs1", Integer.toString(i)); // all but the first wait behind the listener
            }
            slow.await("0");
            server.drop();
            SocketServer.await(
                    "the second subscription", () -> server.subscriptions().size() == 2);
            server.tell("0xs2", "\"new\"");
            client.call("echo", "everything before this was read");
            busy.countDown();
            slow.await("\"new\"");

            assertThat(slow.events()).containsExactly("connected", "0", "lost", "connected", "\"new\"");
        }
    }

    @Test
    void survivesARestartOfTheNode() throws IOException {
        int port = server.port();
        try (SocketClient client = client(settings())) {
            client.subscribe(Subscription.newHeads(), heard);
            heard.await("connected");

            server.close();
            heard.await("lost");
            server = SocketServer.start(port);
            heard.await("connected", 2);
            server.tell("0xs1", "7"); // a new node counts its subscriptions from the start
            heard.await("7");

            assertThat(heard.events()).containsExactly("connected", "lost", "connected", "7");
        }
    }

    @Test
    void tellsALossWhereTheFirstAttemptFails() {
        server.refuses(4);

        try (SocketClient client = client(settings())) {
            client.subscribe(Subscription.newHeads(), heard);
            heard.await("connected");

            assertThat(heard.events()).containsExactly("lost", "connected");
            assertThat(server.refusalsLeft()).isZero();
        }
    }

    @Test
    void asksAgainWhereTheNodeRefusesTheSubscription() {
        AtomicInteger refusals = new AtomicInteger(3);
        server.behaves((socket, message) -> {
            if (refusals.getAndDecrement() > 0) {
                socket.send("{\"jsonrpc\":\"2.0\",\"id\":" + message.get("id")
                        + ",\"error\":{\"code\":-32601,\"message\":\"no subscriptions here\"}}");
            } else {
                server.answer(socket, message);
            }
        });

        try (SocketClient client = client(settings())) {
            client.subscribe(Subscription.newHeads(), heard);
            heard.await("connected");

            assertThat(heard.events()).containsExactly("lost", "connected");
            assertThat(heard.losses()).map(RpcException::kind).containsExactly(Kind.REJECTED);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void tellsASlowListenerThatItMissedSomethingAndStartsAnew() {
        CountDownLatch busy = new CountDownLatch(1);
        SubscriptionListener slow = new SubscriptionListener() {
            @Override
            public void connected() {
                heard.connected();
                hold(busy);
            }

            @Override
            public void notified(JsonNode notification) {
                heard.notified(notification);
            }

            @Override
            public void lost(RpcException reason) {
                heard.lost(reason);
            }
        };
        try (SocketClient client = client(settings().withQueue(10, 1 << 20))) {
            client.subscribe(Subscription.newHeads(), slow);
            heard.await("connected");
            for (int i = 0; i < 1_000; i++) {
                server.tell("0xs1", Integer.toString(i));
            }
            SocketServer.await("the overflow", () -> server.unsubscribed().contains("0xs1"));
            assertThat(server.subscriptions())
                    .as("not asked again before it knows")
                    .hasSize(1);
            busy.countDown();
            heard.await("connected", 2);
            server.tell("0xs2", "\"new\"");
            heard.await("\"new\"");

            assertThat(heard.events()).containsExactly("connected", "lost", "connected", "\"new\"");
            assertThat(heard.losses().getFirst()).hasMessageContaining("too slow");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void boundsWhatWaitsBySizeToo() {
        CountDownLatch busy = new CountDownLatch(1);
        try (SocketClient client = client(settings().withQueue(1_000, 50_000))) {
            client.subscribe(Subscription.newHeads(), new SubscriptionListener() {
                @Override
                public void connected() {
                    hold(busy);
                }

                @Override
                public void notified(JsonNode notification) {
                    heard.notified(notification);
                }

                @Override
                public void lost(RpcException reason) {
                    heard.lost(reason);
                }
            });
            SocketServer.await("the subscription", () -> !server.subscriptions().isEmpty());
            for (int i = 0; i < 10; i++) {
                server.tell("0xs1", "\"" + "f".repeat(10_000) + "\"");
            }
            SocketServer.await("the overflow", () -> !server.unsubscribed().isEmpty());
            busy.countDown();
            heard.await("lost");

            assertThat(heard.events()).containsExactly("lost");
        }
    }

    @Test
    void tellsNothingMoreOnceClosed() {
        try (SocketClient client = client(settings())) {
            OpenSubscription first = client.subscribe(Subscription.newHeads(), heard);
            heard.await("connected");
            HeardEvents second = new HeardEvents();
            client.subscribe(Subscription.newHeads(), second);
            second.await("connected");

            first.close();
            SocketServer.await("the end", () -> server.unsubscribed().contains("0xs1"));
            server.tell("0xs1", "\"was on its way\"");
            server.tell("0xs2", "\"for the other\"");
            second.await("\"for the other\"");

            assertThat(heard.events()).containsExactly("connected");
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void leavesASubscriptionThatIsGrantedAfterItsEnd() {
        List<JsonNode> held = new CopyOnWriteArrayList<>();
        server.behaves((socket, message) -> {
            if (message.get("method").stringValue().equals("eth_subscribe")) {
                held.add(message);
            } else {
                server.answer(socket, message);
            }
        });

        try (SocketClient client = client(settings())) {
            OpenSubscription subscription = client.subscribe(Subscription.newHeads(), heard);
            SocketServer.await("the question", () -> held.size() == 1);
            subscription.close();
            server.tell("0xs1", "\"before the yes\"");
            server.answer(server.latest(), held.getFirst());
            SocketServer.await("the end", () -> server.unsubscribed().contains("0xs1"));

            assertThat(client.call("echo", "x").stringValue()).isEqualTo("x");
            assertThat(heard.events()).isEmpty();
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void distrustsANodeThatGivesTwoSubscriptionsOneId() {
        server.behaves((socket, message) -> socket.send(SocketServer.result(message, "\"0xsame\"")));

        try (SocketClient client = client(settings())) {
            client.subscribe(Subscription.newHeads(), heard);
            heard.await("connected");
            client.subscribe(Subscription.pendingTransactions(), new HeardEvents());
            heard.await("lost");

            assertThat(heard.losses().getFirst().kind()).isEqualTo(Kind.CORRUPT);
        }
    }

    @Test
    void outlivesAListenerThatFails() {
        try (SocketClient client = client(settings())) {
            client.subscribe(Subscription.newHeads(), new SubscriptionListener() {
                @Override
                public void connected() {
                    heard.connected();
                    throw new IllegalStateException("a test's listener fails on purpose");
                }

                @Override
                public void notified(JsonNode notification) {
                    heard.notified(notification);
                }

                @Override
                public void lost(RpcException reason) {
                    heard.lost(reason);
                }
            });
            heard.await("connected");
            SocketServer.await("the subscription", () -> !server.subscriptions().isEmpty());
            server.tell("0xs1", "1");
            heard.await("1");

            assertThat(heard.events()).containsExactly("connected", "1");
        }
    }

    private SocketSettings settings() {
        return SocketSettings.of(RpcSettings.of(server.url())).withWaits(Duration.ofMillis(5), Duration.ofMillis(50));
    }

    private static SocketClient client(SocketSettings settings) {
        return new SocketClient(settings, new SplittableRandom(1));
    }

    private static void hold(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
