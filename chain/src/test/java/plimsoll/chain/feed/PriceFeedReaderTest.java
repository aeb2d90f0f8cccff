package plimsoll.chain.feed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import plimsoll.abi.Aggregator;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.OneByOne;
import plimsoll.units.Address;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class PriceFeedReaderTest {

    private static final Address FEED = Address.parse("0x00000000000000000000000000000000000000fe");
    private static final Address OLD = Address.parse("0x0000000000000000000000000000000000000001");
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);

    private final FakeFeed node = new FakeFeed();
    private final PriceFeedReader reader = new PriceFeedReader(new Chain(node));

    @Test
    void readsWhatAFeedSaysOfItself() {
        FeedInfo info = reader.info(FEED, BlockTag.LATEST);

        assertThat(info).isEqualTo(new FeedInfo(FEED, 8, "ETH / USD", Optional.of(OLD)));
    }

    @Test
    void callsARoundWithinItsHeartbeatFresh() {
        node.answer(RoundId.of(2, 7), 180_000_000_000L, NOW.minus(HOUR));

        assertThat(reader.state(FEED, HOUR, block()))
                .isInstanceOfSatisfying(
                        FeedState.Fresh.class,
                        state -> assertThat(state.round().answer()).isEqualTo(180_000_000_000L));
    }

    @Test
    void callsARoundBeyondItsHeartbeatStale() {
        node.answer(RoundId.of(2, 7), 180_000_000_000L, NOW.minus(HOUR).minusSeconds(1));

        assertThat(reader.state(FEED, HOUR, block()))
                .isInstanceOfSatisfying(
                        FeedState.Stale.class, state -> assertThat(state.age()).isEqualTo(HOUR.plusSeconds(1)));
    }

    @Test
    void callsZeroAndLessNoPrice() {
        node.answer(RoundId.of(2, 7), 0, NOW);
        assertThat(reader.state(FEED, HOUR, block())).isInstanceOf(FeedState.NonPositive.class);

        node.answer(RoundId.of(2, 8), -5, NOW);
        assertThat(reader.state(FEED, HOUR, block())).isInstanceOf(FeedState.NonPositive.class);
    }

    @Test
    void callsAFeedWithoutARoundIncomplete() {
        assertThat(reader.state(FEED, HOUR, block())).isEqualTo(new FeedState.Incomplete("the feed has no round"));
        assertThat(reader.latest(FEED, BlockTag.LATEST)).isEmpty();
    }

    @Test
    void callsACarriedOverAnswerIncomplete() {
        Round carried = new Round(RoundId.of(1, 8), BigInteger.TEN, NOW, NOW, RoundId.of(1, 7));

        assertThat(PriceFeedReader.judge(carried, HOUR, NOW)).isInstanceOf(FeedState.Incomplete.class);
    }

    @Test
    void callsARoundFromTheFutureIncomplete() {
        node.answer(RoundId.of(2, 7), 1, NOW.plusSeconds(1));

        assertThat(reader.state(FEED, HOUR, block())).isInstanceOf(FeedState.Incomplete.class);
    }

    @Test
    void readsHistoryAcrossPhasesInOnePageAnExchange() {
        for (int i = 1; i <= 130; i++) {
            node.answer(RoundId.of(1, i), i, NOW.minusSeconds(10_000 - i));
        }
        for (int i = 1; i <= 150; i++) {
            node.answer(RoundId.of(2, i), 1_000 + i, NOW.minusSeconds(1_000 - i));
        }

        List<Round> rounds = reader.history(FEED, 200, BlockTag.LATEST);

        assertThat(rounds).hasSize(200);
        assertThat(rounds).extracting(Round::id).isSorted();
        assertThat(rounds.getFirst().id()).isEqualTo(RoundId.of(1, 81));
        assertThat(rounds.getLast().id()).isEqualTo(RoundId.of(2, 150));
        assertThat(node.exchanges).isLessThanOrEqualTo(6); // latest, two pages, phase, its newest round, one page
    }

    @Test
    void readsAllThatCameAfterAKnownRound() {
        node.answer(RoundId.of(1, 1), 1, NOW);
        node.answer(RoundId.of(1, 2), 2, NOW);
        node.answer(RoundId.of(2, 1), 3, NOW);

        assertThat(reader.after(FEED, RoundId.of(1, 1), BlockTag.LATEST))
                .extracting(Round::id)
                .containsExactly(RoundId.of(1, 2), RoundId.of(2, 1));
        assertThat(reader.after(FEED, RoundId.of(2, 1), BlockTag.LATEST)).isEmpty();
    }

    @Test
    void leavesOutRoundsWithoutAnAnswer() {
        node.answer(RoundId.of(2, 1), 1, NOW);
        node.answer(RoundId.of(2, 2), 0, Instant.EPOCH);
        node.answer(RoundId.of(2, 4), 4, NOW);

        assertThat(reader.rounds(FEED, 2, 1, 4, BlockTag.LATEST))
                .extracting(Round::answer)
                .containsExactly(BigInteger.ONE, BigInteger.valueOf(4));
    }

    @Test
    void refusesAnAddressWithoutAContract() {
        assertThatThrownBy(() -> reader.info(Address.ZERO, BlockTag.LATEST))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REJECTED))
                .hasMessageContaining("price feed");
    }

    @Test
    void splitsARoundIdIntoPhaseAndRound() {
        // 7 x 2^64 + 3 = 129127208515966861315
        assertThat(RoundId.of(7, 3)).hasToString("129127208515966861315");
        assertThat(RoundId.of(7, 3).phase()).isEqualTo(7);
        assertThat(RoundId.of(7, 3).aggregatorRound()).isEqualTo(3);
    }

    private static BlockHeader block() {
        BlockHash hash = new BlockHash("0x" + "1".repeat(64));
        return new BlockHeader(new BlockNumber(1), hash, hash, NOW, Optional.empty(), new Gas(0), new Gas(0), "0x");
    }

    /** A proxy in its second phase, answered for by a map. */
    private static final class FakeFeed implements OneByOne {

        private static final JsonMapper JSON = JsonMapper.builder().build();

        private final TreeMap<RoundId, String> rounds = new TreeMap<>();
        private int exchanges;

        void answer(RoundId id, long answer, Instant updated) {
            String word = word(id.raw());
            String time = word(BigInteger.valueOf(updated.getEpochSecond()));
            rounds.put(id, "0x" + word + word(BigInteger.valueOf(answer)) + time + time + word);
        }

        private static String word(BigInteger value) {
            BigInteger unsigned = value.signum() < 0 ? value.add(BigInteger.ONE.shiftLeft(256)) : value;
            return "%064x".formatted(unsigned);
        }

        @Override
        public JsonNode call(RpcRequest request) {
            Map<?, ?> call = (Map<?, ?>) request.params().getFirst();
            String data = String.valueOf(call.get("data"));
            if (String.valueOf(call.get("to")).equals(OLD.hex())) {
                long newest = rounds.floorKey(RoundId.of(1, Long.MAX_VALUE)).aggregatorRound();
                return text("0x" + word(BigInteger.valueOf(newest)));
            }
            if (!String.valueOf(call.get("to")).equals(FEED.hex())) {
                return text("0x");
            }
            String selector = data.substring(0, 10);
            if (selector.equals(Aggregator.DECIMALS.selector())) {
                return text("0x" + word(BigInteger.valueOf(8)));
            }
            if (selector.equals(Aggregator.DESCRIPTION.selector())) {
                // offset 32, length 9, "ETH / USD"
                return text("0x" + word(BigInteger.valueOf(32)) + word(BigInteger.valueOf(9)) + "455448202f20555344"
                        + "0".repeat(46));
            }
            if (selector.equals(Aggregator.AGGREGATOR.selector())
                    || selector.equals(Aggregator.PHASE_AGGREGATORS.selector())) {
                return text("0x" + word(BigInteger.ONE));
            }
            if (selector.equals(Aggregator.LATEST_ROUND_DATA.selector()) && !rounds.isEmpty()) {
                return text(rounds.lastEntry().getValue());
            }
            if (selector.equals(Aggregator.GET_ROUND_DATA.selector())) {
                String found = rounds.get(new RoundId(new BigInteger(data.substring(10), 16)));
                if (found != null) {
                    return text(found);
                }
            }
            throw new RpcException(
                    Kind.REJECTED, 3, "Node refused: execution reverted: No data present", Optional.empty());
        }

        private static JsonNode text(String text) {
            return JSON.valueToTree(text);
        }

        @Override
        public List<RpcAnswer> callAll(List<RpcRequest> requests) {
            exchanges++;
            return OneByOne.super.callAll(requests);
        }

        @Override
        public String endpoint() {
            return "fake";
        }
    }
}
