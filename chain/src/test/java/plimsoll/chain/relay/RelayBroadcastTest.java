package plimsoll.chain.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.PooledTransaction;
import plimsoll.chain.testing.SilentRelayEvents;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.chain.testing.SimulatedRelay;
import plimsoll.chain.tx.Broadcast;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.units.BlockNumber;
import plimsoll.units.Nonce;

class RelayBroadcastTest {

    private final RpcException silence = new RpcException(Kind.TRANSIENT, "Node did not answer in time");
    private final RpcException no = new RpcException(Kind.REJECTED, -32000, "already known", Optional.empty());

    private final SimulatedNode node = new SimulatedNode(OpenIntents.CHAIN.value());
    private final Chain chain = new Chain(node);
    private final ManualClock clock = ManualClock.atNoon();
    private final OpenIntents intents = new OpenIntents(node, clock);
    private final SimulatedRelay first = new SimulatedRelay("first");
    private final SimulatedRelay second = new SimulatedRelay("second");
    private final List<String> told = new ArrayList<>();
    private final List<StoredIntent> published = new ArrayList<>();
    private final Broadcast pool = (sent, head) -> {
        published.addAll(sent);
        return sent.stream()
                .<RpcAnswer>map(intent -> new RpcAnswer.Failure(silence))
                .toList();
    };
    private final RelayEvents events = new SilentRelayEvents() {
        @Override
        public void sent(StoredIntent intent, int relays, BlockNumber from, BlockNumber to) {
            told.add("sent " + intent.nonce() + " relays " + relays + " blocks " + from + ".." + to);
        }

        @Override
        public void unsent(StoredIntent intent, int relays) {
            told.add("unsent " + intent.nonce());
        }

        @Override
        public synchronized void failed(String relay, RpcException reason, int bundles) {
            told.add("failed " + relay + " bundles " + bundles);
        }

        @Override
        public void wentPublic(StoredIntent intent, long blocks) {
            told.add("public " + intent.nonce() + " after " + blocks);
        }

        @Override
        public void withdrawn(StoredIntent intent, int bundles) {
            told.add("withdrawn " + intent.nonce() + " bundles " + bundles);
        }
    };

    @Test
    void aimsAtEachBlockOfTheWindowThroughEveryRelay() {
        List<StoredIntent> open = intents.make(1);

        List<RpcAnswer> answers = privately().send(open, head());

        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        RpcAnswer.Result.class,
                        result -> assertThat(result.json().stringValue())
                                .isEqualTo(open.getFirst()
                                        .attempts()
                                        .getLast()
                                        .hash()
                                        .hex()));
        for (SimulatedRelay relay : List.of(first, second)) {
            assertThat(relay.held())
                    .extracting(bundle -> bundle.target().value())
                    .containsExactlyInAnyOrder(1L, 2L, 3L);
            assertThat(relay.held()).allSatisfy(bundle -> {
                assertThat(bundle.transactions())
                        .containsExactly(open.getFirst().attempts().getLast().bytes());
                assertThat(bundle.mayRevert()).isEmpty();
            });
        }
        assertThat(told).containsExactly("sent 0 relays 2 blocks 1..3");
    }

    @Test
    void putsTheLanesEarlierNoncesBeforeEachTransaction() {
        List<StoredIntent> open = intents.make(3);
        RelayBroadcast broadcast = privately(1);
        broadcast.send(open.subList(0, 2), head());

        broadcast.send(open.subList(2, 3), head());

        assertThat(first.held())
                .extracting(Bundle::transactions)
                .containsExactlyInAnyOrder(bytes(open.subList(0, 1)), bytes(open.subList(0, 2)), bytes(open));
        first.mineOn(node);
        assertThat(node.mined()).extracting(PooledTransaction::nonce).containsExactly(0L, 1L, 2L);
    }

    @Test
    void startsAtTheFirstNonceThatIsNotUsedYet() {
        List<StoredIntent> open = intents.make(2);
        RelayBroadcast broadcast = privately(1);
        broadcast.send(open.subList(0, 1), head());
        first.mineOn(node);

        List<RpcAnswer> answers = broadcast.send(open, head());

        assertThat(first.held().stream().filter(bundle -> bundle.target().value() == 2))
                .extracting(Bundle::transactions)
                .containsExactly(bytes(open.subList(1, 2)));
        assertThat(answers.get(0))
                .isInstanceOf(RpcAnswer.Failure.class); // its nonce is used, there is nothing to bundle
        assertThat(answers.get(1)).isInstanceOf(RpcAnswer.Result.class);
    }

    @Test
    void replacesEveryBundleOfAnAttemptWhoseFeesWereRaised() {
        RelayBroadcast broadcast = privately();
        broadcast.send(intents.make(1), head());

        List<StoredIntent> raised = intents.raise();
        broadcast.send(raised, head());

        assertThat(raised.getFirst().attempts()).hasSize(2);
        assertThat(first.held())
                .hasSize(3)
                .allSatisfy(bundle -> assertThat(bundle.transactions()).isEqualTo(bytes(raised)));
    }

    @Test
    void replacesTheBundlesOfAnEarlierProcessToo() {
        List<StoredIntent> open = intents.make(1);
        privately().send(open, head());

        List<StoredIntent> raised = intents.raise();
        privately().send(raised, head());

        assertThat(first.held())
                .hasSize(3)
                .allSatisfy(bundle -> assertThat(bundle.transactions()).isEqualTo(bytes(raised)));
    }

    @Test
    void sendsNothingThatARelayHas() {
        List<StoredIntent> open = intents.make(2);
        RelayBroadcast broadcast = privately();
        broadcast.send(open, head());

        List<RpcAnswer> again = broadcast.send(open, head());

        assertThat(again).allMatch(RpcAnswer.Result.class::isInstance);
        assertThat(first.asked()).isEqualTo(6);
    }

    @Test
    void isDueAgainWhenItsWindowHasPassed() {
        List<StoredIntent> open = intents.make(1);
        RelayBroadcast broadcast = privately(2);
        broadcast.send(open, head());
        assertThat(broadcast.isDue(open.getFirst(), head())).isFalse();

        node.mine();
        assertThat(broadcast.isDue(open.getFirst(), head())).isFalse();
        node.mine();
        assertThat(broadcast.isDue(open.getFirst(), head())).isTrue();

        broadcast.send(open, head());
        assertThat(first.held()).extracting(bundle -> bundle.target().value()).contains(3L, 4L);
        assertThat(broadcast.isDue(open.getFirst(), head())).isFalse();
    }

    @Test
    void isDueWhenATransactionBeforeItIsMinedOrRaised() {
        List<StoredIntent> open = intents.make(3);
        RelayBroadcast broadcast = privately();
        broadcast.send(open, head());

        assertThat(broadcast.due(open, head())).isEmpty();
        assertThat(broadcast.due(open.subList(1, 3), head())).containsExactlyElementsOf(open.subList(1, 3));
    }

    @Test
    void tellsRelaysTheDeadline() {
        Instant deadline = clock.instant().plusSeconds(30);
        privately().send(intents.makeWithDeadline(deadline), head());

        assertThat(first.held())
                .allSatisfy(bundle -> assertThat(bundle.notAfter()).hasValue(deadline));
    }

    @Test
    void givesNoDeadlineToWhatOnlyUsesTheNonceUp() {
        RelayBroadcast broadcast = privately();
        broadcast.send(intents.makeWithDeadline(clock.instant().plusSeconds(3)), head());

        List<StoredIntent> given = intents.raise();
        broadcast.send(given, head());

        assertThat(given.getFirst().attempts().getLast().cancels()).isTrue();
        assertThat(first.held()).hasSize(3).allSatisfy(bundle -> {
            assertThat(bundle.transactions()).isEqualTo(bytes(given));
            assertThat(bundle.notAfter()).isEmpty();
        });
    }

    @Test
    void hidesNothingThatOnlyUsesTheNonceUp() {
        RelayBroadcast broadcast = publicAfter(20);
        broadcast.send(intents.makeWithDeadline(clock.instant().plusSeconds(3)), head());

        List<StoredIntent> given = intents.raise();
        broadcast.send(given, head());

        assertThat(published).containsExactlyElementsOf(given);
    }

    @Test
    void isDueAfterARestart() {
        assertThat(privately().isDue(intents.make(1).getFirst(), head())).isTrue();
    }

    @Test
    void oneRelayIsEnough() {
        first.fails(silence);

        List<RpcAnswer> answers = privately().send(intents.make(1), head());

        assertThat(answers).allMatch(RpcAnswer.Result.class::isInstance);
        assertThat(told).containsExactly("failed first bundles 3", "sent 0 relays 1 blocks 1..3");
    }

    @Test
    void asksARelayThatFailedAgainAfterAMomentOrAtTheNextHead() {
        first.fails(silence);
        second.fails(silence);
        List<StoredIntent> open = intents.make(1);
        RelayBroadcast broadcast = privately(1);

        List<RpcAnswer> answers = broadcast.send(open, head());
        broadcast.send(open, head());

        assertThat(answers).singleElement().isInstanceOfSatisfying(RpcAnswer.Failure.class, failure -> {
            assertThat(failure.reason().kind()).isEqualTo(Kind.TRANSIENT);
            assertThat(failure.reason()).hasMessage("No relay took the bundle: relays=2");
        });
        assertThat(first.asked()).isEqualTo(1);

        clock.advance(Duration.ofSeconds(1));
        broadcast.send(open, head());
        assertThat(first.asked()).isEqualTo(2);

        node.mine();
        first.recovers();
        assertThat(broadcast.send(open, head())).allMatch(RpcAnswer.Result.class::isInstance);
        assertThat(first.asked()).isEqualTo(3);
    }

    @Test
    void sparesASilentRelayTheRestOfTheBundles() {
        first.fails(silence);
        RelayBroadcast broadcast = new RelayBroadcast(
                chain,
                List.of(first),
                new RelaySettings(3, new RelayPolicy.PrivateOnly(), false, Duration.ofSeconds(5), Duration.ZERO, 1),
                events,
                clock);

        broadcast.send(intents.make(10), head());

        assertThat(first.asked()).isEqualTo(1);
    }

    @Test
    void asksARelayThatRefusedAgainAtTheNextHead() {
        first.fails(no);
        List<StoredIntent> open = intents.make(1);
        RelayBroadcast broadcast = new RelayBroadcast(
                chain, List.of(first), RelaySettings.of(new RelayPolicy.PrivateOnly()), events, clock);

        List<RpcAnswer> answers = broadcast.send(open, head());
        clock.advance(Duration.ofMinutes(1));
        broadcast.send(open, head());

        assertThat(first.asked()).isEqualTo(3);
        node.mine();
        assertThat(broadcast.isDue(open.getFirst(), head())).isTrue();
        broadcast.send(open, head());
        assertThat(first.asked()).isEqualTo(6);
        // The relay's "already known" is not taken for a node's, which would mean that all is well.
        assertThat(answers)
                .singleElement()
                .isInstanceOfSatisfying(
                        RpcAnswer.Failure.class,
                        failure -> assertThat(failure.reason()).hasMessage("No relay took the bundle: relays=1"));
    }

    @Test
    void goesPublicAfterItsBlocksAndStaysSo() {
        List<StoredIntent> open = intents.make(1);
        RelayBroadcast broadcast = publicAfter(2);
        broadcast.send(open, head());
        node.mine();
        assertThat(broadcast.isDue(open.getFirst(), head())).isFalse();
        node.mine();

        assertThat(broadcast.isDue(open.getFirst(), head())).isTrue();
        broadcast.send(open, head());
        node.undo(2);
        List<StoredIntent> raised = intents.raise();
        broadcast.send(raised, head());

        assertThat(published).containsExactly(open.getFirst(), raised.getFirst());
        assertThat(told).containsExactly("sent 0 relays 2 blocks 1..3", "public 0 after 2");
        assertThat(broadcast.isDue(open.getFirst(), head())).isFalse(); // as the pool says
    }

    @Test
    void countsTheBlocksAlsoWhereNoRelayAnswers() {
        first.fails(silence);
        second.fails(no);
        List<StoredIntent> open = intents.make(1);
        RelayBroadcast broadcast = publicAfter(1);

        assertThat(broadcast.send(open, head())).allMatch(RpcAnswer.Failure.class::isInstance);
        node.mine();
        broadcast.send(open, head());

        assertThat(published).hasSize(1);
    }

    @Test
    void neverLeaksWhatIsPrivateOnly() {
        List<StoredIntent> open = intents.make(1);
        RelayBroadcast broadcast = privately(1);
        for (int block = 0; block < 50; block++) {
            broadcast.send(open, head());
            node.mine();
        }

        assertThat(node.mined()).isEmpty();
        assertThat(published).isEmpty();
        assertThat(told).hasSize(50).allMatch(event -> event.startsWith("sent 0 relays 2"));
    }

    @Test
    void withdrawsWhatIsSettled() {
        List<StoredIntent> open = intents.make(1);
        RelayBroadcast broadcast = privately();
        broadcast.send(open, head());

        broadcast.settled(open.getFirst());

        assertThat(first.held()).isEmpty();
        assertThat(second.held()).isEmpty();
        assertThat(told).contains("withdrawn 0 bundles 6");
    }

    @Test
    void withdrawsNothingThatNoRelayHas() {
        RelayBroadcast broadcast = privately();

        broadcast.settled(intents.make(1).getFirst());

        assertThat(first.asked()).isZero();
        assertThat(told).isEmpty();
    }

    @Test
    void namesABundleByChainSignerNonceAndBlock() {
        var name = BundleName.of(OpenIntents.LANE, new Nonce(7), new BlockNumber(100));

        assertThat(name).isEqualTo(BundleName.of(OpenIntents.LANE, new Nonce(7), new BlockNumber(100)));
        assertThat(name).isNotEqualTo(BundleName.of(OpenIntents.LANE, new Nonce(7), new BlockNumber(101)));
        assertThat(name).isNotEqualTo(BundleName.of(OpenIntents.LANE, new Nonce(8), new BlockNumber(100)));
        assertThat(name.version()).isEqualTo(4);
        assertThat(name.variant()).isEqualTo(2);
    }

    @Test
    void wantsARelayAndAPossibleWindow() {
        assertThatThrownBy(() -> new RelayBroadcast(
                        chain, List.of(), RelaySettings.of(new RelayPolicy.PrivateOnly()), events, clock))
                .hasMessage("At least one relay is needed: found=0");
        assertThatThrownBy(() -> RelaySettings.of(new RelayPolicy.PrivateOnly()).withWindow(26))
                .hasMessage("Bundle window is outside 1..25 blocks: found=26");
        assertThatThrownBy(() -> new RelayPolicy.PublicAfter(0, pool))
                .hasMessage("Blocks before going public must be at least 1: found=0");
    }

    private RelayBroadcast privately() {
        return privately(3);
    }

    private RelayBroadcast privately(int window) {
        return broadcast(RelaySettings.of(new RelayPolicy.PrivateOnly()).withWindow(window));
    }

    private RelayBroadcast publicAfter(int blocks) {
        return broadcast(RelaySettings.of(new RelayPolicy.PublicAfter(blocks, pool)));
    }

    private RelayBroadcast broadcast(RelaySettings settings) {
        return new RelayBroadcast(
                chain, List.of(first, second), settings.withPatience(Duration.ofSeconds(10)), events, clock);
    }

    private BlockHeader head() {
        return chain.head();
    }

    private static List<String> bytes(List<StoredIntent> intents) {
        return intents.stream()
                .map(intent -> intent.attempts().getLast().bytes())
                .toList();
    }
}
