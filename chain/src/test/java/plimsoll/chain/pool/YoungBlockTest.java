package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.chain.pool.PoolTrial.ACCOUNT;

import org.junit.jupiter.api.Test;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Call;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;
import tools.jackson.databind.node.JsonNodeFactory;

/** What is not yet known everywhere about a block that has only just come is no lie. */
class YoungBlockTest {

    @Test
    void tellsOfAReceiptOnceEnoughNodesHaveIt() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(2);
            TxHash tx = trial.transact(0);
            trial.pool.observe();

            trial.chains.get(0).mine();
            assertThat(trial.chain.receipt(tx)).isEmpty();
            trial.chains.get(1).mine();
            assertThat(trial.chain.receipt(tx)).isPresent();
            assertThat(trial.pool.head().orElseThrow().number()).isEqualTo(new BlockNumber(3));

            trial.assertPeace();
        }
    }

    @Test
    void waitsForANodeThatHasItsReceiptsAMomentLater() {
        try (PoolTrial trial = PoolTrial.of(2)) {
            TxHash tx = trial.transact(0);
            trial.mine(2);
            long[] asked = {0};
            trial.node(0)
                    .bend(
                            "eth_getTransactionReceipt",
                            (request, node) ->
                                    asked[0]++ == 0 ? JsonNodeFactory.instance.nullNode() : node.call(request));

            assertThat(trial.chain.receipt(tx)).isPresent();

            assertThat(asked[0]).isGreaterThan(1);
            trial.assertPeace();
        }
    }

    @Test
    void excusesWhoLacksTheNewestBlocksReceiptsUntilTheNextBlock() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(2);
            TxHash tx = trial.transact(0);
            trial.mine(1);
            trial.node(0).lie("eth_getTransactionReceipt", receipt -> JsonNodeFactory.instance.nullNode());

            assertThat(trial.chain.receipt(tx)).isPresent();
            trial.audited();
            assertThat(trial.state(0)).isNotEqualTo(EndpointState.DISTRUSTED);

            trial.mine(1);
            trial.pool.observe();
            assertThat(trial.state(0)).isEqualTo(EndpointState.DISTRUSTED);
        }
    }

    @Test
    void waitsForABlockThatHasNotReachedEveryMachineBehindADoor() {
        try (PoolTrial trial = PoolTrial.of(2)) {
            trial.mine(2);
            long[] asked = {0};
            trial.node(1).bend("eth_call", (request, node) -> {
                if (asked[0]++ < 2) {
                    throw new RpcException(Kind.TRANSIENT, "Node refused: header not found");
                }
                return node.call(request);
            });

            assertThat(trial.chain.call(Call.of(ACCOUNT, "0x"), BlockTag.LATEST))
                    .isEqualTo("0x");

            assertThat(asked[0]).isEqualTo(3);
            trial.assertPeace();
            assertThat(trial.pool.endpoints().get(1).strikes()).isZero();
        }
    }
}
