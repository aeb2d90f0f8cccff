package plimsoll.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.testing.CountingLaneEvents;
import plimsoll.chain.testing.Fuse;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.devnet.testing.BareNode;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/** Lanes on a real node. */
class LaneOnAnvilTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));
    private static final Lane LANE = new Lane(CHAIN, SIGNER.address());
    private static final Address TARGET = Address.parse("0x00000000000000000000000000000000000000aa");

    @RegisterExtension
    final BareNode anvil = BareNode.with("--no-mining");

    private final ManualClock clock = ManualClock.atNoon();
    private final MemoryIntentStore store = new MemoryIntentStore(clock);
    private final LaneSettings settings =
            LaneSettings.of(CHAIN, "test").withBumpAfter(Duration.ofSeconds(5)).withPollInterval(Duration.ofMillis(50));
    private final CountingLaneEvents events = new CountingLaneEvents();

    @BeforeEach
    void start() {
        anvil.fund(SIGNER.address());
    }

    @Test
    void minesAHundredIntentsAtOnceWithinTwoBlocks() {
        LaneSender sender = open(anvil.rpc(), settings);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (TransactionIntent intent : intents(100)) {
                threads.execute(() -> sender.submit(intent));
            }
        }
        sender.advance();

        mine();
        mine();
        sender.advance();

        assertThat(events.failures()).isZero();
        assertThat(states()).hasSize(100).allMatch(IntentState.Final.class::isInstance);
        assertThat(store.on(LANE))
                .extracting(intent -> intent.nonce().value())
                .containsExactlyElementsOf(LongStream.range(0, 100).boxed().toList());
        assertThat(anvil.chain().transactionCount(SIGNER.address(), BlockTag.LATEST))
                .isEqualTo(new Nonce(100));
    }

    @Test
    void minesAHundredIntentsInTheBackgroundOfABusyChain() {
        anvil.call("evm_setAutomine", true);
        try (LaneSender sender = open(anvil.rpc(), settings)) {
            sender.start();

            sender.submitAll(intents(100));

            for (TransactionIntent intent : intents(100)) {
                assertThat(sender.await(intent.reason(), Duration.ofSeconds(30))
                                .orElseThrow()
                                .state())
                        .isInstanceOf(IntentState.Final.class);
            }
        }
        assertThat(events.failures()).isZero();
        assertThat(anvil.chain().transactionCount(SIGNER.address(), BlockTag.LATEST))
                .isEqualTo(new Nonce(100));
    }

    @Test
    void replacesAndNeverDoublesWhenFeesRise() {
        LaneSender sender = open(anvil.rpc(), settings);
        sender.submitAll(intents(10));
        sender.advance();
        anvil.call("anvil_setNextBlockBaseFeePerGas", "0x2540be400"); // 10 gwei, more than was offered
        mine();
        sender.advance(); // the next block cannot take them, so nothing is waited for
        mine();
        sender.advance();

        assertThat(events.failures()).isZero();
        assertThat(store.on(LANE)).hasSize(10).allSatisfy(intent -> {
            assertThat(intent.state()).isInstanceOf(IntentState.Final.class);
            assertThat(intent.attempts()).hasSize(2);
        });
        assertThat(anvil.chain().transactionCount(SIGNER.address(), BlockTag.LATEST))
                .isEqualTo(new Nonce(10));
    }

    @Test
    void sendsAtOnceAndAtTheSamePriceWhatTheNodeForgot() {
        LaneSender sender = open(anvil.rpc(), settings);
        sender.submitAll(intents(3));
        sender.advance();

        anvil.call("anvil_dropAllTransactions");
        mine();
        sender.advance();
        mine();
        sender.advance();

        assertThat(store.on(LANE)).hasSize(3).allSatisfy(intent -> {
            assertThat(intent.state()).isInstanceOf(IntentState.Final.class);
            assertThat(intent.attempts()).hasSize(1);
        });
        assertThat(events.failures()).isZero();
    }

    @Test
    void finishesAfterACrashAtAnyOfItsCalls() {
        boolean crashed = true;
        int points = 0;
        for (int point = 1; crashed; point += 2) {
            String prefix = "crash" + point + "/";
            Fuse fuse = new Fuse(point);
            long before = count();
            try {
                work(fuse.on(anvil.rpc()), fuse.on(store), prefix);
            } catch (Fuse.Crash e) {
                work(anvil.rpc(), store, prefix);
            }
            crashed = fuse.isBlown();
            points++;

            assertThat(count() - before).as("crash point %d", point).isEqualTo(4);
            assertThat(states()).as("crash point %d", point).allMatch(IntentState.Final.class::isInstance);
        }
        assertThat(points).isGreaterThan(15);
    }

    private void work(JsonRpc through, IntentStore with, String prefix) {
        LaneSender sender = LaneSender.open(new Chain(through), SIGNER, with, settings, clock, events)
                .orElseThrow();
        sender.submitAll(intents(prefix, 2));
        sender.advance();
        mine();
        sender.submitAll(intents(prefix, 4));
        sender.advance();
        mine();
        sender.advance();
        sender.close();
    }

    @Test
    void sendsAgainWhatAReorgTookAway() {
        LaneSender sender = open(anvil.rpc(), settings.withConfirmations(3));
        sender.submitAll(intents(3));
        sender.advance();
        mine();
        sender.advance();
        assertThat(states()).allMatch(IntentState.Mined.class::isInstance);

        anvil.call("anvil_reorg", 1, List.of());
        anvil.call("anvil_dropAllTransactions");
        sender.advance();
        mine();
        mine();
        mine();
        sender.advance();

        assertThat(states()).hasSize(3).allMatch(IntentState.Final.class::isInstance);
        assertThat(count()).isEqualTo(3);
    }

    @Test
    void tellsWhyAContractReverted() throws IOException {
        // Runtime code that reverts with Error("no"): copies the 100 bytes behind it to memory and reverts with them.
        String reason = "08c379a0" + "0".repeat(62) + "20" + "0".repeat(63) + "2" + "6e6f" + "0".repeat(60);
        anvil.call("anvil_setCode", TARGET.hex(), "0x6064600b5f3960645ffd00" + reason);
        LaneSender sender = open(anvil.rpc(), settings);
        sender.submit(intents(1).getFirst());
        sender.advance();
        mine();
        sender.advance();

        assertThat(states())
                .singleElement()
                .isInstanceOfSatisfying(
                        IntentState.Reverted.class,
                        state -> assertThat(state.reason()).isEqualTo("no"));
        assertThat(Files.exists(anvil.output())).isTrue();
    }

    private LaneSender open(JsonRpc through, LaneSettings with) {
        return LaneSender.open(new Chain(through), SIGNER, store, with, clock, events)
                .orElseThrow();
    }

    private void mine() {
        anvil.call("evm_mine");
    }

    private long count() {
        return anvil.chain().transactionCount(SIGNER.address(), BlockTag.LATEST).value();
    }

    private List<IntentState> states() {
        List<IntentState> states = new ArrayList<>();
        store.on(LANE).forEach(intent -> states.add(intent.state()));
        return states;
    }

    private static List<TransactionIntent> intents(int count) {
        return intents("liquidation/", count);
    }

    private static List<TransactionIntent> intents(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TransactionIntent(
                        prefix + i, TARGET, "0x01", Wei.ZERO, new Gas(100_000), GasPrice.parse("100")))
                .toList();
    }
}
