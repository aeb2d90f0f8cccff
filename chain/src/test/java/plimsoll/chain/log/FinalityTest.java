package plimsoll.chain.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.testing.RecordingConsumer;
import plimsoll.chain.testing.SilentFollowerEvents;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

class FinalityTest {

    private static final Address POOL = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final String TOPIC = "0x" + "ab".repeat(32);

    private final SimulatedNode node = new SimulatedNode(31_337);
    private final MemoryBlockStore store = new MemoryBlockStore();
    private final RecordingConsumer consumer = new RecordingConsumer();

    @Test
    void tellsTheHeightThatTheNodeCallsFinalized() {
        node.setFinality(12);
        grow(50);

        assertThat(follower(Finality.tagged()).advance().finalized()).contains(new BlockNumber(38));
    }

    @Test
    void tellsNoneWhereTheNodeDoesNotKnowTheWord() {
        grow(50);

        assertThat(follower(Finality.tagged()).advance().finalized()).isEmpty();
    }

    @Test
    void refusesAReorgBelowAFinalBlockAndKeepsItsState() {
        grow(50);
        LogFollower follower = follower(Finality.deep(12));
        follower.advance();
        List<?> before = consumer.logs();
        node.undo(20);
        grow(25);

        assertThatThrownBy(follower::advance)
                .isInstanceOf(FinalityBrokenException.class)
                .hasMessageContaining("block=38")
                .hasMessageContaining("applied=");
        assertThatThrownBy(follower::advance).isInstanceOf(FinalityBrokenException.class);
        assertThat(consumer.logs()).isEqualTo(before);
    }

    @Test
    void refusesItAfterARestart() {
        grow(50);
        follower(Finality.deep(12)).advance();
        List<?> before = consumer.logs();
        node.undo(20);
        grow(60);

        assertThatThrownBy(() -> follower(Finality.deep(12)).advance()).isInstanceOf(FinalityBrokenException.class);
        assertThat(consumer.logs()).isEqualTo(before);
    }

    @Test
    void rewindsAReorgThatStaysAboveIt() {
        grow(50);
        LogFollower follower = follower(Finality.deep(12));
        follower.advance();
        node.undo(12);
        grow(20);

        assertThat(follower.advance().isCaughtUp()).isTrue();
        assertThat(consumer.logs()).hasSize(58);
    }

    @Test
    void remembersNoBlocksBelowTheFinalOne() {
        grow(50);
        LogFollower follower = follower(Finality.deep(12));
        follower.advance();
        for (int i = 0; i < 100; i++) {
            grow(1);
            follower.advance();
        }

        assertThat(store.window("final test")).hasSizeLessThan(12 + 10 + 2);
    }

    @Test
    void goesBackToTheFinalBlockWhereItsMemoryIsShorterThanTheReorg() {
        grow(50);
        LogFollower follower = new LogFollower(
                new Chain(node),
                query(),
                settings(Finality.deep(12)).withNear(4).withKeep(4).withPaging(new Paging(1, 10, 1)),
                subscribers());
        follower.advance();
        node.undo(10);
        grow(20);

        assertThat(follower.advance().isCaughtUp()).isTrue();
        assertThat(consumer.logs()).hasSize(60);
    }

    private LogFollower follower(Finality finality) {
        return new LogFollower(new Chain(node), query(), settings(finality), subscribers());
    }

    private static LogQuery query() {
        return LogQuery.of(List.of(POOL));
    }

    private static FollowerSettings settings(Finality finality) {
        return FollowerSettings.of("final test", new BlockNumber(1))
                .withNear(8)
                .withPaging(new Paging(1, 10, 1))
                .withFinality(finality);
    }

    private Subscribers subscribers() {
        return new Subscribers(store, Map.of("final test", consumer), new SilentFollowerEvents());
    }

    private int emitted;

    private void grow(int blocks) {
        for (int i = 0; i < blocks; i++) {
            node.emit(POOL, TOPIC, "0x%08x".formatted(emitted++));
            node.mine();
        }
    }
}
