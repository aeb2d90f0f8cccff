package plimsoll.runtime.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.key.Signer;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.tx.Inclusion;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.Urgency;
import plimsoll.chain.tx.UrgencyLanes;
import plimsoll.devnet.testing.BareNode;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/** What lanes must reach on a real node, with their memory in PostgreSQL. */
class LaneGoalsTest {

    private static final ChainId CHAIN = new ChainId(31337);
    private static final Address TARGET = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final Address BURNER = Address.parse("0x00000000000000000000000000000000000000bb");
    private static final Duration BLOCK = Duration.ofSeconds(12);
    private static final long GWEI = 1_000_000_000;
    private static final long BLOCK_GAS = 6_000_000;
    private static final AtomicInteger KEYS = new AtomicInteger(0x50);

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @RegisterExtension
    final BareNode anvil = BareNode.with("--no-mining", "--gas-limit", String.valueOf(BLOCK_GAS));

    private final ManualClock clock = ManualClock.atNoon();
    private final PostgresIntentStore store = new PostgresIntentStore(DATABASE.dataSource());
    private final List<String> refusals = new ArrayList<>();

    @BeforeEach
    void start() {
        anvil.call("anvil_setCode", BURNER.hex(), "0xfe"); // uses all the gas that it is given
    }

    @Test
    void aHundredIntentsAtOnceAreMinedWithinTwoBlocksAndTenInTheFirst() {
        LaneSender ten = open("ten");
        LaneSender hundred = open("hundred");
        long first = height() + 1;

        ten.submitAll(intents("ten/", 10, Urgency.NORMAL));
        ten.advance();
        hundred.submitAll(intents("hundred/", 100, Urgency.NORMAL));
        hundred.advance();
        mine();
        mine();
        ten.advance();
        hundred.advance();

        assertThat(refusals).isEmpty();
        assertThat(blocks("ten/", 10)).containsOnly(first);
        assertThat(blocks("hundred/", 100)).hasSize(100).allMatch(block -> block <= first + 1);
        ten.close();
        hundred.close();
    }

    /** Each block a stranger with a high tip takes all room but a little every fourth time, so that intents have to wait. */
    @Test
    void aBaseFeeThatRisesByAnEighthABlockIsOutbidAndTheUrgentLaneNeverWaits() {
        LaneSender normal = open("normal");
        LaneSender urgent = open("urgent");
        UrgencyLanes lanes = new UrgencyLanes(Map.of(Urgency.NORMAL, normal, Urgency.URGENT, urgent));
        Map<String, Long> submittedAt = new LinkedHashMap<>();
        BigDecimal baseFee = new BigDecimal("1");
        List<Long> baseFees = new ArrayList<>();
        for (int block = 0; block < 20; block++) {
            if (block % 4 == 3) {
                fillBlock();
            }
            List<TransactionIntent> intents = new ArrayList<>();
            intents.addAll(intents("b" + block + "/normal/", 3, Urgency.NORMAL));
            intents.addAll(intents("b" + block + "/slow/", 1, Urgency.SLOW));
            intents.addAll(intents("b" + block + "/urgent/", 1, Urgency.URGENT));
            long height = height();
            lanes.submitAll(intents);
            intents.forEach(intent -> submittedAt.put(intent.reason(), height));
            normal.advance();
            urgent.advance();
            long wei = baseFee.multiply(BigDecimal.valueOf(GWEI)).longValue();
            anvil.call("anvil_setNextBlockBaseFeePerGas", "0x" + Long.toHexString(wei));
            baseFees.add(wei);
            baseFee = baseFee.multiply(new BigDecimal("1.125"));
            mine();
            clock.advance(BLOCK);
        }
        for (int i = 0; i < 4; i++) {
            normal.advance();
            urgent.advance();
            mine();
        }
        normal.advance();
        urgent.advance();

        List<StoredIntent> all = submittedAt.keySet().stream()
                .map(reason -> store.find(reason).orElseThrow())
                .toList();
        assertThat(all).allSatisfy(intent -> assertThat(intent.state()).isInstanceOf(IntentState.Final.class));
        long quick =
                all.stream().filter(intent -> waited(intent, submittedAt) <= 3).count();
        long replaced =
                all.stream().filter(intent -> intent.attempts().size() > 1).count();
        long urgentWait = all.stream()
                .filter(intent -> intent.intent().urgency() == Urgency.URGENT)
                .mapToLong(intent -> waited(intent, submittedAt))
                .max()
                .orElseThrow();
        System.out.printf(
                "base fee %d to %d wei: %d of %d within 3 blocks, %d replaced, urgent waited at most %d%n",
                baseFees.getFirst(), baseFees.getLast(), quick, all.size(), replaced, urgentWait);
        assertThat(quick * 100).isGreaterThanOrEqualTo(95L * all.size());
        assertThat(replaced).isPositive();
        assertThat(urgentWait).isLessThanOrEqualTo(2);
        assertThat(all.stream().map(intent -> inclusion(intent).tx()).distinct())
                .hasSameSizeAs(all);
        assertThat(count(normal) + count(urgent)).isEqualTo(all.size());
        normal.close();
        urgent.close();
    }

    private static long waited(StoredIntent intent, Map<String, Long> submittedAt) {
        return inclusion(intent).blockNumber().value() - submittedAt.getOrDefault(intent.reason(), 0L);
    }

    private static Inclusion inclusion(StoredIntent intent) {
        return intent.state().standing().orElseThrow();
    }

    private LaneSender open(String holder) {
        Signer signer = Signer.fromPrivateKey(
                Integer.toHexString(KEYS.getAndIncrement()).repeat(32));
        anvil.fund(signer.address());
        LaneSettings settings = LaneSettings.of(CHAIN, holder).withBumpAfter(BLOCK);
        SilentLaneEvents events = new SilentLaneEvents() {
            @Override
            public void refused(StoredIntent intent, RpcException reason) {
                refusals.add(intent.reason() + ": " + reason.getMessage());
            }
        };
        return LaneSender.open(anvil.chain(), signer, store, settings, clock, events)
                .orElseThrow();
    }

    private List<Long> blocks(String prefix, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> inclusion(store.find(prefix + i).orElseThrow())
                        .blockNumber()
                        .value())
                .toList();
    }

    /** A stranger's transaction that needs nearly all of a block's gas and pays for being first. */
    private void fillBlock() {
        String rich = anvil.call("eth_accounts").get(0).stringValue();
        anvil.call(
                "eth_sendTransaction",
                Map.of(
                        "from",
                        rich,
                        "to",
                        BURNER.hex(),
                        "gas",
                        "0x" + Long.toHexString(BLOCK_GAS - 60_000),
                        "maxFeePerGas",
                        "0x" + Long.toHexString(900 * GWEI),
                        "maxPriorityFeePerGas",
                        "0x" + Long.toHexString(500 * GWEI)));
    }

    private void mine() {
        anvil.call("evm_mine");
    }

    private long height() {
        return Long.decode(anvil.call("eth_blockNumber").stringValue());
    }

    private long count(LaneSender lane) {
        return Long.decode(anvil.call("eth_getTransactionCount", lane.address().hex(), "latest")
                .stringValue());
    }

    private static List<TransactionIntent> intents(String prefix, int count, Urgency urgency) {
        return IntStream.range(0, count)
                .mapToObj(i -> new TransactionIntent(
                                prefix + i, TARGET, "0x01", Wei.ZERO, new Gas(50_000), GasPrice.parse("100"))
                        .withUrgency(urgency))
                .toList();
    }
}
