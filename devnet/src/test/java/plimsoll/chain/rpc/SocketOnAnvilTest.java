package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.devnet.artefact.Artefacts;
import tools.jackson.databind.JsonNode;

/** Requests and subscriptions over a real node's WebSocket. */
class SocketOnAnvilTest {

    private static final String EMITTER = "0x00000000000000000000000000000000000000aa";
    private static final String SENDER = "0x00000000000000000000000000000000000000cc";
    private static final String TOPIC = "0x" + "ab".repeat(32);
    /** Emits its call data under the topic: CALLDATACOPY(0, 0, CALLDATASIZE); LOG1(0, CALLDATASIZE, topic). */
    private static final String ECHO = "0x365f5f377f" + "ab".repeat(32) + "365fa100";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private LocalNode node;

    private final Heard heard = new Heard();

    @BeforeEach
    void start() {
        node = anvil(0);
    }

    @AfterEach
    void stop() {
        node.close();
    }

    @Test
    void answersAsOverHttp() {
        try (SocketClient socket = client();
                RpcClient http = RpcClient.to(node.rpcUrl())) {
            http.call("evm_mine");
            List<RpcRequest> requests = new ArrayList<>();
            for (int i = 0; i < 250; i++) {
                requests.add(RpcRequest.of("eth_getBalance", "0x%040x".formatted(i), "latest"));
            }

            assertThat(socket.call("eth_getBlockByNumber", "latest", true))
                    .isEqualTo(http.call("eth_getBlockByNumber", "latest", true));
            assertThat(socket.callAll(requests)).isEqualTo(http.callAll(requests));
        }
    }

    @Test
    void tellsHeadsInOrder() {
        try (SocketClient socket = client()) {
            socket.subscribe(Subscription.newHeads(), heard);
            heard.await("connected", 1);
            for (int i = 0; i < 50; i++) {
                socket.call("evm_mine");
            }
            heard.awaitNotifications(50);

            assertThat(heard.notifications)
                    .map(head -> Long.decode(head.get("number").stringValue()))
                    .hasSize(50)
                    .isSorted()
                    .startsWith(1L)
                    .endsWith(50L);
        }
    }

    @Test
    void tellsLogsThatPassTheFilter() {
        try (SocketClient socket = client()) {
            socket.call("anvil_setCode", EMITTER, ECHO);
            socket.call("anvil_setBalance", SENDER, "0x56bc75e2d63100000");
            socket.subscribe(Subscription.logs(Map.of("address", EMITTER, "topics", List.of(TOPIC))), heard);
            Heard other = new Heard();
            socket.subscribe(Subscription.logs(Map.of("address", SENDER)), other);
            heard.await("connected", 1);
            other.await("connected", 1);
            for (int i = 0; i < 10; i++) {
                socket.call("eth_sendTransaction", emission("0x0" + i));
                socket.call("evm_mine");
            }
            heard.awaitNotifications(10);

            assertThat(heard.notifications)
                    .map(log -> log.get("data").stringValue())
                    .containsExactly("0x00", "0x01", "0x02", "0x03", "0x04", "0x05", "0x06", "0x07", "0x08", "0x09");
            assertThat(other.notifications).isEmpty();
        }
    }

    @Test
    void tellsTransactionsThatWaitForABlock() {
        try (SocketClient socket = client()) {
            socket.call("anvil_setBalance", SENDER, "0x56bc75e2d63100000");
            socket.subscribe(Subscription.pendingTransactions(), heard);
            heard.await("connected", 1);
            List<String> sent = new ArrayList<>();
            for (int i = 0; i < 5; i++) {
                sent.add(socket.call("eth_sendTransaction", emission("0x")).stringValue());
            }
            heard.awaitNotifications(5);

            assertThat(heard.notifications).map(JsonNode::stringValue).containsExactlyElementsOf(sent);
        }
    }

    @Test
    void findsTheNodeAgainThatWasRestartedAtItsPort() {
        try (SocketClient socket = client()) {
            socket.subscribe(Subscription.newHeads(), heard);
            heard.await("connected", 1);
            socket.call("evm_mine");
            heard.awaitNotifications(1);

            int port = node.port();
            ProcessHandle.of(node.pid()).ifPresent(ProcessHandle::destroyForcibly);
            heard.await("lost", 1);
            assertThat(socket.isConnected()).isFalse();
            node.close();
            node = anvil(port);
            heard.await("connected", 2);
            socket.call("evm_mine");
            heard.awaitNotifications(2);

            assertThat(heard.events).containsExactly("connected", "notified", "lost", "connected", "notified");
        }
    }

    private LocalNode anvil(int port) {
        return LocalNode.start(new LocalNodeSettings(
                Artefacts.prepare(sentence -> {}).anvil(),
                port,
                folder.resolve("anvil.log"),
                List.of("--no-mining", "--auto-impersonate")));
    }

    private SocketClient client() {
        String url = node.rpcUrl().replace("http://", "ws://");
        return new SocketClient(
                SocketSettings.of(RpcSettings.of(url)).withWaits(Duration.ofMillis(20), Duration.ofMillis(200)),
                new SplittableRandom(1));
    }

    private static Map<String, Object> emission(String data) {
        return Map.of("from", SENDER, "to", EMITTER, "data", data, "gas", "0x186a0");
    }

    private static final class Heard implements SubscriptionListener {

        private final List<String> events = new CopyOnWriteArrayList<>();
        private final List<JsonNode> notifications = new CopyOnWriteArrayList<>();

        @Override
        public void connected() {
            events.add("connected");
        }

        @Override
        public void notified(JsonNode notification) {
            notifications.add(notification);
            events.add("notified");
        }

        @Override
        public void lost(RpcException reason) {
            events.add("lost");
        }

        private void await(String event, int times) {
            await(() -> events.stream().filter(event::equals).count() >= times);
        }

        private void awaitNotifications(int count) {
            await(() -> notifications.size() >= count);
        }

        private void await(BooleanSupplier condition) {
            long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
            while (!condition.getAsBoolean()) {
                assertThat(System.nanoTime()).as("heard " + events).isLessThan(deadline);
                LockSupport.parkNanos(1_000_000);
            }
        }
    }
}
