package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static plimsoll.chain.pool.PoolTrial.text;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.BlockNumber;

/** How endpoints come and go. */
class HealthTest {

    @Test
    void triesEveryEndpointBeforeItIsUsed() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            assertThat(trial.pool.endpoints()).extracting(EndpointStatus::state).containsOnly(EndpointState.UNTRIED);

            trial.mine(1);
            trial.chain.head();

            assertThat(trial.pool.endpoints()).allSatisfy(status -> {
                assertThat(status.state()).isEqualTo(EndpointState.ALIVE);
                assertThat(status.head().orElseThrow().number()).isEqualTo(new BlockNumber(1));
                assertThat(status.latency()).isPositive();
                assertThat(status.inFlight()).isZero();
                assertThat(status.toString()).doesNotContain("http");
            });
            assertThat(trial.events.lines("changed")).hasSize(3);
        }
    }

    @Test
    void neverUsesAnEndpointOfAnotherChain() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.node(2).lie("eth_chainId", id -> text("0x1"));
            trial.mine(3);
            for (int i = 0; i < 5; i++) {
                trial.chain.head();
                trial.pool.call("eth_sendRawTransaction", PoolTrial.sign(i).bytes());
                trial.audited();
            }

            assertThat(trial.state(2)).isEqualTo(EndpointState.WRONG_CHAIN);
            assertThat(trial.node(2).asked("eth_chainId")).isEqualTo(1);
            assertThat(trial.node(2).asked("eth_getBlockByNumber")).isZero();
            assertThat(trial.node(2).asked("eth_sendRawTransaction")).isZero();
            assertThat(trial.events.lines("changed c"))
                    .containsExactly("changed c UNTRIED WRONG_CHAIN chain=1 expected=31337");

            trial.node(2).honest();
            trial.clock.advance(Duration.ofMinutes(11));
            trial.pool.observe();
            assertThat(trial.state(2)).isEqualTo(EndpointState.ALIVE);
        }
    }

    @Test
    void leavesAFailingEndpointAloneForLongerAndLonger() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(1);
            trial.pool.observe();
            PoolNode failing = trial.node(0);
            failing.setDown(true);
            for (int i = 0; i < 3; i++) {
                trial.pool.observe();
            }
            assertThat(trial.state(0)).isEqualTo(EndpointState.COOLING);
            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(1));

            long pause = 500;
            for (int trials = 0; trials < 10; trials++) {
                int before = failing.struck();
                trial.clock.advance(Duration.ofMillis(pause - 1));
                trial.pool.observe();
                assertThat(failing.struck()).as("left alone for %d ms", pause).isEqualTo(before);
                trial.clock.advance(Duration.ofMillis(1));
                trial.pool.observe();
                assertThat(failing.struck()).as("tried once after %d ms", pause).isEqualTo(before + 1);
                pause = Math.min(60_000, 2 * pause);
            }

            failing.setDown(false);
            trial.clock.advance(Duration.ofMinutes(1));
            trial.pool.observe();
            assertThat(trial.state(0)).isEqualTo(EndpointState.ALIVE);
            assertThat(failing.asked("eth_chainId")).as("says again who it is").isEqualTo(2);
            assertThat(trial.events.lines("changed a"))
                    .satisfiesExactly(
                            line -> assertThat(line).startsWith("changed a UNTRIED ALIVE"),
                            line -> assertThat(line).startsWith("changed a ALIVE COOLING"),
                            line -> assertThat(line).startsWith("changed a COOLING ALIVE"));
            assertThat(trial.pool.endpoints().getFirst().strikes()).isEqualTo(13);
        }
    }

    @Test
    void goesBackToASingleEndpointAtOnce() {
        try (PoolTrial trial = PoolTrial.of(1)) {
            trial.mine(1);
            trial.chain.head();
            trial.node(0).setDown(true);
            for (int i = 0; i < 4; i++) {
                assertThatExceptionOfType(RpcException.class).isThrownBy(trial.chain::head);
            }
            assertThat(trial.state(0)).isEqualTo(EndpointState.COOLING);

            trial.node(0).setDown(false);
            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(1));
            assertThat(trial.state(0)).isEqualTo(EndpointState.ALIVE);
        }
    }

    @Test
    void takesASingleEndpointOfAnotherChainForNone() {
        try (PoolTrial trial = PoolTrial.of(1)) {
            trial.node(0).lie("eth_chainId", id -> text("0x1"));

            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(trial.chain::head)
                    .withMessageContaining("a=WRONG_CHAIN (chain=1 expected=31337)");
            assertThat(trial.node(0).asked("eth_getBlockByNumber")).isZero();
        }
    }

    @Test
    void isBehindUntilItHasCaughtUp() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(1);
            trial.pool.observe();
            trial.chains.get(0).mine(4);
            trial.chains.get(1).mine(4);
            trial.pool.observe();
            assertThat(trial.state(2)).isEqualTo(EndpointState.BEHIND);

            trial.chains.get(2).mine(2);
            trial.pool.observe();

            assertThat(trial.state(2)).isEqualTo(EndpointState.ALIVE);
            assertThat(trial.pool.head().orElseThrow().number()).isEqualTo(new BlockNumber(5));
        }
    }

    @Test
    void doesNotFallForAnEndpointThatRunsAhead() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(2);
            trial.chains.get(1).mine(1_000);
            trial.pool.observe();

            assertThat(trial.pool.head().orElseThrow().number()).isEqualTo(new BlockNumber(2));
            assertThat(List.of(trial.state(0), trial.state(2))).containsOnly(EndpointState.ALIVE);
        }
    }

    @Test
    void tellsListenersOfEveryNewHeadOnce() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            List<Long> heard = new java.util.ArrayList<>();
            trial.pool.onHead(head -> heard.add(head.number().value()));
            for (int block = 0; block < 3; block++) {
                trial.mine(1);
                trial.pool.observe();
                trial.pool.observe();
            }

            assertThat(heard).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void followsHeadsInTheBackground() {
        try (PoolTrial trial = PoolTrial.of(3, settings -> settings.withPollInterval(Duration.ofMillis(5)))) {
            trial.mine(1);
            trial.pool.start();
            PoolTrial.await(() -> trial.pool.head().isPresent());
            trial.mine(1);

            PoolTrial.await(() ->
                    trial.pool.head().filter(head -> head.number().value() == 2).isPresent());
        }
    }
}
