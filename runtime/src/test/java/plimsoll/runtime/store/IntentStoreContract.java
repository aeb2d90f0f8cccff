package plimsoll.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import plimsoll.chain.tx.Attempt;
import plimsoll.chain.tx.Bid;
import plimsoll.chain.tx.Forerunner;
import plimsoll.chain.tx.Inclusion;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.IntentStore.Change;
import plimsoll.chain.tx.IntentStore.Planning;
import plimsoll.chain.tx.IntentStore.Signing;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.Lease;
import plimsoll.chain.tx.LeaseLostException;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.Urgency;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

/** What every intent store must do; the fake in memory and the one in PostgreSQL are both held to it. */
interface IntentStoreContract {

    AtomicInteger COUNTER = new AtomicInteger();
    Duration MINUTE = Duration.ofMinutes(1);
    Instant NOON = Instant.parse("2026-01-01T12:00:00.123456Z");
    Wei LARGEST = Wei.ofRaw(BigInteger.TWO.pow(256).subtract(BigInteger.ONE));

    IntentStore store();

    @Test
    default void plansUnderConsecutiveNoncesAndReturnsKnownReasonsUnchanged() {
        Lease lease = lease(lane());
        TransactionIntent known = intent(Wei.ZERO);
        Planning earlier =
                store().plan(lease, new Nonce(5), List.of(known), NOON).getFirst();

        List<Planning> plannings = store().plan(
                        lease, new Nonce(6), List.of(intent(Wei.ZERO), known, intent(LARGEST)), NOON.plusSeconds(1));

        assertThat(earlier.isNew()).isTrue();
        assertThat(plannings).extracting(Planning::isNew).containsExactly(true, false, true);
        assertThat(plannings).extracting(p -> p.intent().nonce().value()).containsExactly(6L, 5L, 7L);
        assertThat(plannings.get(1).intent()).isEqualTo(earlier.intent());
        assertThat(store().unfinished(lease.lane()))
                .containsExactly(
                        earlier.intent(),
                        plannings.get(0).intent(),
                        plannings.get(2).intent());
        assertThat(store().highestNonce(lease.lane())).contains(new Nonce(7));
    }

    @Test
    default void knowsAReasonOnWhateverLane() {
        TransactionIntent intent = intent(Wei.ZERO);
        StoredIntent first = planOne(lease(lane()), 0, intent);

        Planning second =
                store().plan(lease(lane()), new Nonce(0), List.of(intent), NOON).getFirst();

        assertThat(second.isNew()).isFalse();
        assertThat(second.intent()).isEqualTo(first);
        assertThat(store().find(intent.reason())).contains(first);
        assertThat(store().find("unheard of")).isEmpty();
    }

    @Test
    default void refusesATakenNonceAndThenPlansNothing() {
        Lease lease = lease(lane());
        planOne(lease, 3, intent(Wei.ZERO));
        TransactionIntent other = intent(Wei.ZERO);

        assertThatThrownBy(() -> store().plan(lease, new Nonce(2), List.of(other, intent(Wei.ZERO)), NOON))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("Nonce is planned already");
        assertThat(store().find(other.reason())).isEmpty();
    }

    @Test
    default void keepsWhatAnIntentStandsBehind() {
        Lease lease = lease(lane());
        Forerunner theirs =
                new Forerunner(Address.parse("0x00000000000000000000000000000000000000fe"), new Nonce(9), "0x02f86e");
        StoredIntent planned = planOne(lease, 0, intent(Wei.ZERO).behind(theirs));

        assertThat(store().find(planned.reason())).contains(planned);
        assertThat(store().unfinished(lease.lane()).getFirst().intent().forerunner())
                .contains(theirs);
    }

    @Test
    default void givesTheNonceOfAWithdrawnBidToAnother() {
        Lease lease = lease(lane());
        Bid bid = new Bid(hash(), new BlockNumber(77), GasPrice.parse("40"));
        StoredIntent lost = planOne(lease, 3, intent(Wei.ZERO).with(bid));
        Attempt same = attempt(1, false);
        store().sign(lease, List.of(new Signing(lost.id(), same)));

        store().record(lease, List.of(new Change(lost.id(), new IntentState.Withdrawn("its block came without it"))));
        Optional<Nonce> highest = store().highestNonce(lease.lane());
        StoredIntent next = planOne(lease, 3, intent(Wei.ZERO));
        store().sign(lease, List.of(new Signing(next.id(), same)));

        assertThat(highest).isEmpty();
        assertThat(store().at(lease.lane(), new Nonce(3)).orElseThrow().id()).isEqualTo(next.id());
        assertThat(store().find(lost.reason()).orElseThrow().intent().bid()).contains(bid);
        assertThat(store().find(lost.reason()).orElseThrow().state())
                .isEqualTo(new IntentState.Withdrawn("its block came without it"));
        assertThat(store().unfinished(lease.lane()))
                .extracting(StoredIntent::id)
                .containsExactly(next.id());
    }

    @Test
    default void keepsEveryAttemptWithItsBytes() {
        Lease lease = lease(lane());
        StoredIntent planned = planOne(lease, 0, intent(Wei.ZERO));
        Attempt first = attempt(1, false);
        Attempt bump = attempt(2, true);

        store().sign(lease, List.of(new Signing(planned.id(), first)));
        store().sign(lease, List.of(new Signing(planned.id(), bump)));

        StoredIntent found = store().find(planned.reason()).orElseThrow();
        assertThat(found.attempts()).containsExactly(first, bump);
        assertThat(found.state()).isEqualTo(new IntentState.Signed(bump.hash()));
        assertThat(store().unfinished(lease.lane())).containsExactly(found);
    }

    @Test
    default void readsBackEveryStateAsWritten() {
        Lease lease = lease(lane());
        StoredIntent planned = planOne(lease, 0, intent(Wei.ZERO));
        List<IntentState> states = List.of(
                new IntentState.Signed(hash()),
                new IntentState.Sent(hash(), NOON),
                new IntentState.Mined(inclusion(true)),
                new IntentState.Final(inclusion(true)),
                new IntentState.Reverted(inclusion(false), "health factor is not below one"),
                new IntentState.Replaced("another wallet used the nonce"),
                new IntentState.Dropped(inclusion(true), "gas limit above the block's"),
                new IntentState.Planned());

        for (IntentState state : states) {
            store().record(lease, List.of(new Change(planned.id(), state)));

            assertThat(store().find(planned.reason()).orElseThrow().state()).isEqualTo(state);
            assertThat(store().unfinished(lease.lane())).hasSize(state.isFinished() ? 0 : 1);
        }
    }

    @Test
    default void readsBackUrgencyAndDeadline() {
        TransactionIntent intent = intent(Wei.ZERO).withUrgency(Urgency.URGENT).withDeadline(NOON.plusNanos(999));

        planOne(lease(lane()), 0, intent);

        assertThat(store().find(intent.reason()).orElseThrow().intent()).isEqualTo(intent);
        assertThat(intent.deadline()).contains(NOON);
    }

    @Test
    default void readsBackWhyAnAttemptOnlyUsesItsNonceUp() {
        Lease lease = lease(lane());
        StoredIntent planned = planOne(lease, 0, intent(Wei.ZERO));
        Attempt yielding = new Attempt(
                1, GasPrice.ofRaw(9), GasPrice.ofRaw(2), hash(), "0x02", new Attempt.Purpose.Yield("for x"), NOON);

        store().sign(lease, List.of(new Signing(planned.id(), yielding)));

        assertThat(store().find(planned.reason()).orElseThrow().attempts()).containsExactly(yielding);
    }

    @Test
    default void plansAnIntentAgainAndKeepsTheRecordOfItsUsedNonce() {
        Lane lane = lane();
        Lease lease = lease(lane);
        StoredIntent first = planOne(lease, 0, intent(Wei.ofRaw(5)));
        Attempt act = attempt(1, false);
        Attempt yielding = new Attempt(
                2, GasPrice.ofRaw(99), GasPrice.ofRaw(3), hash(), "0x02", new Attempt.Purpose.Yield("for x"), NOON);
        store().sign(lease, List.of(new Signing(first.id(), act), new Signing(first.id(), yielding)));
        StoredIntent other = planOne(lease, 1, intent(Wei.ZERO));
        IntentState.Dropped yielded = new IntentState.Dropped(inclusion(true), "for x");

        StoredIntent again = store().replan(lease, first.id(), yielded, new Nonce(2));

        assertThat(again.id()).isEqualTo(first.id());
        assertThat(again.nonce()).isEqualTo(new Nonce(2));
        assertThat(again.state()).isEqualTo(new IntentState.Planned());
        assertThat(again.attempts()).isEmpty();
        assertThat(store().find(first.reason())).contains(again);
        assertThat(store().unfinished(lane)).containsExactly(other, again);
        StoredIntent record = store().at(lane, new Nonce(0)).orElseThrow();
        assertThat(record.state()).isEqualTo(yielded);
        assertThat(record.attempts()).containsExactly(act, yielding);
        assertThat(store().spentSince(lane, NOON)).isEqualTo(Wei.ofRaw(42_000));
        assertThatThrownBy(() -> store().replan(lease, first.id(), yielded, new Nonce(1)))
                .isInstanceOf(IllegalStateException.class);
        assertThat(store().find(first.reason())).contains(again);
    }

    @Test
    default void changesAllOrNothing() {
        Lease lease = lease(lane());
        StoredIntent planned = planOne(lease, 0, intent(Wei.ZERO));
        IntentState sent = new IntentState.Sent(hash(), NOON);

        assertThatThrownBy(() -> store().record(
                                lease, List.of(new Change(planned.id(), sent), new Change(Long.MAX_VALUE, sent))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("Intent is unknown");
        assertThat(store().find(planned.reason()).orElseThrow().state()).isEqualTo(new IntentState.Planned());
    }

    @Test
    default void countsFeesOfEveryInclusionAndTheValueThatMoved() {
        Lane lane = lane();
        Lease lease = lease(lane);
        Wei value = Wei.ofRaw(1_000_000);
        // Each inclusion costs 21 000 gas at 2 wei: 42 000 wei.
        List<IntentState> states = List.of(
                new IntentState.Mined(inclusion(true)),
                new IntentState.Mined(inclusion(false)),
                new IntentState.Final(inclusion(true)),
                new IntentState.Reverted(inclusion(false), "no"),
                new IntentState.Dropped(inclusion(true), "no"),
                new IntentState.Replaced("no"),
                new IntentState.Planned());
        for (int i = 0; i < states.size(); i++) {
            StoredIntent planned = store().plan(lease, new Nonce(i), List.of(intent(value)), NOON.plusSeconds(i))
                    .getFirst()
                    .intent();
            store().record(lease, List.of(new Change(planned.id(), states.get(i))));
        }

        assertThat(store().spentSince(lane, NOON)).isEqualTo(Wei.ofRaw(5 * 42_000 + 2 * 1_000_000));
        assertThat(store().spentSince(lane, NOON.plusSeconds(3))).isEqualTo(Wei.ofRaw(2 * 42_000));
        assertThat(store().spentSince(lane(), NOON)).isEqualTo(Wei.ZERO);
    }

    @Test
    default void leasesALaneToOneHolderUntilItsTimeIsOver() {
        Lane lane = lane();
        Lease first = store().acquire(lane, "first", MINUTE).orElseThrow();

        assertThat(store().acquire(lane, "second", MINUTE)).isEmpty();
        Lease again = store().acquire(lane, "first", Duration.ZERO).orElseThrow();
        Lease second = store().acquire(lane, "second", MINUTE).orElseThrow();

        assertThat(again.token()).isGreaterThan(first.token());
        assertThat(second.token()).isGreaterThan(again.token());
        assertThat(second.expires()).isAfter(again.expires());
    }

    @Test
    default void aHolderThatLostTheLaneWritesNothing() {
        Lane lane = lane();
        Lease old = store().acquire(lane, "first", MINUTE).orElseThrow();
        StoredIntent planned = planOne(old, 0, intent(Wei.ZERO));
        store().release(old);
        Lease current = store().acquire(lane, "second", MINUTE).orElseThrow();
        TransactionIntent late = intent(Wei.ZERO);

        assertThatThrownBy(() -> store().plan(old, new Nonce(1), List.of(late), NOON))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> store().sign(old, List.of(new Signing(planned.id(), attempt(1, false)))))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> store().record(old, List.of(new Change(planned.id(), new IntentState.Signed(hash())))))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() ->
                        store().replan(old, planned.id(), new IntentState.Dropped(inclusion(true), "no"), new Nonce(1)))
                .isInstanceOf(LeaseLostException.class);
        assertThatThrownBy(() -> store().renew(old, MINUTE)).isInstanceOf(LeaseLostException.class);
        store().release(old);

        assertThat(store().find(late.reason())).isEmpty();
        assertThat(store().unfinished(lane)).containsExactly(planned);
        assertThat(store().acquire(lane, "third", MINUTE)).isEmpty();
        assertThat(store().renew(current, MINUTE).token()).isEqualTo(current.token());
    }

    private StoredIntent planOne(Lease lease, long nonce, TransactionIntent intent) {
        return store().plan(lease, new Nonce(nonce), List.of(intent), NOON)
                .getFirst()
                .intent();
    }

    private Lease lease(Lane lane) {
        return store().acquire(lane, "test", MINUTE).orElseThrow();
    }

    private static Lane lane() {
        return new Lane(new ChainId(31_337), new Address("0x%040x".formatted(COUNTER.incrementAndGet())));
    }

    private static TransactionIntent intent(Wei value) {
        return new TransactionIntent(
                "reason " + COUNTER.incrementAndGet(),
                new Address("0x%040x".formatted(7)),
                "0xabcd",
                value,
                new Gas(21_000),
                GasPrice.ofRaw(100));
    }

    private static Attempt attempt(int number, boolean cancels) {
        Attempt.Purpose purpose =
                cancels ? new Attempt.Purpose.Drop("no node would take it") : new Attempt.Purpose.Act();
        return new Attempt(number, GasPrice.ofRaw(90), GasPrice.ofRaw(2), hash(), "0x02f8", purpose, NOON);
    }

    private static Inclusion inclusion(boolean succeeded) {
        BlockHash block = new BlockHash("0x%064x".formatted(9));
        return new Inclusion(hash(), new BlockNumber(12), block, succeeded, new Gas(21_000), GasPrice.ofRaw(2));
    }

    private static TxHash hash() {
        return new TxHash("0x%064x".formatted(COUNTER.incrementAndGet()));
    }
}
