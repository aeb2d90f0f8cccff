package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static plimsoll.chain.pool.PoolTrial.text;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import tools.jackson.databind.JsonNode;

/** Where requests go, and how many at once. */
class RoutingTest {

    private static final String PLAIN = "eth_gasPrice";

    private static PoolTrial priced(int count, java.util.function.UnaryOperator<EndpointSettings> limits) {
        PoolTrial trial = PoolTrial.limited(count, limits);
        trial.mine(1);
        trial.nodes.forEach(node -> node.bend(PLAIN, (request, to) -> text("0x7")));
        trial.pool.observe();
        return trial;
    }

    private static void pause(Duration time) {
        LockSupport.parkNanos(time.toNanos());
    }

    @Test
    void sharesReadsByWeight() {
        try (PoolTrial trial =
                priced(3, endpoint -> endpoint.withWeight(endpoint.name().equals("a") ? 8 : 1))) {
            // Equal speed, so that only weights count.
            trial.nodes.forEach(node -> node.bend(PLAIN, (request, to) -> {
                pause(Duration.ofMillis(2));
                return text("0x7");
            }));
            for (int i = 0; i < 100; i++) {
                trial.pool.call(PLAIN);
            }

            assertThat(trial.node(0).asked(PLAIN)).isGreaterThan(trial.node(1).asked(PLAIN));
            assertThat(trial.node(1).asked(PLAIN)).isPositive();
            assertThat(trial.node(2).asked(PLAIN)).isPositive();
        }
    }

    @Test
    void prefersTheQuickerEndpoint() {
        try (PoolTrial trial = priced(2, endpoint -> endpoint)) {
            trial.node(1).bend(PLAIN, (request, to) -> {
                pause(Duration.ofMillis(10));
                return text("0x7");
            });
            for (int i = 0; i < 200; i++) {
                trial.pool.call(PLAIN);
            }

            assertThat(trial.node(0).asked(PLAIN)).isGreaterThan(trial.node(1).asked(PLAIN));
        }
    }

    @Test
    void goesToAnotherEndpointOnFailure() {
        try (PoolTrial trial = priced(3, endpoint -> endpoint)) {
            trial.node(0).bend(PLAIN, (request, to) -> {
                throw new RpcException(Kind.TRANSIENT, "Connection to the node broke");
            });
            trial.node(1).bend(PLAIN, (request, to) -> {
                throw RpcException.corrupt("Node answered broken JSON");
            });

            for (int i = 0; i < 9; i++) {
                assertThat(trial.pool.call(PLAIN)).isEqualTo(text("0x7"));
            }

            assertThat(trial.node(0).struck() + trial.node(1).struck()).isPositive();
            assertThat(trial.events.lines("failedOver")).isNotEmpty();
        }
    }

    @Test
    void takesARevertForAnAnswer() {
        try (PoolTrial trial = priced(3, endpoint -> endpoint)) {
            trial.nodes.forEach(node -> node.bend("eth_estimateGas", (request, to) -> {
                throw new RpcException(Kind.REJECTED, 3, "Node refused: execution reverted", Optional.of("0x01"));
            }));

            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.pool.call("eth_estimateGas", java.util.Map.of()))
                    .matches(RpcException::isRevert);

            assertThat(trial.nodes.stream()
                            .mapToLong(node -> node.asked("eth_estimateGas"))
                            .sum())
                    .isEqualTo(1);
        }
    }

    @Test
    void sendsNothingTwiceThatMayHaveArrived() {
        try (PoolTrial trial = priced(3, endpoint -> endpoint)) {
            trial.nodes.forEach(node -> node.bend("evm_mine", (request, to) -> {
                throw new RpcException(Kind.TRANSIENT, "Node did not answer in time");
            }));

            assertThatExceptionOfType(RpcException.class).isThrownBy(() -> trial.pool.call("evm_mine"));

            assertThat(trial.nodes.stream()
                            .mapToLong(node -> node.asked("evm_mine"))
                            .sum())
                    .isEqualTo(1);
        }
        try (PoolTrial trial = priced(3, endpoint -> endpoint)) {
            trial.node(0).setDown(true);
            trial.node(1).setDown(true);
            trial.node(2).bend("evm_mine", (request, to) -> text("0x0"));

            assertThat(trial.pool.call("evm_mine")).isEqualTo(text("0x0"));
        }
    }

    @Test
    void asksASecondEndpointWhenTheFirstIsSlowerThanUsual() throws Exception {
        try (PoolTrial trial = priced(2, endpoint -> endpoint)) {
            for (int i = 0; i < 40; i++) {
                trial.pool.call(PLAIN);
            }
            CountDownLatch release = new CountDownLatch(1);
            trial.nodes.forEach(node -> node.bend(PLAIN, (request, to) -> {
                if (trial.nodes.stream().mapToLong(each -> each.asked(PLAIN)).sum() <= 41) {
                    try {
                        release.await();
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    }
                }
                return text("0x8");
            }));

            assertThat(trial.pool.call(PLAIN)).isEqualTo(text("0x8"));

            release.countDown();
            assertThat(trial.events.lines("hedged")).isNotEmpty();
        }
    }

    @Test
    void keepsTheBoundOfExchangesAtOnce() throws Exception {
        try (PoolTrial trial = priced(2, endpoint -> endpoint.withMaxInFlight(3));
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            trial.nodes.forEach(node -> node.bend(PLAIN, (request, to) -> {
                pause(Duration.ofMillis(3));
                return text("0x7");
            }));
            List<Future<JsonNode>> calls = IntStream.range(0, 60)
                    .mapToObj(i -> threads.submit(() -> trial.pool.call(PLAIN)))
                    .toList();
            for (Future<JsonNode> call : calls) {
                assertThat(call.get()).isEqualTo(text("0x7"));
            }

            assertThat(trial.nodes)
                    .allSatisfy(node -> assertThat(node.mostAtOnce()).isLessThanOrEqualTo(3));
            assertThat(trial.nodes)
                    .anySatisfy(node -> assertThat(node.mostAtOnce()).isGreaterThan(1));
        }
    }

    @Test
    void keepsTheRateOfRequests() {
        try (PoolTrial trial = PoolTrial.limited(1, endpoint -> endpoint.withMaxPerSecond(100))) {
            trial.node(0).bend(PLAIN, (request, to) -> text("0x7"));
            trial.pool.call(PLAIN);
            long start = System.nanoTime();
            for (int i = 0; i < 13; i++) {
                trial.pool.callAll(java.util.Collections.nCopies(10, RpcRequest.of(PLAIN)));
            }

            // 130 requests, 100 at once from the bucket, 30 at 100 a second; nothing bounds it from above
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(250));
        }
    }

    @Test
    void refusesWhatItsOwnLimitsHoldBackForTooLong() {
        PoolSettings settings = PoolSettings.of(
                        PoolTrial.CHAIN,
                        List.of(EndpointSettings.of("a", "http://a.example").withMaxPerSecond(1)))
                .withPatience(Duration.ofMillis(50));
        PoolNode node = new PoolNode("a", new plimsoll.chain.testing.SimulatedNode(31337));
        node.bend(PLAIN, (request, to) -> text("0x7"));
        try (EndpointPool pool = EndpointPool.over(
                settings, endpoint -> node, new Recorder(), plimsoll.chain.testing.ManualClock.atNoon())) {
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> {
                        for (int i = 0; i < 5; i++) {
                            pool.call(PLAIN);
                        }
                    })
                    .withMessageContaining("limit is used up")
                    .matches(RpcException::isTransient);
            assertThat(pool.endpoints().getFirst().strikes()).isZero();
        }
    }

    @Test
    void splitsBatchesThatAreTooLargeAndRemembers() {
        try (PoolTrial trial = PoolTrial.of(1)) {
            trial.mine(1);
            trial.pool.call("eth_chainId");
            trial.node(0).setLargestBatch(30);
            trial.mine(120);
            List<RpcRequest> requests = IntStream.range(0, 100)
                    .mapToObj(i -> RpcRequest.of("eth_getBlockByNumber", "0x" + Integer.toHexString(i), false))
                    .toList();

            List<RpcAnswer> answers = trial.pool.callAll(requests);

            for (int i = 0; i < 100; i++) {
                assertThat(answers.get(i).orThrow().path("number")).isEqualTo(text("0x" + Integer.toHexString(i)));
            }
            assertThat(trial.node(0).struck()).isEqualTo(2);
            assertThat(trial.node(0).batches()).containsExactly(100, 50, 25, 25, 25, 25);
            assertThat(trial.events.lines("resized")).containsExactly("resized a 200 50", "resized a 50 25");
            assertThat(trial.pool.endpoints().getFirst().batchSize()).isEqualTo(25);
            for (int i = 0; i < 4; i++) {
                trial.pool.callAll(requests);
            }
            assertThat(trial.node(0).struck())
                    .as("grows until it is refused again")
                    .isGreaterThan(2);
        }
    }

    @Test
    void sendsSignedTransactionsEverywhere() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(1);
            trial.node(0).setDown(true);
            trial.chains.get(1).call("eth_sendRawTransaction", PoolTrial.sign(0).bytes());

            JsonNode hash =
                    trial.pool.call("eth_sendRawTransaction", PoolTrial.sign(0).bytes());

            assertThat(hash).isEqualTo(text(PoolTrial.sign(0).hash().hex()));
            PoolTrial.await(() -> trial.node(2).asked("eth_sendRawTransaction") == 1);
            trial.mine(1);
            assertThat(trial.chains.get(2).mined()).hasSize(1);
        }
    }

    @Test
    void passesTheRefusalOnThatTellsMost() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.transact(0);
            trial.mine(1);
            trial.pool.observe();
            trial.node(0).bend("eth_sendRawTransaction", (request, to) -> {
                throw new RpcException(Kind.TRANSIENT, "Node refused: try again");
            });

            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.pool.call(
                            "eth_sendRawTransaction", PoolTrial.sign(0).bytes()))
                    .withMessageContaining("nonce too low")
                    .matches(e -> e.kind() == Kind.REJECTED);
            assertThat(trial.node(0).struck()).isPositive();
        }
    }

    @Test
    void keepsCredentialsOutOfItsWords() {
        PoolSettings settings = PoolSettings.of(
                PoolTrial.CHAIN,
                List.of(
                        EndpointSettings.of("a", "http://user:verysecret@127.0.0.1:1/supersecretkey")
                                .withWebSocket("ws://127.0.0.1:1/supersecretkey"),
                        EndpointSettings.of("b", "http://127.0.0.1:1/?key=supersecretkey")));
        try (EndpointPool pool =
                EndpointPool.open(settings, new Recorder(), plimsoll.chain.testing.ManualClock.atNoon())) {
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> pool.call("eth_chainId"))
                    .satisfies(e ->
                            assertThat(e.getMessage()).doesNotContain("secret").doesNotContain("\n"));
            assertThat(settings.toString() + pool + pool.endpoints() + pool.endpoint())
                    .doesNotContain("secret");
        }
    }
}
