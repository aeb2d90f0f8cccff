package plimsoll.chain.feed;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.abi.AbiTuple;
import plimsoll.abi.Aggregator;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.devnet.testing.BareNode;
import plimsoll.units.Address;
import tools.jackson.databind.JsonNode;

/** Reading Chainlink's own proxy with its own aggregators behind it, through a change of phase. */
class PriceFeedReaderOnAnvilTest {

    private static final Address OWNER = Address.parse("0x00000000000000000000000000000000000000dd");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final BigInteger LARGEST_ANSWER = BigInteger.TWO.pow(176);

    @RegisterExtension
    final BareNode anvil = BareNode.with("--auto-impersonate");

    private final Artefacts artefacts = Artefacts.prepare(sentence -> {});

    @SuppressWarnings("NullAway.Init")
    private Chain chain;

    @SuppressWarnings("NullAway.Init")
    private PriceFeedReader reader;

    @SuppressWarnings("NullAway.Init")
    private Address aggregator;

    @SuppressWarnings("NullAway.Init")
    private Address proxy;

    @BeforeEach
    void deploy() {
        anvil.fund(OWNER);
        chain = anvil.chain();
        reader = new PriceFeedReader(chain);
        aggregator = aggregator();
        proxy = create("EACAggregatorProxy", AbiTuple.of("(address,address)").encode(aggregator, Address.ZERO));
        send(aggregator, Aggregator.ADD_ACCESS.encode(proxy));
    }

    @Test
    void readsWhatTheProxySaysOfItself() {
        assertThat(reader.info(proxy, BlockTag.LATEST))
                .isEqualTo(new FeedInfo(proxy, 8, "ETH / USD", java.util.Optional.of(aggregator)));
    }

    @Test
    void hasNoRoundBeforeTheFirst() {
        assertThat(reader.latest(proxy, BlockTag.LATEST)).isEmpty();
        assertThat(reader.history(proxy, 10, BlockTag.LATEST)).isEmpty();
        assertThat(reader.state(proxy, HOUR, chain.head())).isInstanceOf(FeedState.Incomplete.class);
    }

    @Test
    void judgesTheLatestRoundByTheTimeOfItsBlock() {
        submit(aggregator, 1, 2_500);
        assertThat(reader.state(proxy, HOUR, chain.head())).isInstanceOfSatisfying(FeedState.Fresh.class, fresh -> {
            assertThat(fresh.round().answer()).isEqualTo(2_500);
            assertThat(fresh.round().id()).isEqualTo(RoundId.of(1, 1));
            assertThat(fresh.round().updatedAt()).isEqualTo(chain.head().time());
        });

        anvil.call("evm_increaseTime", HOUR.toSeconds() + 5);
        anvil.call("evm_mine");
        assertThat(reader.state(proxy, HOUR, chain.head()))
                .isInstanceOfSatisfying(
                        FeedState.Stale.class, stale -> assertThat(stale.age()).isGreaterThan(HOUR));

        submit(aggregator, 2, 0);
        assertThat(reader.state(proxy, HOUR, chain.head())).isInstanceOf(FeedState.NonPositive.class);
    }

    @Test
    void readsHistoryThroughAChangeOfPhase() {
        for (int round = 1; round <= 12; round++) {
            submit(aggregator, round, 1_000 + round);
        }
        RoundId known = reader.latest(proxy, BlockTag.LATEST).orElseThrow().id();
        Address successor = aggregator();
        send(successor, Aggregator.ADD_ACCESS.encode(proxy));
        send(proxy, Aggregator.PROPOSE_AGGREGATOR.encode(successor));
        send(proxy, Aggregator.CONFIRM_AGGREGATOR.encode(successor));
        for (int round = 1; round <= 5; round++) {
            submit(successor, round, 2_000 + round);
        }

        List<Round> newest = reader.history(proxy, 8, BlockTag.LATEST);
        List<Round> all = reader.history(proxy, 100, BlockTag.LATEST);

        assertThat(newest)
                .extracting(round -> round.answer().intValue())
                .containsExactly(1_010, 1_011, 1_012, 2_001, 2_002, 2_003, 2_004, 2_005);
        assertThat(newest.getFirst().id()).isEqualTo(RoundId.of(1, 10));
        assertThat(newest.getLast().id()).isEqualTo(RoundId.of(2, 5));
        assertThat(all).hasSize(17).extracting(Round::id).isSorted();
        assertThat(reader.after(proxy, known, BlockTag.LATEST)).isEqualTo(all.subList(12, 17));
    }

    private Address aggregator() {
        Address made = create(
                "AccessControlledAggregator",
                AbiTuple.of("(address,uint128,uint32,address,int256,int256,uint8,string)")
                        .encode(Address.ZERO, 0, 0, Address.ZERO, 0, LARGEST_ANSWER, 8, "ETH / USD"));
        send(made, Aggregator.CHANGE_ORACLES.encode(List.of(), List.of(OWNER), List.of(OWNER), 1, 1, 0));
        return made;
    }

    private void submit(Address to, int round, int answer) {
        send(to, Aggregator.SUBMIT.encode(BigInteger.valueOf(round), BigInteger.valueOf(answer)));
    }

    private Address create(String contract, String arguments) {
        String code = artefacts.contract(contract).bytecode() + arguments.substring(2);
        return new Address(sent(Map.of("from", OWNER.hex(), "data", code))
                .get("contractAddress")
                .stringValue());
    }

    private void send(Address to, String data) {
        sent(Map.of("from", OWNER.hex(), "to", to.hex(), "data", data));
    }

    private JsonNode sent(Map<String, String> transaction) {
        JsonNode receipt = anvil.call("eth_sendTransactionSync", transaction);
        assertThat(receipt.get("status").stringValue()).isEqualTo("0x1");
        return receipt;
    }
}
