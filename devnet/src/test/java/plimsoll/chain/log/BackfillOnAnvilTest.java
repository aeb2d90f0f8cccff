package plimsoll.chain.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.EventLog;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.testing.SilentFollowerEvents;
import plimsoll.devnet.LogSource;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.BlockNumber;

/** Reading a long history from the start, as a new follower does. */
class BackfillOnAnvilTest {

    /** Three times the goal of a minute, for machines that have other things to do; the printed figure is what counts. */
    private static final Duration LIMIT = Duration.ofMinutes(3);

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void readsFiftyThousandLogs() {
        backfill(50_000);
    }

    @Test
    @Tag("long")
    void readsAMillionLogs() {
        assertThat(backfill(1_000_000)).isLessThan(LIMIT);
    }

    private Duration backfill(int logs) {
        try (LocalNode node = LogSource.start(new LocalNodeSettings(
                        Artefacts.prepare(sentence -> {}).anvil(), 0, folder.resolve("anvil.log"), List.of()));
                RpcClient rpc = RpcClient.to(node.rpcUrl())) {
            BlockNumber last = LogSource.fill(rpc, logs);
            Sum sum = new Sum();
            LogFollower follower = new LogFollower(
                    new Chain(rpc),
                    LogQuery.of(List.of(LogSource.EMITTER), List.of(LogSource.TOPIC)),
                    FollowerSettings.of("backfill", new BlockNumber(0)),
                    new Subscribers(new MemoryBlockStore(), Map.of("backfill", sum), new SilentFollowerEvents()));

            long start = System.nanoTime();
            LogFollower.Progress progress = follower.advance();
            Duration time = Duration.ofNanos(System.nanoTime() - start);

            assertThat(progress.isCaughtUp()).isTrue();
            assertThat(progress.head().number()).isEqualTo(last);
            assertThat(sum.logs).isEqualTo(logs);
            // Each block counts down from 100 to 1.
            assertThat(sum.words).isEqualTo(logs / 100 * 5_050L);
            System.out.printf(
                    "backfill: logs=%d blocks=%s time=%d ms speed=%d logs/s%n",
                    logs, last, time.toMillis(), logs * 1_000L / Math.max(1, time.toMillis()));
            return time;
        }
    }

    private static final class Sum implements LogConsumer {

        private long logs;
        private long words;

        @Override
        public void apply(BlockLogs run) {
            for (EventLog log : run.logs()) {
                logs++;
                words += Long.parseLong(log.data(), 2, log.data().length(), 16);
            }
        }

        @Override
        public void rewind(BlockNumber first) {
            assertThat(logs).isZero();
        }
    }
}
