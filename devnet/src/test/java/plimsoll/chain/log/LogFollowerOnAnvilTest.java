package plimsoll.chain.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.RecordingConsumer;
import plimsoll.devnet.testing.BareNode;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** Following the logs of a real node through reorgs. */
class LogFollowerOnAnvilTest {

    private static final Address POOL = Address.parse("0x00000000000000000000000000000000000000aa");
    private static final Address SENDER = Address.parse("0x00000000000000000000000000000000000000cc");
    private static final String TOPIC = "0x" + "ab".repeat(32);
    /** Emits its call data under the topic: CALLDATACOPY(0, 0, CALLDATASIZE); LOG1(0, CALLDATASIZE, topic). */
    private static final String ECHO = "0x365f5f377f" + "ab".repeat(32) + "365fa100";

    private static final FollowerSettings SETTINGS =
            FollowerSettings.of("test", new BlockNumber(1)).withNear(8).withKeep(128);

    @RegisterExtension
    final BareNode anvil = BareNode.with("--no-mining", "--auto-impersonate");

    private int emitted;

    @BeforeEach
    void start() {
        anvil.call("anvil_setCode", POOL.hex(), ECHO);
        anvil.fund(SENDER);
    }

    @Test
    void equalsAFreshSyncAfterEveryReorg() {
        SplittableRandom random = new SplittableRandom(20_261_121);
        RecordingConsumer followed = new RecordingConsumer();
        LogFollower follower = follower(followed);
        int struck = 0;
        for (int step = 0; step < 25; step++) {
            grow(1 + random.nextInt(12), random);
            follower.advance();
            int rewinds = followed.rewinds();
            int depth = 1 + random.nextInt(10);
            if (random.nextBoolean() && depth < anvil.chain().head().number().value()) {
                anvil.call("anvil_reorg", depth, List.of());
            }
            follower.advance();
            struck += followed.rewinds() - rewinds;

            RecordingConsumer fresh = new RecordingConsumer();
            follower(fresh).advance();
            assertThat(followed.logs()).as("step %d", step).isEqualTo(fresh.logs());
        }
        assertThat(struck).isGreaterThan(5);
        assertThat(followed.logs()).isNotEmpty();
    }

    @Test
    void goesBackToASnapshotWithTheNode() {
        SplittableRandom random = new SplittableRandom(7);
        RecordingConsumer followed = new RecordingConsumer();
        LogFollower follower = follower(followed);
        grow(20, random);
        String snapshot = anvil.call("evm_snapshot").stringValue();
        grow(10, random);
        follower.advance();

        anvil.call("evm_revert", snapshot);
        anvil.call("evm_increaseTime", 1_000); // or the same blocks would come again
        grow(15, random);
        follower.advance();

        RecordingConsumer fresh = new RecordingConsumer();
        follower(fresh).advance();
        assertThat(followed.logs()).isEqualTo(fresh.logs());
    }

    @Test
    void readsTenThousandLogsInPages() {
        SplittableRandom random = new SplittableRandom(3);
        for (int block = 0; block < 100; block++) {
            List<RpcRequest> emissions = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                // Anvil answers the requests of a batch side by side, so each needs its nonce.
                Map<String, Object> emission = new HashMap<>(emission(random));
                emission.put("nonce", "0x" + Integer.toHexString(100 * block + i));
                emissions.add(RpcRequest.of("eth_sendTransaction", emission));
            }
            anvil.rpc().callAll(emissions).forEach(answer -> answer.orThrow());
            anvil.call("evm_mine");
        }

        RecordingConsumer consumer = new RecordingConsumer();
        follower(consumer).advance();

        assertThat(consumer.logs()).hasSize(10_000);
    }

    private LogFollower follower(RecordingConsumer consumer) {
        LogQuery query = LogQuery.of(List.of(POOL), List.of(TOPIC));
        return new LogFollower(anvil.chain(), query, SETTINGS, new MemoryBlockStore(), consumer);
    }

    private void grow(int blocks, SplittableRandom random) {
        for (int i = 0; i < blocks; i++) {
            for (int j = random.nextInt(3); j > 0; j--) {
                anvil.call("eth_sendTransaction", emission(random));
            }
            anvil.call("evm_mine");
        }
    }

    private Map<String, Object> emission(SplittableRandom random) {
        String data = "0x%08x%016x".formatted(emitted++, random.nextLong());
        return Map.of("from", SENDER.hex(), "to", POOL.hex(), "data", data, "gas", "0x186a0");
    }
}
