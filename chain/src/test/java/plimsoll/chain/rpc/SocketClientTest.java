package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import okio.ByteString;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.databind.JsonNode;

class SocketClientTest {

    private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

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
    void returnsTheResultOfOneRequest() {
        try (SocketClient client = client(settings())) {
            assertThat(client.call("echo", "0x10").stringValue()).isEqualTo("0x10");
            assertThat(client.call("echo").isNull()).isTrue();
        }
    }

    @Test
    void pairsAnswersByIdInWhateverOrderTheyCome() {
        List<JsonNode> held = new CopyOnWriteArrayList<>();
        server.behaves((socket, message) -> {
            held.add(message);
            if (held.size() == 20) {
                held.reversed()
                        .forEach(request -> socket.send(SocketServer.result(
                                request, request.at("/params/0").toString())));
            }
        });

        try (SocketClient client = client(settings())) {
            List<CompletableFuture<String>> answers = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                String word = "w" + i;
                answers.add(CompletableFuture.supplyAsync(
                        () -> client.call("echo", word).stringValue(), VIRTUAL));
            }

            for (int i = 0; i < 20; i++) {
                assertThat(answers.get(i).join()).isEqualTo("w" + i);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void pairsABatchAndSplitsOneThatIsTooLong() {
        try (SocketClient client =
                client(SocketSettings.of(RpcSettings.of(server.url()).withMaxBatch(4)))) {
            List<RpcAnswer> answers = client.callAll(requests(10));

            assertThat(answers)
                    .map(answer -> answer.orThrow().stringValue())
                    .containsExactly("p0", "p1", "p2", "p3", "p4", "p5", "p6", "p7", "p8", "p9");
        }
    }

    @Test
    void passesARefusalOfABatchAsAWholeOn() {
        server.behaves((socket, message) -> socket.send("[" + error(message.get(0), -32600, "batch too large") + "]"));

        try (SocketClient client = client(settings())) {
            RpcException failure = catchThrowableOfType(RpcException.class, () -> client.callAll(requests(3)));

            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
            assertThat(failure).hasMessageContaining("batch too large");
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void keepsTheConnectionWhenARequestIsRefused() {
        server.behaves((socket, message) -> socket.send(error(message, 3, "execution reverted")));

        try (SocketClient client = client(settings())) {
            RpcException failure = catchThrowableOfType(RpcException.class, () -> client.call("eth_call"));

            assertThat(failure.isRevert()).isTrue();
            assertThat(client.isConnected()).isTrue();
        }
    }

    @Test
    void stopsWaitingForOneAnswerAndStillTakesTheOthers() {
        List<JsonNode> held = new CopyOnWriteArrayList<>();
        server.behaves((socket, message) -> {
            if (message.get("method").stringValue().equals("slow")) {
                held.add(message);
            } else {
                held.forEach(late -> socket.send(SocketServer.result(late, "\"late\"")));
                server.answer(socket, message);
            }
        });

        try (SocketClient client =
                client(SocketSettings.of(RpcSettings.of(server.url()).withRequestTimeout(Duration.ofMillis(300))))) {
            RpcException failure = catchThrowableOfType(RpcException.class, () -> client.call("slow"));

            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure).hasMessageContaining("did not answer in time");
            assertThat(client.call("echo", "x").stringValue()).isEqualTo("x");
            assertThat(held).hasSize(1);
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":424242,\"result\":\"0x10\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"ID\",\"result\":\"0x10\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"0x10\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":ID,\"result\":\"0x10\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"message\":\"no code\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x1\",\"result\":\"0x2\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x1\"} trailing",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x1",
                "[{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x1\"}]",
                "[]",
                "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{\"subscription\":\"0x1\",\"result\":1}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"eth_subscription\",\"params\":{}}",
                "{\"jsonrpc\":\"2.0\",\"method\":\"eth_other\",\"params\":{\"subscription\":\"0x1\",\"result\":1}}",
                "<html>welcome</html>",
                "",
            })
    void closesTheConnectionOnAForeignOrMalformedMessage(String answer) {
        server.behaves((socket, message) -> {
            if (message.get("method").stringValue().equals("bad")) {
                socket.send(answer.replace("ID", message.get("id").toString()));
            } else {
                server.answer(socket, message);
            }
        });

        try (SocketClient client = client(settings())) {
            RpcException failure = catchThrowableOfType(RpcException.class, () -> client.call("bad"));

            assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(Kind.CORRUPT);
            assertThat(failure.getMessage()).doesNotContain("s3cret", "\n");
            SocketServer.await("a new connection", () -> server.connections() == 2 && client.isConnected());
            assertThat(client.call("echo", "x").stringValue()).isEqualTo("x");
        }
    }

    @Test
    void closesTheConnectionOnABinaryMessage() {
        server.behaves((socket, message) -> socket.send(ByteString.encodeUtf8(SocketServer.result(message, "1"))));

        try (SocketClient client = client(settings())) {
            assertThatThrownBy(() -> client.call("bad")).hasMessageContaining("binary");
        }
    }

    @Test
    void closesTheConnectionOnAnAnswerThatComesTwice() {
        server.behaves((socket, message) -> {
            server.answer(socket, message);
            server.answer(socket, message);
        });

        try (SocketClient client = client(settings())) {
            assertThat(client.call("echo", "x").stringValue()).isEqualTo("x");

            SocketServer.await("a new connection", () -> server.connections() >= 2);
        }
    }

    @Test
    void readsNoMessageLargerThanAllowed() {
        server.behaves(
                (socket, message) -> socket.send(SocketServer.result(message, "\"" + "f".repeat(2_000_000) + "\"")));

        try (SocketClient client =
                client(SocketSettings.of(RpcSettings.of(server.url()).withMaxResponseBytes(1_000_000)))) {
            RpcException failure = catchThrowableOfType(RpcException.class, () -> client.call("eth_getLogs"));

            assertThat(failure.kind()).isEqualTo(Kind.REJECTED);
            assertThat(failure).hasMessageContaining("larger than allowed: limit=1000000");
        }
    }

    @Test
    void readsAnyNumberOfMessagesWithinTheLimit() {
        server.behaves(
                (socket, message) -> socket.send(SocketServer.result(message, "\"" + "f".repeat(900_000) + "\"")));

        try (SocketClient client =
                client(SocketSettings.of(RpcSettings.of(server.url()).withMaxResponseBytes(1_000_000)))) {
            for (int i = 0; i < 10; i++) {
                assertThat(client.call("eth_getLogs").stringValue()).hasSize(900_000);
            }
            assertThat(server.connections()).isEqualTo(1);
        }
    }

    @Test
    void callsARequestTransientWhoseConnectionBreaks() {
        server.behaves((socket, message) -> server.drop());

        try (SocketClient client = client(settings())) {
            RpcException failure = catchThrowableOfType(RpcException.class, () -> client.call("eth_blockNumber"));

            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
        }
    }

    @Test
    void failsAtOnceWhileTheNodeIsAwayAndComesBackWithIt() throws IOException {
        int port = server.port();
        server.close();
        try (SocketClient client = client(settings())) {
            RpcException failure = catchThrowableOfType(RpcException.class, () -> client.call("eth_blockNumber"));
            assertThat(failure.kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure).hasMessageContaining("not connected").hasMessageContaining("refused the connection");

            server = SocketServer.start(port);
            SocketServer.await("the connection", client::isConnected);

            assertThat(client.call("echo", "back").stringValue()).isEqualTo("back");
        }
    }

    @Test
    void triesAgainWhenTheNodeRefusesTheWebSocket() {
        server.refuses(3);

        try (SocketClient client = client(settings())) {
            SocketServer.await("the connection", client::isConnected);

            assertThat(server.refusalsLeft()).isZero();
        }
    }

    @Test
    void showsNoCredentials() {
        String url = server.url().replace("ws://", "ws://user:p4ssw0rdp4ssw0rd@") + "?token=s3cretKey0123456789";
        server.refuses(1_000);

        try (SocketClient client = client(quick(RpcSettings.of(url)))) {
            assertThatThrownBy(() -> client.call("eth_blockNumber"))
                    .hasMessageContaining("http=503")
                    .hasMessageNotContainingAny("s3cret", "p4ssw0rd", "user");
            assertThat(client + client.endpoint() + RpcSettings.of(url) + settings())
                    .contains("ws://127.0.0.1:" + server.port())
                    .doesNotContain("s3cret", "p4ssw0rd", "user");
        }
    }

    @Test
    void refusesWorkOnceItIsClosed() {
        SocketClient client = client(settings());
        client.call("echo", "x");

        client.close();

        assertThatThrownBy(() -> client.call("echo", "x")).isInstanceOf(RpcException.class);
        assertThatThrownBy(() -> client.subscribe(Subscription.newHeads(), new HeardEvents()))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void doublesItsWaitsUpToTheLongestAndLessensThemByChance() {
        Backoff backoff = new Backoff(Duration.ofMillis(100), Duration.ofSeconds(1), new SplittableRandom(7));

        for (int failures = 1; failures < 100; failures++) {
            long full = Math.min(1_000, 100L << Math.min(20, failures - 1));
            assertThat(backoff.after(failures).toMillis())
                    .as("seed=7 failures=" + failures)
                    .isBetween(full / 2 - 1, full);
        }
    }

    private SocketSettings settings() {
        return quick(RpcSettings.of(server.url()));
    }

    private static SocketSettings quick(RpcSettings rpc) {
        return SocketSettings.of(rpc).withWaits(Duration.ofMillis(5), Duration.ofMillis(50));
    }

    private static SocketClient client(SocketSettings settings) {
        return new SocketClient(settings, new SplittableRandom(1));
    }

    private static List<RpcRequest> requests(int count) {
        List<RpcRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(RpcRequest.of("echo", "p" + i));
        }
        return requests;
    }

    private static String error(JsonNode request, int code, String message) {
        return "{\"jsonrpc\":\"2.0\",\"id\":" + request.get("id") + ",\"error\":{\"code\":" + code + ",\"message\":\""
                + message + "\"}}";
    }
}
