package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Opening;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.journal.JournalEntry;
import plimsoll.keeper.journal.Replay;
import plimsoll.keeper.journal.Scene;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.store.SceneStore;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;

/** A crash on the real contracts, and its decisions taken again from what the journal keeps. */
@OnDevnet
final class JournalOnDevnetTest {

    private static final int BLOCKS = 8;

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @Test
    void decidesTheSameAgain() {
        List<JournalEntry> journal = crash("a");

        assertThat(journal.stream().mapToInt(entry -> entry.verdicts().size()).sum())
                .isGreaterThan(10);
        assertThat(journal.stream().flatMap(entry -> entry.verdicts().stream()))
                .anyMatch(verdict -> verdict.decided().action().equals("liquidate"));
        assertThat(journal)
                .allSatisfy(entry -> assertThat(Replay.differences(entry)).isEmpty());

        JournalEntry acted = journal.stream()
                .filter(entry -> entry.verdicts().stream()
                        .anyMatch(verdict -> verdict.decided().action().equals("liquidate")))
                .findFirst()
                .orElseThrow();
        assertThat(Replay.differences(new JournalEntry(greedy(acted.scene()), acted.verdicts())))
                .isNotEmpty()
                .allSatisfy(difference -> assertThat(difference.today()).startsWith("unprofitable"));
    }

    @Test
    void readsBackWhatItKeeps() throws SQLException {
        long market = market();
        var store = new SceneStore(DATABASE.dataSource());
        List<JournalEntry> journal = crash("b");
        Instant noon = Instant.parse("2026-11-22T12:00:00Z");
        for (JournalEntry entry : journal) {
            store.add(market, entry, noon);
        }

        List<JournalEntry> read = new ArrayList<>();
        store.each(Optional.of(market), new BlockNumber(0), new BlockNumber(Long.MAX_VALUE), stored -> {
            assertThat(stored).isInstanceOf(SceneStore.Stored.Replayable.class);
            read.add(((SceneStore.Stored.Replayable) stored).entry());
        });

        assertThat(read).isEqualTo(journal);
        assertThat(read)
                .allSatisfy(entry -> assertThat(Replay.differences(entry)).isEmpty());
        assertThat(store.prune(market, noon)).isZero();
        assertThat(store.prune(market, noon.plusSeconds(1))).isEqualTo(journal.size());
    }

    private static long market() throws SQLException {
        try (Connection connection = DATABASE.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO markets (id, chain_id, pool) VALUES (7, 31337, '"
                    + devnet().addresses().pool().hex() + "')");
            return 7;
        }
    }

    private static Scene greedy(Scene scene) {
        Policy policy = scene.policy();
        return new Scene(
                scene.block(),
                new Policy(
                        BaseValue.parse("1000000"),
                        policy.maxGasPrice(),
                        policy.gasOfLiquidation(),
                        policy.maxSlippage()),
                scene.conditions(),
                scene.circumstances(),
                scene.subjects(),
                scene.trials());
    }

    /** Borrowers fall below the line and are liquidated as far as funds reach; every block in which something was decided. */
    private static List<JournalEntry> crash(String group) {
        openPositions(group);
        Account wallet = devnet().account("keeper");
        devnet().market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("20000"));
        try (KeeperBench keeper =
                KeeperBench.on(devnet(), wallet, new MemoryIntentStore(InstantSource.system()), true)) {
            keeper.next();
            devnet().market().priceOf(Asset.WETH).fallsBy(percent(25));
            devnet().market().arbitrage();
            for (int block = 0; block < BLOCKS; block++) {
                devnet().mine(1);
                keeper.next();
            }
            return keeper.rounds().stream()
                    .filter(round -> !round.decisions().isEmpty())
                    .map(round -> JournalEntry.of(round.scene(), round.decisions()))
                    .toList();
        }
    }

    private static void openPositions(String group) {
        var random = new SplittableRandom(13);
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            openings.add(new Opening(
                    "borrower-" + group + i,
                    Map.of(Asset.WETH, Asset.WETH.amount("2")),
                    Map.of(Asset.USDC, Asset.USDC.amount(Integer.toString(random.nextInt(3_000, 3_990))))));
        }
        devnet().market().open(openings);
    }
}
