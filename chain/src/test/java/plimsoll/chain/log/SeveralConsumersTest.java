package plimsoll.chain.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
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

class SeveralConsumersTest {

    private static final Address POOL = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final String TOPIC = "0x" + "ab".repeat(32);

    private final SimulatedNode node = new SimulatedNode(31_337);
    private final MemoryBlockStore store = new MemoryBlockStore();
    private final RecordingConsumer first = new RecordingConsumer();
    private final RecordingConsumer second = new RecordingConsumer();
    private int questions;

    @Test
    void sharesOneReading() {
        grow(100);
        follower(Map.of("first", first)).advance();
        int ofOne = questions;
        questions = 0;
        store.rewind("first", new BlockNumber(0));

        follower(ordered("first", first, "second", second)).advance();

        assertThat(first.logs()).hasSize(100);
        assertThat(second.logs()).isEqualTo(first.logs());
        assertThat(questions).isEqualTo(ofOne);
    }

    @Test
    void letsANewOneCatchUpByItselfWhileTheOtherStaysAtTheHead() {
        grow(200);
        follower(Map.of("first", first)).advance();
        grow(1);

        LogFollower follower = follower(ordered("first", first, "second", second));
        LogFollower.Progress progress = follower.advance();
        assertThat(first.logs()).hasSize(201);
        assertThat(second.logs()).isNotEmpty().hasSizeLessThan(201);
        assertThat(progress.isCaughtUp()).isFalse();

        for (int i = 0; i < 20; i++) {
            progress = follower.advance();
        }
        assertThat(progress.isCaughtUp()).isTrue();
        assertThat(second.logs()).isEqualTo(first.logs());
    }

    @Test
    void goesOnWithoutTheOneThatThrowsAndTellsItEverythingLater() {
        boolean[] broken = {true};
        LogConsumer fragile = new LogConsumer() {
            @Override
            public void apply(BlockLogs logs) {
                second.apply(logs);
                if (broken[0] && logs.last().number().value() > 10) {
                    throw new IllegalStateException("no room");
                }
            }

            @Override
            public void rewind(BlockNumber from) {
                second.rewind(from);
            }
        };
        LogFollower follower = follower(ordered("first", first, "second", fragile));
        grow(30);

        LogFollower.Progress progress = follower.advance();

        assertThat(first.logs()).hasSize(30);
        assertThat(progress.isCaughtUp()).isFalse();
        assertThat(progress.failures()).containsOnlyKeys("second");

        broken[0] = false;
        for (int i = 0; i < 10; i++) {
            progress = follower.advance();
        }
        assertThat(progress.isCaughtUp()).isTrue();
        assertThat(second.logs()).isEqualTo(first.logs());
    }

    @Test
    void takesEachBackByItsOwnDepth() {
        grow(60);
        LogFollower follower = follower(ordered("first", first, "second", second));
        follower.advance();
        store.rewind("second", new BlockNumber(50));
        second.rewind(new BlockNumber(50));
        LogFollower restarted = follower(ordered("first", first, "second", second));
        node.undo(5);
        grow(10);

        restarted.advance();
        restarted.advance();

        assertThat(first.logs()).hasSize(65);
        assertThat(second.logs()).isEqualTo(first.logs());
    }

    @Test
    void failsWhereAllOfThemDo() {
        LogConsumer broken = new LogConsumer() {
            @Override
            public void apply(BlockLogs logs) {
                throw new IllegalStateException("no room");
            }

            @Override
            public void rewind(BlockNumber from) {}
        };
        grow(3);

        assertThatThrownBy(() ->
                        follower(ordered("first", broken, "second", broken)).advance())
                .hasMessage("no room");
    }

    private static Map<String, LogConsumer> ordered(String name, LogConsumer one, String other, LogConsumer two) {
        Map<String, LogConsumer> both = new LinkedHashMap<>();
        both.put(name, one);
        both.put(other, two);
        return both;
    }

    private LogFollower follower(Map<String, ? extends LogConsumer> consumers) {
        TamperedNode counted = new TamperedNode(node, (_, answer) -> {
            questions++;
            return answer;
        });
        return new LogFollower(
                new Chain(counted),
                LogQuery.of(List.of(POOL)),
                FollowerSettings.of("several", new BlockNumber(1))
                        .withNear(8)
                        .withPaging(new Paging(10, 100, 1))
                        .withBloom(new BloomCheck(BloomCheck.Reach.NEAR, 0)),
                new Subscribers(store, Map.<String, LogConsumer>copyOf(consumers), new SilentFollowerEvents()));
    }

    private int emitted;

    private void grow(int blocks) {
        for (int i = 0; i < blocks; i++) {
            node.emit(POOL, TOPIC, "0x%08x".formatted(emitted++));
            node.mine();
        }
    }
}
