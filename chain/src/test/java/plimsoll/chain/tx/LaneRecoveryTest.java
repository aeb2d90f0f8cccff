package plimsoll.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/** What nodes and stores do to a lane, and how it comes back. */
class LaneRecoveryTest {

    private final LaneRig rig = new LaneRig();

    @Test
    void sendsAgainAtTheNextBlockAndAtTheSamePriceWhatTheNodeForgot() {
        LaneSender sender = rig.open();
        sender.submit(LaneRig.intent("a", "100"));
        sender.advance();

        rig.node.forgetPool();
        rig.node.mine();
        sender.advance();
        rig.node.mine();
        sender.advance();

        StoredIntent intent = sender.find("a").orElseThrow();
        assertThat(intent.state()).isInstanceOf(IntentState.Final.class);
        assertThat(intent.attempts()).hasSize(1);
        assertThat(rig.told).contains("forgotten");
    }

    @Test
    void raisesAtTheNextBlockWhatANodeDroppedForItsPrice() {
        rig.node.dropPricedOut();
        LaneSender sender = rig.open();
        sender.submit(LaneRig.intent("a", "100"));
        sender.advance();
        rig.baseFee(10);
        rig.node.mine();

        sender.advance();
        rig.node.mine();
        sender.advance();

        assertThat(sender.find("a").orElseThrow().state()).isInstanceOf(IntentState.Final.class);
        assertThat(sender.find("a").orElseThrow().attempts()).hasSize(2);
    }

    @Test
    void fillsTheNonceOfAStrangersTransactionThatAReorgTookAway() {
        rig.stranger(0);
        rig.node.mine();
        LaneSender sender = rig.open();
        sender.submit(LaneRig.intent("ours", "100"));
        sender.advance();

        rig.node.undo(1);
        rig.node.forgetPool();
        rig.node.mine();
        sender.advance();
        rig.later(6);
        sender.advance();
        sender.advance();
        rig.node.mine();
        sender.advance();

        assertThat(rig.told).contains("filling");
        assertThat(rig.minedNonces()).containsExactly(0L, 1L);
        assertThat(sender.find("ours").orElseThrow().state()).isInstanceOf(IntentState.Final.class);
        assertThat(rig.store.unfinished(LaneRig.LANE)).isEmpty();
    }

    @Test
    void sendsAgainWhatWasFinalWhenADeeperReorgTakesItAway() {
        LaneSender sender = rig.open();
        sender.submit(LaneRig.intent("first", "100"));
        sender.advance();
        rig.node.mine();
        sender.advance();
        assertThat(sender.find("first").orElseThrow().state()).isInstanceOf(IntentState.Final.class);

        rig.node.undo(1);
        rig.node.forgetPool();
        sender.submit(LaneRig.intent("second", "100"));
        sender.advance();
        rig.node.mine();
        sender.advance();

        assertThat(rig.minedData()).containsExactly(LaneRig.data("first"), LaneRig.data("second"));
        assertThat(rig.told).contains("reorganised");
        assertThat(rig.store.unfinished(LaneRig.LANE)).isEmpty();
    }

    @Test
    void concludesNothingFromAnswersThatContradictEachOther() {
        AtomicBoolean lying = new AtomicBoolean();
        JsonRpc liar = LaneRig.changed(
                rig.node,
                (request, answer) -> lying.get() && request.method().equals("eth_getTransactionCount")
                        ? StringNode.valueOf("0x0")
                        : answer);
        rig.settings = rig.settings.withConfirmations(3);
        LaneSender sender = rig.open(liar);
        sender.submit(LaneRig.intent("a", "100"));
        sender.advance();
        rig.node.mine();
        sender.advance();

        lying.set(true);
        rig.node.mine(3);
        sender.advance();
        sender.advance();

        assertThat(sender.find("a").orElseThrow().state()).isInstanceOf(IntentState.Mined.class);
        assertThat(rig.told).containsOnlyOnce("contradicted");
        lying.set(false);
        sender.advance();
        assertThat(sender.find("a").orElseThrow().state()).isInstanceOf(IntentState.Final.class);
        assertThat(rig.node.mined()).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"plan", "sign", "record"})
    void findsOutWhatTheStoreDidWhenItsAnswerGotLost(String method) {
        AtomicBoolean struck = new AtomicBoolean();
        LaneSender sender = rig.open(rig.losingItsFirstAnswerTo(method, struck));
        List<TransactionIntent> intents = List.of(LaneRig.intent("a", "100"), LaneRig.intent("b", "100"));

        for (int i = 0; i < 4; i++) {
            try {
                sender.submitAll(intents);
                sender.advance();
                rig.node.mine();
            } catch (IllegalStateException e) {
                assertThat(e).hasMessage("Connection broke after the commit");
            }
        }

        assertThat(struck).isTrue();
        assertThat(rig.minedData()).containsExactly(LaneRig.data("a"), LaneRig.data("b"));
        assertThat(rig.store.unfinished(LaneRig.LANE)).isEmpty();
    }

    @Test
    void sendsAgainWhatANodesPoolMissesBelow() {
        AtomicInteger gaps = new AtomicInteger();
        JsonRpc hasty = LaneRig.changed(rig.node, (request, answer) -> {
            if (request.method().equals("eth_sendRawTransaction") && gaps.getAndIncrement() == 1) {
                rig.node.forgetPool();
                throw new RpcException(Kind.REJECTED, "Node refused: nonce too high");
            }
            return answer;
        });
        LaneSender sender = rig.open(hasty);

        sender.submitAll(List.of(LaneRig.intent("a", "100"), LaneRig.intent("b", "100")));
        sender.advance();
        rig.node.mine();
        sender.advance();

        assertThat(rig.minedData()).containsExactly(LaneRig.data("a"), LaneRig.data("b"));
        assertThat(gaps).hasValueGreaterThan(2);
    }

    @Test
    void resendsInItsOwnWayWhenThatIsDueAndTellsItWhatIsSettled() {
        List<String> sent = new ArrayList<>();
        List<String> settled = new ArrayList<>();
        LaneSender sender = rig.open(new Broadcast() {
            @Override
            public List<RpcAnswer> send(List<StoredIntent> intents, BlockHeader head) {
                intents.forEach(intent -> sent.add(intent.reason() + "@" + head.number()));
                return new NodeBroadcast(rig.node).send(intents, head);
            }

            @Override
            public boolean isDue(StoredIntent intent, BlockHeader head) {
                return true;
            }

            @Override
            public void settled(StoredIntent intent) {
                settled.add(intent.reason() + " " + intent.state().word());
            }
        });
        rig.node.setBlockCapacity(0);
        sender.submit(
                LaneRig.intent("a", "100").withDeadline(rig.clock.instant().plusSeconds(60)));
        sender.advance();
        rig.node.mine();
        sender.advance();
        rig.later(61);
        sender.advance();
        rig.node.setBlockCapacity(10);
        rig.node.mine();
        sender.advance();

        assertThat(sent.subList(0, 3)).containsExactly("a@0", "a@1", "a@1");
        assertThat(settled).containsExactly("a signed", "a dropped");
    }

    @Test
    void refusesAChainWithoutABaseFee() {
        JsonRpc legacy = LaneRig.changed(rig.node, (request, answer) -> {
            if (request.method().equals("eth_getBlockByNumber")) {
                ((ObjectNode) answer).remove("baseFeePerGas");
            }
            return answer;
        });

        assertThatThrownBy(() -> rig.open(legacy))
                .isInstanceOf(RpcException.class)
                .hasMessageContaining("Chain has no base fee, and only EIP-1559 transactions are made here");
    }
}
