package plimsoll.chain.tx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

/** Intents that wait in one sequence of nonces: who is raised, who makes way, who is given up. */
class LaneQueueTest {

    private final LaneRig rig = new LaneRig();

    @Test
    void sendsWhatIsPlannedWhileItLooksAtTheChain() {
        CountDownLatch bothSent = new CountDownLatch(2);
        AtomicReference<Optional<LaneSender>> looking = new AtomicReference<>(Optional.empty());
        AtomicBoolean wereSent = new AtomicBoolean();
        LaneSender sender = rig.open(LaneRig.changed(rig.node, (request, answer) -> {
            if (request.method().equals("eth_sendRawTransaction")) {
                bothSent.countDown();
            }
            if (request.method().equals("eth_getTransactionCount")) {
                looking.getAndSet(Optional.empty()).ifPresent(its -> {
                    its.submit(LaneRig.intent("second", "100"));
                    wereSent.set(isOver(bothSent)); // this answer comes no sooner
                });
            }
            return answer;
        }));
        sender.submit(LaneRig.intent("first", "100"));
        looking.set(Optional.of(sender));

        sender.advance();

        assertThat(wereSent).isTrue();
    }

    private static boolean isOver(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    @Test
    void raisesAtOnceWhatStandsBeforeAnUrgentIntent() {
        LaneSender sender = rig.open();
        sender.submit(LaneRig.intent("slow", "100").withUrgency(Urgency.SLOW));
        sender.advance();
        rig.node.setUsualTip(BigInteger.valueOf(5_000_000_000L));
        rig.later(4);

        sender.submit(LaneRig.intent("urgent", "100").withUrgency(Urgency.URGENT));
        sender.advance();

        List<Attempt> attempts = sender.find("slow").orElseThrow().attempts();
        assertThat(attempts).hasSize(2);
        assertThat(attempts.getLast().maxPriorityFee()).isEqualTo(GasPrice.parse("5"));
        rig.node.mine();
        assertThat(rig.minedData()).containsExactly(LaneRig.data("slow"), LaneRig.data("urgent"));
    }

    @Test
    void raisesNothingForAnEquallyUrgentIntent() {
        LaneSender sender = rig.open();
        sender.submit(LaneRig.intent("first", "100"));
        sender.advance();
        rig.node.setUsualTip(BigInteger.valueOf(5_000_000_000L));
        rig.later(4);

        sender.submit(LaneRig.intent("second", "100"));
        sender.advance();

        assertThat(sender.find("first").orElseThrow().attempts()).hasSize(1);
    }

    @Test
    void usesTheNonceUpWhereASlowIntentCannotPayAndPlansItAgainBehind() {
        LaneSender sender = rig.open();
        sender.submit(LaneRig.intent("slow", "3").withUrgency(Urgency.SLOW));
        sender.advance();
        rig.baseFee(10);

        sender.submit(LaneRig.intent("urgent", "100").withUrgency(Urgency.URGENT));
        sender.advance();
        rig.node.mine();
        sender.advance();
        StoredIntent waiting = sender.find("slow").orElseThrow();
        rig.baseFee(1);
        sender.advance();
        rig.node.mine();
        sender.advance();

        assertThat(rig.told).contains("yielding", "replanned");
        assertThat(waiting.nonce()).isEqualTo(new Nonce(2));
        assertThat(waiting.state().isFinished()).isFalse();
        assertThat(rig.minedData()).containsExactly("0x", LaneRig.data("urgent"), LaneRig.data("slow"));
        assertThat(rig.minedNonces()).containsExactly(0L, 1L, 2L);
        assertThat(sender.find("slow").orElseThrow().state()).isInstanceOf(IntentState.Final.class);
        assertThat(rig.store.unfinished(LaneRig.LANE)).isEmpty();
    }

    @Test
    void plansNothingAgainWhereTheIntentItselfWasMinedInPlaceOfTheNoOp() {
        boolean[] losing = {false};
        LaneSender sender = rig.open(LaneRig.changed(rig.node, (request, answer) -> answer));
        sender.submit(LaneRig.intent("slow", "3").withUrgency(Urgency.SLOW));
        sender.advance();
        sender.close();
        sender = rig.open((Broadcast) (intents, head) -> {
            if (losing[0]) {
                throw new RpcException(Kind.TRANSIENT, "Connection broke before anything left");
            }
            return new NodeBroadcast(rig.node).send(intents, head);
        });
        sender.advance();
        rig.baseFee(10);
        losing[0] = true;
        LaneSender broken = sender;
        sender.submit(LaneRig.intent("urgent", "100").withUrgency(Urgency.URGENT));
        assertThatThrownBy(broken::advance).isInstanceOf(RpcException.class);
        assertThatThrownBy(broken::advance).isInstanceOf(RpcException.class);

        rig.baseFee(1);
        rig.node.mine(); // the first attempt, which the pool still has
        losing[0] = false;
        sender.advance();
        rig.node.mine();
        sender.advance();

        assertThat(rig.minedData()).containsExactly(LaneRig.data("slow"), LaneRig.data("urgent"));
        assertThat(sender.find("slow").orElseThrow().state()).isInstanceOf(IntentState.Final.class);
        assertThat(rig.told).doesNotContain("replanned");
    }

    @Test
    void givesUpWhatNoBlockTookByItsDeadline() {
        LaneSender sender = rig.open();
        sender.submit(
                LaneRig.intent("late", "3").withDeadline(rig.clock.instant().plusSeconds(10)));
        sender.advance();
        rig.baseFee(10);
        sender.advance();
        rig.later(7);

        sender.advance();
        rig.node.mine();
        sender.advance();

        assertThat(sender.find("late").orElseThrow().state())
                .isInstanceOfSatisfying(
                        IntentState.Dropped.class,
                        dropped -> assertThat(dropped.reason()).startsWith("deadline passed: deadline="));
        assertThat(rig.minedData()).containsExactly("0x");
    }

    @Test
    void neverSendsWhatIsOverdueBeforeItsFirstBytesExist() {
        LaneSender sender = rig.open();
        sender.submit(
                LaneRig.intent("late", "100").withDeadline(rig.clock.instant().plusSeconds(1)));
        rig.later(2);

        sender.advance();
        rig.node.mine();
        sender.advance();

        assertThat(sender.find("late").orElseThrow().state()).isInstanceOf(IntentState.Dropped.class);
        assertThat(rig.minedData()).containsExactly("0x");
        assertThat(sender.submit(LaneRig.intent("too late", "100").withDeadline(rig.clock.instant())))
                .isInstanceOf(Submission.TooLate.class);
    }

    @Test
    void givesUpWhatItsCapHoldsForLongWhileOthersWaitBehind() {
        rig.settings = rig.settings.withGiveUpAfter(Duration.ofSeconds(30));
        LaneSender sender = rig.open();
        sender.submit(LaneRig.intent("capped", "3.1"));
        sender.advance();
        rig.baseFee(50);
        sender.advance();
        rig.later(31);
        sender.advance();
        assertThat(sender.find("capped").orElseThrow().attempts()).noneMatch(Attempt::cancels); // nobody waits behind

        sender.submit(LaneRig.intent("behind", "200"));
        sender.advance();
        rig.node.mine();
        sender.advance();

        assertThat(sender.find("capped").orElseThrow().state())
                .isInstanceOfSatisfying(
                        IntentState.Dropped.class,
                        dropped -> assertThat(dropped.reason()).startsWith("held by its fee cap"));
        assertThat(sender.find("behind").orElseThrow().state()).isInstanceOf(IntentState.Final.class);
    }

    @Test
    void raisesNothingBehindAnIntentThatNoBlockCanTake() {
        LaneSender sender = rig.open();
        sender.submitAll(List.of(LaneRig.intent("capped", "3.1"), LaneRig.intent("behind", "200")));
        sender.advance();
        rig.baseFee(50);
        rig.later(6);

        sender.advance();

        assertThat(sender.find("capped").orElseThrow().attempts()).hasSize(1);
        assertThat(sender.find("behind").orElseThrow().attempts()).hasSize(1);
        assertThat(rig.told).contains("heldByCap");
    }

    @Test
    void holdsAReplacementThatWouldBreakTheDaysSpendCap() {
        // 100 000 gas at 2 x 1 + 1 gwei = 0.0003 now; at a base fee of 10 gwei at least 0.001 more.
        rig.settings = rig.settings.withDailySpendCap(Wei.parse("0.001"));
        LaneSender sender = rig.open();
        sender.submit(LaneRig.intent("dear", "100"));
        sender.advance();
        rig.baseFee(10);

        sender.advance();

        assertThat(sender.find("dear").orElseThrow().attempts()).hasSize(1);
        assertThat(rig.told).contains("heldByBudget");
        rig.baseFee(1);
        rig.node.mine();
        sender.advance();
        assertThat(sender.find("dear").orElseThrow().state()).isInstanceOf(IntentState.Final.class);
    }

    @Test
    void countsWhatIsInFlightAtItsDearestAttempt() {
        rig.settings = rig.settings.withDailySpendCap(Wei.parse("0.005"));
        LaneSender sender = rig.open();
        sender.submit(LaneRig.intent("raised", "100"));
        sender.advance();
        rig.baseFee(10);
        sender.advance(); // 2 x 20 + 1 gwei x 100 000 = 0.0041

        Submission next = sender.submit(LaneRig.intent("next", "100"));

        assertThat(next).isInstanceOf(Submission.SpendCapReached.class);
    }
}
