package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.chain.pool.PoolTrial.ACCOUNT;
import static plimsoll.chain.pool.PoolTrial.LOGS;
import static plimsoll.chain.pool.PoolTrial.TOPIC;
import static plimsoll.chain.pool.PoolTrial.text;

import java.util.List;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.units.BlockNumber;
import plimsoll.units.Nonce;
import tools.jackson.databind.JsonNode;

/** Which block counts as the newest, and as final, where endpoints stand at different heights. */
class AgreedHeadTest {

    @Test
    void takesALaggingNodeForIgnorant() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(2);
            trial.pool.observe();
            trial.onAll(node -> node.emit(ACCOUNT, TOPIC, "0x01"));
            trial.chains.get(0).mine(2);
            trial.chains.get(1).mine(2);

            for (int i = 0; i < 6; i++) {
                BlockHeader head = trial.chain.head();
                assertThat(head.number()).isEqualTo(new BlockNumber(4));
                assertThat(trial.chain.logs(
                                LOGS, trial.chain.header(BlockAt.number(3)).hash()))
                        .hasSize(1);
                assertThat(trial.chain.transactionCount(ACCOUNT, BlockTag.LATEST))
                        .isEqualTo(new Nonce(0));
            }

            trial.assertPeace();
            assertThat(trial.state(2)).isEqualTo(EndpointState.ALIVE);
        }
    }

    @Test
    void isNotMovedByASingleHead() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(3);
            trial.chains.get(0).mine(50);

            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(3));

            trial.chains.get(1).mine(2);
            assertThat(trial.chain.head().number()).isEqualTo(new BlockNumber(5));
            trial.assertPeace();
        }
    }

    @Test
    void forgivesAReorg() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(5);
            trial.pool.observe();

            trial.chains.get(0).undo(2);
            trial.chains.get(0).mine(3);
            BlockHeader between = trial.chain.head();
            EndpointState alone = trial.state(0);
            trial.chains.get(1).undo(2);
            trial.chains.get(1).mine(3);
            trial.chains.get(2).undo(2);
            trial.chains.get(2).mine(3);
            BlockHeader after = trial.chain.head();

            assertThat(between.number()).isEqualTo(new BlockNumber(5));
            assertThat(alone).isIn(EndpointState.ALIVE, EndpointState.BEHIND);
            assertThat(after.number()).isEqualTo(new BlockNumber(6));
            trial.pool.observe();
            trial.assertPeace();
            assertThat(List.of(trial.state(0), trial.state(1), trial.state(2))).containsOnly(EndpointState.ALIVE);
        }
    }

    @Test
    void believesAFinalBlockThatEnoughNodesHaveReached() {
        try (PoolTrial trial = PoolTrial.of(3)) {
            trial.mine(20);
            trial.onAll(node -> node.setFinality(10));
            trial.chains.get(1).setFinality(5);
            trial.chains.get(2).setFinality(15);

            JsonNode header = trial.pool.call("eth_getBlockByNumber", "finalized", false);

            assertThat(header.path("number")).isEqualTo(text("0xa"));
            trial.assertPeace();
        }
    }
}
