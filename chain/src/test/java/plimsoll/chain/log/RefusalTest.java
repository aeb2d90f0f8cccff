package plimsoll.chain.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.testing.RecordingConsumer;
import plimsoll.chain.testing.SilentFollowerEvents;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** Pages shrink to what the node can answer, whatever way it has of saying so. */
class RefusalTest {

    private static final Address POOL = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    private static final BlockNumber FIRST = new BlockNumber(100);
    private static final BlockNumber LAST = new BlockNumber(1_000);

    private final SimulatedNode node = new SimulatedNode(31_337);
    private final RecordingConsumer consumer = new RecordingConsumer();
    private final List<Long> halvings = new ArrayList<>();

    @Test
    void readsTheRangeThatAProviderSuggests() {
        RpcException words = refused("Log response size exceeded. Try with this block range [0x64, 0xc7].", "");
        RpcException data = refused("query returned more than 10000 results", "{\"from\":\"0x64\",\"to\":\"0xc7\"}");
        RpcException foreign = refused("Try with this block range [0x65, 0xc7].", "");

        assertThat(Refusal.suggested(words, FIRST, LAST)).hasValue(100);
        assertThat(Refusal.suggested(data, FIRST, LAST)).hasValue(100);
        assertThat(Refusal.suggested(foreign, FIRST, LAST)).isEmpty();
        assertThat(Refusal.suggested(refused("query timeout exceeded", ""), FIRST, LAST))
                .isEmpty();
    }

    @Test
    void followsTheSuggestionAtOnce() {
        grow(400, 3);
        node.setLargestLogAnswer(60);
        node.suggestRanges();

        advance(new TamperedNode(node, (_, answer) -> answer), new Paging(1_000, 100_000, 1));

        assertThat(consumer.logs()).hasSize(1_200);
        assertThat(halvings).first().isEqualTo(20L);
    }

    @Test
    void halvesOnTimeOutsAndOnAnswersThatAreTooLargeForUs() {
        grow(300, 1);
        for (RpcException refusal : List.of(
                new RpcException(Kind.TRANSIENT, "Node did not answer in time", new InterruptedIOException("timeout")),
                new RpcException(Kind.REJECTED, "Answer is larger than allowed: limit=100 bytes"))) {
            halvings.clear();
            consumer.rewind(new BlockNumber(0));
            TamperedNode slow = new TamperedNode(node, (query, answer) -> {
                if (query.containsKey("fromBlock")
                        && Long.decode((String) query.get("toBlock")) - Long.decode((String) query.get("fromBlock"))
                                > 40) {
                    throw refusal;
                }
                return answer;
            });

            advance(slow, new Paging(1_000, 100_000, 2));

            assertThat(consumer.logs()).hasSize(300);
            assertThat(halvings).isNotEmpty();
        }
    }

    @Test
    void asksNoLessOfANodeThatIsMerelyBusy() {
        grow(300, 1);
        TamperedNode busy = new TamperedNode(node, (_, _) -> {
            throw new RpcException(Kind.TRANSIENT, "Node refused: too many requests");
        });

        RpcException failure =
                catchThrowableOfType(RpcException.class, () -> advance(busy, new Paging(1_000, 100_000, 1)));

        assertThat(failure).hasMessageContaining("too many requests");
        assertThat(halvings).isEmpty();
    }

    @Test
    void namesTheSingleBlockThatIsTooMuch() {
        grow(5, 1);
        grow(1, 20);
        grow(5, 1);
        node.setLargestLogAnswer(10);

        RpcException failure = catchThrowableOfType(
                RpcException.class,
                () -> advance(new TamperedNode(node, (_, answer) -> answer), new Paging(1_000, 100_000, 1)));

        assertThat(failure).hasMessageContaining("single block: block=6").hasMessageContaining("more than 10 results");
        assertThat(consumer.logs()).hasSize(5);
    }

    @Test
    void shrinksItsPagesWhereLogsAreDense() {
        grow(300, 5);
        int[] most = {0};

        advance(
                new TamperedNode(node, (_, answer) -> {
                    most[0] = Math.max(most[0], answer.size());
                    return answer;
                }),
                new Paging(64, 50, 1));

        assertThat(consumer.logs()).hasSize(1_500);
        assertThat(most[0]).isEqualTo(320); // the first page, which nothing was known about
    }

    private static RpcException refused(String words, String data) {
        return new RpcException(Kind.REJECTED, -32_005, words, data.isEmpty() ? Optional.empty() : Optional.of(data));
    }

    private void advance(TamperedNode through, Paging paging) {
        LogFollower.Progress progress = new LogFollower(
                        new Chain(through),
                        LogQuery.of(List.of(POOL)),
                        FollowerSettings.of("paging", new BlockNumber(1))
                                .withNear(1)
                                .withPaging(paging),
                        new Subscribers(new MemoryBlockStore(), Map.of("paging", consumer), new SilentFollowerEvents() {
                            @Override
                            public void pageHalved(BlockNumber first, BlockNumber last, long blocks, String reason) {
                                halvings.add(blocks);
                            }
                        }))
                .advance();
        assertThat(progress.isCaughtUp()).isTrue();
    }

    private int emitted;

    private void grow(int blocks, int logs) {
        for (int i = 0; i < blocks; i++) {
            for (int j = 0; j < logs; j++) {
                node.emit(POOL, TOPIC, "0x%08x".formatted(emitted++));
            }
            node.mine();
        }
    }
}
