package plimsoll.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.testing.PooledTransaction;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.chain.tx.Broadcast;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.LeaseLostException;
import plimsoll.chain.tx.NodeBroadcast;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/** Two processes and one lane in PostgreSQL: whoever sleeps longer than the lease writes nothing when it wakes. */
class LaneFencingTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));
    private static final Duration LEASE = Duration.ofMillis(900);

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    private final SimulatedNode node = new SimulatedNode(CHAIN.value());
    private final PostgresIntentStore store = new PostgresIntentStore(DATABASE.dataSource());

    @Test
    void aHolderThatSleepsInTheMiddleOfAPassWritesNothingWhenItWakes() {
        AtomicReference<LaneSender> second = new AtomicReference<>();
        AtomicReference<Duration> takeOver = new AtomicReference<>(Duration.ZERO);
        Broadcast sleepy = (intents, head) -> {
            // Signed and stored, not yet sent: another process takes over and does all the work.
            long start = System.nanoTime();
            LaneSender other = openWhenFree("second");
            takeOver.set(Duration.ofNanos(System.nanoTime() - start));
            second.set(other);
            other.advance();
            node.mine();
            other.advance();
            return new NodeBroadcast(node).send(intents, head);
        };
        LaneSender first = open("first", sleepy).orElseThrow();
        first.submit(intent("a"));

        assertThatThrownBy(first::advance).isInstanceOf(LeaseLostException.class);

        assertThatThrownBy(() -> first.submit(intent("b"))).isInstanceOf(LeaseLostException.class);
        assertThat(store.find("a").orElseThrow().state()).isInstanceOf(IntentState.Final.class);
        assertThat(store.find("a").orElseThrow().attempts()).hasSize(1);
        assertThat(store.find("b")).isEmpty();
        assertThat(node.mined()).hasSize(1);
        assertThat(takeOver.get()).isLessThan(LEASE.plusSeconds(5)); // the lease, and a slow machine
        System.out.println(
                "take-over after " + takeOver.get().toMillis() + " ms of a lease of " + LEASE.toMillis() + " ms");

        second.get().submit(intent("c"));
        second.get().advance();
        node.mine();
        second.get().advance();
        assertThat(node.mined()).extracting(PooledTransaction::nonce).containsExactly(0L, 1L);
        second.get().close();
    }

    private LaneSender openWhenFree(String holder) {
        long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (System.nanoTime() < deadline) {
            Optional<LaneSender> opened = open(holder, new NodeBroadcast(node));
            if (opened.isPresent()) {
                return opened.get();
            }
            LockSupport.parkNanos(Duration.ofMillis(10).toNanos());
        }
        throw new AssertionError("The lane never became free");
    }

    private Optional<LaneSender> open(String holder, Broadcast broadcast) {
        LaneSettings settings = LaneSettings.of(CHAIN, holder)
                .withPollInterval(Duration.ofMillis(100))
                .withLeaseTime(LEASE);
        return LaneSender.open(
                new Chain(node), SIGNER, store, settings, InstantSource.system(), new SilentLaneEvents(), broadcast);
    }

    private static TransactionIntent intent(String reason) {
        return new TransactionIntent(
                reason,
                Address.parse("0x00000000000000000000000000000000000000aa"),
                "0x01",
                Wei.ZERO,
                new Gas(100_000),
                GasPrice.parse("100"));
    }
}
