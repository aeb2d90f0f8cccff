package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static plimsoll.chain.pool.PoolTrial.ACCOUNT;
import static plimsoll.chain.pool.PoolTrial.text;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.rpc.RpcException;
import plimsoll.units.BlockNumber;

/** Who must agree before anything is believed, and what happens while they do not. */
class DisagreementTest {

    @Test
    void refusesWithFewerThanItNeeds() {
        try (PoolTrial trial = PoolTrial.of(2)) {
            trial.mine(1);
            trial.node(1).setDown(true);

            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(trial.chain::head)
                    .withMessageStartingWith("Too few independent endpoints can be used: found=1 needed=2")
                    .withMessageContaining("b=COOLING")
                    .matches(RpcException::isTransient);
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.pool.call(
                            "eth_sendRawTransaction", PoolTrial.sign(0).bytes()))
                    .matches(RpcException::isTransient);

            trial.node(1).setDown(false);
            trial.clock.advance(Duration.ofSeconds(2));
            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(1));
            trial.pool.call("eth_sendRawTransaction", PoolTrial.sign(0).bytes());
        }
    }

    @Test
    void countsEndpointsOfOneOperatorAsOneVoice() {
        List<EndpointSettings> endpoints = List.of(
                EndpointSettings.of("a", "http://a.example").withOperator("one"),
                EndpointSettings.of("b", "http://b.example").withOperator("one"));

        PoolSettings settings = PoolSettings.of(PoolTrial.CHAIN, endpoints);

        assertThat(settings.quorum()).isEqualTo(1);
        assertThatExceptionOfType(IllegalArgumentException.class)
                .isThrownBy(() -> settings.withQuorum(2))
                .withMessageContaining("quorum=2 operators=1");
    }

    @Test
    void blocksOnADisagreementWithoutMajorityUntilItIsOver() {
        try (PoolTrial trial = PoolTrial.of(2)) {
            trial.mine(3);
            Call call = Call.of(ACCOUNT, "0x");
            assertThat(trial.chain.call(call, BlockTag.LATEST)).isEqualTo("0x");
            trial.node(1).lie("eth_call", result -> text("0x02"));

            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.chain.call(call, BlockTag.LATEST))
                    .withMessageContaining("Endpoints contradict each other")
                    .withMessageContaining("eth_call")
                    .withMessageContaining("b: 0x02")
                    .matches(RpcException::isTransient);
            assertThat(trial.pool.isBlocked()).isTrue();
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.chain.transactionCount(ACCOUNT, BlockTag.LATEST));
            assertThatExceptionOfType(RpcException.class).isThrownBy(trial.chain::head);
            assertThatExceptionOfType(RpcException.class)
                    .isThrownBy(() -> trial.pool.call(
                            "eth_sendRawTransaction", PoolTrial.sign(0).bytes()));
            assertThat(trial.node(1).struck()).isPositive();

            trial.node(1).honest();
            assertThat(trial.chain.call(call, BlockTag.LATEST)).isEqualTo("0x");

            assertThat(trial.pool.isBlocked()).isFalse();
            assertThat(trial.events.lines("blocked")).hasSize(1);
            assertThat(trial.events.lines("unblocked")).hasSize(1);
            assertThat(trial.events.lines("lied")).isEmpty();
        }
    }

    @Test
    void believesAMajorityOnceAThirdVoiceIsThere() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(3);
            trial.node(2).setDown(true);
            Call call = Call.of(ACCOUNT, "0x");
            trial.chain.call(call, BlockTag.LATEST);
            trial.node(1).lie("eth_call", result -> text("0x02"));
            assertThatExceptionOfType(RpcException.class).isThrownBy(() -> trial.chain.call(call, BlockTag.LATEST));
            assertThat(trial.pool.isBlocked()).isTrue();

            trial.node(2).setDown(false);
            trial.clock.advance(Duration.ofMinutes(2));
            assertThat(trial.chain.call(call, BlockTag.LATEST)).isEqualTo("0x");

            assertThat(trial.state(1)).isEqualTo(EndpointState.DISTRUSTED);
            assertThat(trial.events.lines("unblocked")).hasSize(1);
        }
    }

    @Test
    void trustsASingleEndpointAndSaysSoOnce() {
        try (PoolTrial trial = PoolTrial.of(1)) {
            trial.mine(2);

            for (int i = 0; i < 3; i++) {
                assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(2));
            }
            trial.pool.call("eth_sendRawTransaction", PoolTrial.sign(0).bytes());

            assertThat(trial.events.lines("trusting")).containsExactly("trusting a");
            assertThat(trial.node(0).asked("eth_chainId")).isEqualTo(1);
            assertThat(trial.state(0)).isEqualTo(EndpointState.ALIVE);
        }
    }
}
