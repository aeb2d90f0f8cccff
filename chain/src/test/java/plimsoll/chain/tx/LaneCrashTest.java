package plimsoll.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.testing.Fuse;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.testing.PooledTransaction;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/** Ends the sender before and after each of its calls in turn; a new one must finish the work, once each, without a gap. */
class LaneCrashTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));
    private static final int INTENTS = 5;

    private final LaneSettings settings = LaneSettings.of(CHAIN, "test")
            .withConfirmations(3)
            .withBumpAfter(Duration.ofSeconds(5))
            .withLeaseTime(Duration.ofSeconds(10))
            .withPollInterval(Duration.ofSeconds(1));

    @Test
    void losesDoublesAndSkipsNothingWhereverItDies() {
        int points = 0;
        for (boolean crashed = true; crashed; ) {
            crashed = diesAndRecovers(++points);
        }
        assertThat(points).isGreaterThan(60);
    }

    private boolean diesAndRecovers(int point) {
        SimulatedNode node = new SimulatedNode(CHAIN.value());
        ManualClock clock = ManualClock.atNoon();
        MemoryIntentStore store = new MemoryIntentStore(clock);
        Fuse fuse = new Fuse(point);
        try {
            work(node, fuse.on(node), fuse.on(store), clock);
        } catch (Fuse.Crash e) {
            work(node, node, store, clock); // the process starts again and does all that it meant to do
        }

        String where = "crash point " + point;
        Lane lane = new Lane(CHAIN, SIGNER.address());
        assertThat(store.on(lane))
                .as(where)
                .hasSize(INTENTS)
                .allSatisfy(intent -> assertThat(intent.state()).isInstanceOf(IntentState.Final.class));
        assertThat(node.mined())
                .as(where)
                .extracting(PooledTransaction::data)
                .containsExactlyInAnyOrderElementsOf(
                        intents().stream().map(TransactionIntent::data).toList());
        assertThat(node.mined())
                .as(where)
                .extracting(PooledTransaction::nonce)
                .containsExactlyInAnyOrder(0L, 1L, 2L, 3L, 4L);
        return fuse.isBlown();
    }

    @Test
    void losesDoublesAndSkipsNothingWhileIntentsMakeWayAndAreGivenUp() {
        int points = 0;
        for (boolean crashed = true; crashed; ) {
            crashed = diesWhileOthersAreUrgent(++points);
        }
        assertThat(points).isGreaterThan(60);
    }

    private boolean diesWhileOthersAreUrgent(int point) {
        SimulatedNode node = new SimulatedNode(CHAIN.value());
        ManualClock clock = ManualClock.atNoon();
        MemoryIntentStore store = new MemoryIntentStore(clock);
        Instant deadline = clock.instant().plusSeconds(20);
        Fuse fuse = new Fuse(point);
        try {
            hurry(node, fuse.on(node), fuse.on(store), clock, deadline);
        } catch (Fuse.Crash e) {
            hurry(node, node, store, clock, deadline);
        }

        String where = "crash point " + point;
        Lane lane = new Lane(CHAIN, SIGNER.address());
        List<String> data = node.mined().stream()
                .map(PooledTransaction::data)
                .filter(call -> !call.equals("0x"))
                .toList();
        assertThat(store.unfinished(lane)).as(where).isEmpty();
        assertThat(data).as(where).doesNotHaveDuplicates().contains("0x01", "0x03");
        assertThat(store.find("slow").orElseThrow().state()).as(where).isInstanceOf(IntentState.Final.class);
        assertThat(store.find("urgent").orElseThrow().state()).as(where).isInstanceOf(IntentState.Final.class);
        // Planned too late it was refused; planned in time it was given up, or mined before that.
        assertThat(store.find("late").map(StoredIntent::state))
                .as(where)
                .satisfiesAnyOf(
                        late -> assertThat(late).isEmpty(),
                        late -> assertThat(late).containsInstanceOf(IntentState.Dropped.class),
                        late -> assertThat(late).containsInstanceOf(IntentState.Final.class));
        assertThat(data.contains("0x02"))
                .as(where)
                .isEqualTo(store.find("late")
                        .filter(intent -> intent.state() instanceof IntentState.Final)
                        .isPresent());
        assertThat(node.mined())
                .as(where)
                .extracting(PooledTransaction::nonce)
                .containsExactlyElementsOf(
                        LongStream.range(0, node.mined().size()).boxed().toList());
        return fuse.isBlown();
    }

    /** A slow intent and one with a deadline, both held by their caps; an urgent one comes behind them. */
    private void hurry(SimulatedNode node, JsonRpc rpc, IntentStore store, ManualClock clock, Instant deadline) {
        node.setBaseFee(BigInteger.valueOf(1_000_000_000));
        LaneSender sender = LaneSender.open(new Chain(rpc), SIGNER, store, settings, clock, new SilentLaneEvents())
                .orElseThrow();
        sender.submitAll(List.of(
                intent("slow", 1, "3").withUrgency(Urgency.SLOW),
                intent("late", 2, "3").withDeadline(deadline)));
        sender.advance();
        node.setBaseFee(BigInteger.valueOf(10_000_000_000L));
        clock.advance(Duration.ofSeconds(6));
        sender.advance();
        clock.advance(Duration.ofSeconds(15));
        sender.submit(intent("urgent", 3, "200").withUrgency(Urgency.URGENT));
        for (int i = 0; i < 5; i++) {
            sender.advance();
            node.mine();
        }
        node.setBaseFee(BigInteger.valueOf(1_000_000_000));
        for (int i = 0; i < 6; i++) {
            clock.advance(Duration.ofSeconds(4));
            sender.advance();
            node.mine();
        }
        sender.advance();
        sender.close();
    }

    /** Two intents, then three; the base fee jumps in between, so that fees are raised; a reorg takes the first block away. */
    private void work(SimulatedNode node, JsonRpc rpc, IntentStore store, ManualClock clock) {
        LaneSender sender = LaneSender.open(new Chain(rpc), SIGNER, store, settings, clock, new SilentLaneEvents())
                .orElseThrow();
        sender.submitAll(intents().subList(0, 2));
        sender.advance();
        node.mine();
        sender.advance();
        if (node.height() == 1) {
            node.undo(1);
        }
        sender.submitAll(intents());
        sender.advance();
        node.setBaseFee(BigInteger.valueOf(20_000_000_000L));
        for (int i = 0; i < 8; i++) {
            node.mine();
            clock.advance(Duration.ofSeconds(6));
            sender.advance();
        }
        sender.close();
    }

    private static List<TransactionIntent> intents() {
        return IntStream.range(0, INTENTS)
                .mapToObj(i -> intent("liquidation/" + i, i, "200"))
                .toList();
    }

    private static TransactionIntent intent(String reason, int data, String capInGwei) {
        return new TransactionIntent(
                reason,
                Address.parse("0x00000000000000000000000000000000000000aa"),
                "0x0" + data,
                Wei.ZERO,
                new Gas(100_000),
                GasPrice.parse(capInGwei));
    }
}
