package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.function.UnaryOperator;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import mockwebserver3.SocketEffect;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.DefaultBlockParameterName;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.core.methods.response.EthBlockNumber;
import org.web3j.protocol.core.methods.response.EthGetBalance;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class RpcClientTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String KEY = "s3cretKey0123456789";

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void returnsTheResultOfOneRequest() {
        answerEach(id -> "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"0x10\"}");

        JsonNode result = client().call("eth_blockNumber");

        assertThat(result.stringValue()).isEqualTo("0x10");
    }

    @Test
    void returnsNullWhereTheNodeAnswersNull() {
        answerEach(id -> "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":null}");

        assertThat(client().call("eth_getTransactionReceipt", "0x00").isNull()).isTrue();
    }

    @Test
    void pairsABatchByIdInWhateverOrderItComes() {
        answerBatch(answers -> {
            List<String> shuffled = new ArrayList<>(answers);
            Collections.reverse(shuffled);
            return shuffled;
        });

        List<RpcAnswer> answers = client().callAll(requests(3));

        assertThat(answers).map(answer -> answer.orThrow().stringValue()).containsExactly("p0", "p1", "p2");
    }

    @Test
    void sendsNoMoreRequestsAtOnceThanABatchMayHold() {
        answerBatch(answers -> answers);

        try (RpcClient client = new RpcClient(settings().withMaxBatch(4))) {
            List<RpcAnswer> answers = client.callAll(requests(10));

            assertThat(answers)
                    .map(answer -> answer.orThrow().stringValue())
                    .startsWith("p0")
                    .endsWith("p9")
                    .hasSize(10);
            assertThat(server.getRequestCount()).isEqualTo(3);
        }
    }

    @Test
    void leavesTheOthersOfABatchAloneWhenOneIsRefused() {
        answerBatch(answers -> {
            List<String> changed = new ArrayList<>(answers);
            changed.set(
                    1,
                    answers.get(1)
                            .replace(
                                    "\"result\":\"p1\"",
                                    "\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x1234\"}"));
            return changed;
        });

        List<RpcAnswer> answers = client().callAll(requests(3));

        assertThat(answers.get(0)).isInstanceOf(RpcAnswer.Result.class);
        assertThat(answers.get(2)).isInstanceOf(RpcAnswer.Result.class);
        assertThat(answers.get(1)).isInstanceOfSatisfying(RpcAnswer.Failure.class, failure -> {
            assertThat(failure.reason().isRevert()).isTrue();
            assertThat(failure.reason().data()).contains("0x1234");
        });
    }

    @Test
    void distrustsABatchThatLeavesOneRequestUnanswered() {
        answerBatch(answers -> answers.subList(0, 2));

        assertKind(Kind.CORRUPT, () -> client().callAll(requests(3)), "unanswered");
    }

    @Test
    void distrustsABatchThatAnswersOneRequestTwice() {
        answerBatch(answers -> List.of(answers.get(0), answers.get(0), answers.get(1)));

        assertKind(Kind.CORRUPT, () -> client().callAll(requests(3)), "twice");
    }

    @Test
    void distrustsABatchThatAnswersWhatWasNotAsked() {
        answerBatch(answers -> {
            List<String> more = new ArrayList<>(answers);
            more.add("{\"jsonrpc\":\"2.0\",\"id\":999999,\"result\":\"p0\"}");
            return more;
        });

        assertKind(Kind.CORRUPT, () -> client().callAll(requests(3)), "not asked");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"jsonrpc\":\"2.0\",\"id\":424242,\"result\":\"0x10\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":\"ID\",\"result\":\"0x10\"}",
                "{\"jsonrpc\":\"2.0\",\"result\":\"0x10\"}",
                "{\"jsonrpc\":\"1.0\",\"id\":ID,\"result\":\"0x10\"}",
                "{\"id\":ID,\"result\":\"0x10\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x1\",\"error\":{\"code\":1,\"message\":\"both\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":{\"message\":\"no code\"}}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"error\":\"text\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x1\",\"result\":\"0x2\"}",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x1\"} trailing",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x1",
                "[{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":\"0x1\"}]",
                "{\"jsonrpc\":\"2.0\",\"id\":ID,\"result\":1E-9999999994991}",
                "<html>welcome</html>",
                "\"text\"",
                "",
            })
    void distrustsAnAnswerThatIsNotProperJsonRpc(String answer) {
        answerEach(id -> answer.replace("ID", id));

        assertKind(Kind.CORRUPT, () -> client().call("eth_blockNumber"), server.getHostName());
    }

    @Test
    void distrustsJsonNestedWithoutEnd() {
        answerEach(id -> "[".repeat(100_000));

        assertKind(Kind.CORRUPT, () -> client().call("eth_blockNumber"), "broken JSON");
    }

    @Test
    void readsNoMoreThanAllowed() {
        answerEach(id -> "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"" + "f".repeat(100_000) + "\"}");

        try (RpcClient client = new RpcClient(settings().withMaxResponseBytes(50_000))) {
            assertKind(Kind.REJECTED, () -> client.call("eth_getLogs"), "larger than allowed: limit=50000");
        }
    }

    @Test
    void callsATruncatedAnswerTransient() {
        server.enqueue(new MockResponse.Builder()
                .setHeader("Content-Length", 1000)
                .body("{\"jsonrpc\":\"2.0\",")
                .setHeader("Content-Length", 1000)
                .onResponseEnd(SocketEffect.ShutdownConnection.INSTANCE)
                .build());

        assertKind(Kind.TRANSIENT, () -> client().call("eth_blockNumber"), "eth_blockNumber");
    }

    @Test
    void callsSilenceTransientAndStopsWaiting() {
        server.enqueue(new MockResponse.Builder()
                .onResponseStart(SocketEffect.Stall.INSTANCE)
                .build());

        try (RpcClient client = new RpcClient(settings().withRequestTimeout(Duration.ofMillis(200)))) {
            assertKind(Kind.TRANSIENT, () -> client.call("eth_blockNumber"), "did not answer in time");
        }
    }

    @Test
    void callsAClosedPortTransient() throws IOException {
        int port;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }

        try (RpcClient client = RpcClient.to("http://127.0.0.1:" + port)) {
            assertKind(Kind.TRANSIENT, () -> client.call("eth_blockNumber"), "refused the connection");
        }
    }

    @ParameterizedTest
    @CsvSource({"429,TRANSIENT", "503,TRANSIENT", "500,TRANSIENT", "401,REJECTED", "404,REJECTED", "301,REJECTED"})
    void judgesAnHttpErrorByItsStatus(int status, Kind kind) {
        server.enqueue(new MockResponse.Builder()
                .code(status)
                .setHeader("Location", "/elsewhere")
                .body("<html>no</html>")
                .build());

        assertKind(kind, () -> client().call("eth_blockNumber"), "http=" + status);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "-32005;limit exceeded;TRANSIENT",
                "-32005;query returned more than 10000 results;REJECTED",
                "-32001;Resource not found;TRANSIENT",
                "-32000;request timed out;TRANSIENT",
                "-32000;header not found;TRANSIENT",
                "-32016;Your app has exceeded its compute units per second capacity;TRANSIENT",
                "3;execution reverted: request timed out;REJECTED",
                "-32000;nonce too low;REJECTED",
                "-32601;the method eth_foo does not exist;REJECTED",
                "-32602;invalid argument 0;REJECTED",
            })
    void judgesAnErrorByItsCodeAndWords(int code, String message, Kind kind) {
        answerEach(id -> "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":" + code + ",\"message\":\""
                + message + "\"}}");

        RpcException failure = assertKind(kind, () -> client().call("eth_call"), message);
        assertThat(failure.code()).isEqualTo(code);
    }

    @Test
    void understandsAnErrorThatComesWithAnHttpErrorStatus() {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder()
                        .code(400)
                        .body("{\"jsonrpc\":\"2.0\",\"id\":" + id(request)
                                + ",\"error\":{\"code\":-32000,\"message\":\"nonce too low\"}}")
                        .build();
            }
        });

        assertKind(Kind.REJECTED, () -> client().call("eth_sendRawTransaction", "0x"), "nonce too low");
    }

    @Test
    void findsTheRevertDataThatSomeNodesWrapInAnObject() {
        answerEach(id -> "{\"jsonrpc\":\"2.0\",\"id\":" + id
                + ",\"error\":{\"code\":-32603,\"message\":\"VM Exception:"
                + " reverted\",\"data\":{\"message\":\"no\",\"data\":\"0x08c379a0\"}}}");

        RpcException failure = assertKind(Kind.REJECTED, () -> client().call("eth_call"), "reverted");

        assertThat(failure.data()).contains("0x08c379a0");
        assertThat(failure.isRevert()).isTrue();
    }

    @Test
    void neverShowsWhatMayBeACredential() {
        String url = "http://someone:" + KEY + "@" + server.getHostName() + ":" + server.getPort() + "/v3/" + KEY
                + "?apikey=" + KEY;
        answerEach(id -> "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"error\":{\"code\":-32000,\"message\":\"key " + KEY
                + "\\nis unknown\"}}");

        try (RpcClient client = RpcClient.to(url)) {
            RpcException failure = assertKind(Kind.REJECTED, () -> client.call("eth_call"), "key *** is unknown");

            assertThat(failure.toString() + client + client.endpoint() + RpcSettings.of(url))
                    .doesNotContain(KEY)
                    .doesNotContain("someone");
            assertThat(client.endpoint()).isEqualTo("http://" + server.getHostName() + ":" + server.getPort());
        }
        assertThatThrownBy(() -> RpcClient.to("htp://node/" + KEY))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining(KEY);
    }

    @Test
    void sendsUserAndPasswordAsBasicAuthorisation() throws InterruptedException {
        answerEach(id -> "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"0x1\"}");

        try (RpcClient client = RpcClient.to("http://user:pass@" + server.getHostName() + ":" + server.getPort())) {
            client.call("eth_chainId");
        }

        assertThat(server.takeRequest().getHeaders().get("Authorization")).isEqualTo("Basic dXNlcjpwYXNz");
    }

    @Test
    void carriesRequestTypesOfWeb3j() throws IOException {
        answerEach(id -> "{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":\"0x2a\"}");

        Request<?, EthBlockNumber> request =
                new Request<>("eth_blockNumber", List.of(), client(), EthBlockNumber.class);

        assertThat(request.send().getBlockNumber()).isEqualTo(42);
        assertThat(request.sendAsync().join().getId()).isEqualTo(request.getId());
    }

    @Test
    void carriesBatchesOfWeb3j() throws IOException {
        answerBatch(answers -> answers.stream()
                .map(answer -> answer.replaceAll("\"p\\d\"", "\"0x7\""))
                .toList());
        RpcClient client = client();
        BatchRequest batch = new BatchRequest(client);
        for (int i = 0; i < 3; i++) {
            batch.add(new Request<>(
                    "eth_getBalance", List.of("0x00", DefaultBlockParameterName.LATEST), client, EthGetBalance.class));
        }

        assertThat(batch.send().getResponses())
                .hasSize(3)
                .allSatisfy(response -> assertThat(response.getResult()).isEqualTo("0x7"));
    }

    private RpcClient client() {
        return new RpcClient(settings());
    }

    private RpcSettings settings() {
        return RpcSettings.of(server.url("/").toString());
    }

    private static List<RpcRequest> requests(int count) {
        List<RpcRequest> requests = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            requests.add(RpcRequest.of("echo", "p" + i));
        }
        return requests;
    }

    private static RpcException assertKind(Kind kind, Runnable exchange, String words) {
        RpcException failure = catchThrowableOfType(RpcException.class, exchange::run);
        assertThat(failure).isNotNull();
        assertThat(failure.kind()).as(failure.getMessage()).isEqualTo(kind);
        assertThat(failure).hasMessageContaining(words);
        assertThat(failure.getMessage()).doesNotContain("\n");
        return failure;
    }

    private static String id(RecordedRequest request) {
        return JSON.readTree(body(request)).get("id").toString();
    }

    private static String body(RecordedRequest request) {
        return request.getBody() == null ? "" : request.getBody().utf8();
    }

    private void answerEach(UnaryOperator<String> answerToId) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return new MockResponse.Builder()
                        .body(answerToId.apply(id(request)))
                        .build();
            }
        });
    }

    /** Answers every request of a batch with its own first parameter, after {@code change} has had its way. */
    private void answerBatch(UnaryOperator<List<String>> change) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                List<String> answers = new ArrayList<>();
                int i = 0;
                for (JsonNode node : JSON.readTree(body(request))) {
                    JsonNode parameter = node.get("params").get(0);
                    String result = parameter == null
                            ? "p" + i
                            : parameter.toString().equals("\"0x00\"") ? "\"p" + i + "\"" : parameter.toString();
                    answers.add("{\"jsonrpc\":\"2.0\",\"id\":" + node.get("id") + ",\"result\":" + result + "}");
                    i++;
                }
                return new MockResponse.Builder()
                        .body("[" + String.join(",", change.apply(answers)) + "]")
                        .build();
            }
        });
    }
}
