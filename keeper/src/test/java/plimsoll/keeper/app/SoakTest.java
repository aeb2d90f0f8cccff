package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.abi.AavePool;
import plimsoll.chain.call.BlockAt;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.tx.IntentState;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.devnet.Account;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.runtime.store.PostgresIntentStore;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;

/**
 * Two keepers, one database, and everything by chance: what accounts, prices and governance do, how the way to the node fails, who is
 * killed and when. In the end nobody waits for more than three blocks, both books say what the chain says, every liquidation is one
 * transaction of ours, and whoever lived through it holds no more than before.
 *
 * <p>One block a second; two minutes, or two hours. The node is behind one proxy that fails and does not lie: who lies is the affair
 * of {@link OneLyingEndpointTest}, and three endpoints of one anvil would be no three witnesses. Blocks are made while no request is
 * at the node, because anvil's answers to requests beside that are of another block than they say.
 */
class SoakTest {

    private static final Duration BLOCK_TIME = Duration.ofSeconds(1);
    private static final int MOST_BLOCKS_TO_WAIT = 3;
    private static final int BLOCKS_BETWEEN_KILLS = 12;

    /** Threads, files and sockets that come and go with a question. */
    private static final int LEEWAY = 6;

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    private final List<ChildKeeper> keepers = new ArrayList<>();
    private int kills;

    @Test
    void staysInOrderForTwoMinutes() throws Exception {
        soak(Duration.ofMinutes(2), 1);
    }

    @Test
    @Tag("long")
    void staysInOrderForTwoHours() throws Exception {
        soak(Duration.ofHours(2), 2);
    }

    private void soak(Duration time, long seed) throws Exception {
        var random = new SplittableRandom(seed);
        try (Devnet devnet = Devnet.start(DevnetSettings.ofSeed(seed).withChainId(new ChainId(32_000 + seed)));
                SoakFaults faults = new SoakFaults(devnet.rpcUrl(), random.split())) {
            Account wallet = devnet.account("keeper");
            var market = new SoakMarket(devnet, wallet, random.split(), faults::whileNobodyAsks);
            var setup = new ChildKeeper.Setup(DATABASE, devnet.addresses(), wallet, keys(faults));
            try {
                ChildKeeper.rehearse(setup, folder, keeper -> until(market, keeper::isActing, "acting"));
                keepers.add(ChildKeeper.start(setup, folder));
                keepers.add(ChildKeeper.start(setup, folder));
                calm(market, faults);
                long half = time.dividedBy(BLOCK_TIME) / 2;

                live(half, market, faults, setup, random, Optional.empty());
                calm(market, faults);
                ChildKeeper survivor = acting().orElseThrow();
                ChildKeeper.Held before = survivor.held();
                live(half, market, faults, setup, random, Optional.of(survivor));
                calm(market, faults);
                market.crash();
                nobodyWaitsLong(market);

                settle(devnet, market, wallet);
                booksAreTrue(market);
                int liquidations = liquidatedOnceEach(devnet, wallet);
                ChildKeeper.Held after = survivor.held();
                Duration cpu = survivor.cpu();
                holdsNoMore(before, after);
                assertThat(faults.struck()).isNotEmpty();
                assertThat(kills).isPositive();
                keepers.forEach(ChildKeeper::kill);
                ChildKeeper.waitUntil(() -> connections() == 1, "end of all connections but ours");
                System.out.printf(
                        "soak of %d blocks, seed %d: %d kills, %d liquidations, longest wait in trouble %d blocks;"
                                + " faults %s; market %s; survivor %s then %s, CPU %d s%n",
                        2 * half,
                        seed,
                        kills,
                        liquidations,
                        market.longestWait(),
                        faults.struck(),
                        market.happened(),
                        before,
                        after,
                        cpu.toSeconds());
            } catch (AssertionError | RuntimeException e) {
                keepers.forEach(keeper -> e.addSuppressed(new AssertionError(keeper + ": " + keeper.lastWords())));
                throw e;
            } finally {
                keepers.forEach(ChildKeeper::kill);
            }
        }
    }

    /** Times that stand in a proportion to blocks are as much shorter as these are. */
    private static Map<String, String> keys(SoakFaults faults) {
        return Map.of(
                "plimsoll.chain.rpc-url",
                faults.url(),
                "plimsoll.chain.confirmations",
                "3",
                "plimsoll.keeper.poll-interval",
                "PT0.2S",
                "plimsoll.keeper.guard.retry-after",
                "PT2S");
    }

    private void live(
            long blocks,
            SoakMarket market,
            SoakFaults faults,
            ChildKeeper.Setup setup,
            SplittableRandom random,
            Optional<ChildKeeper> spared)
            throws IOException {
        for (long block = 0; block < blocks; block++) {
            long begin = System.nanoTime();
            faults.next();
            market.lively();
            if (random.nextInt(BLOCKS_BETWEEN_KILLS) == 0) {
                LockSupport.parkNanos(random.nextLong(BLOCK_TIME.toNanos() / 2)); // anywhere in its work
                killOne(setup, random, spared);
            }
            untilNextBlock(begin);
        }
    }

    /** Never the only one that is awake. */
    private void killOne(ChildKeeper.Setup setup, SplittableRandom random, Optional<ChildKeeper> spared)
            throws IOException {
        int which = random.nextInt(2);
        ChildKeeper victim = keepers.get(which);
        if (keepers.get(1 - which).hasSaid("ready") && !spared.equals(Optional.of(victim))) {
            victim.kill();
            kills++;
            keepers.set(which, ChildKeeper.start(setup, folder));
        }
    }

    /** The way is well again and the market stands still until both keepers are awake; from then on nobody waits long. */
    private void calm(SoakMarket market, SoakFaults faults) {
        faults.heal();
        until(market, () -> keepers.stream().allMatch(keeper -> keeper.hasSaid("ready")), "two keepers");
        until(market, () -> acting().isPresent(), "one that acts");
        nobodyWaitsLong(market);
    }

    /** As soon as a keeper has seen a block, the next one comes, a second after the last. */
    private void nobodyWaitsLong(SoakMarket market) {
        for (int block = 0; block < MOST_BLOCKS_TO_WAIT; block++) {
            long begin = System.nanoTime();
            awaitHead(market);
            untilNextBlock(begin);
            market.quiet();
        }
        assertThat(market.liquidatableSince())
                .as("liquidatable and not liquidated for %d blocks", MOST_BLOCKS_TO_WAIT)
                .isEmpty();
    }

    private void awaitHead(SoakMarket market) {
        var head = market.head();
        for (ChildKeeper keeper : keepers) {
            ChildKeeper.waitUntil(() -> keeper.ask().hash().equals(head.hash()), "block " + head.number());
        }
    }

    /** Until nothing of ours is open, as many blocks as that takes. */
    private void settle(Devnet devnet, SoakMarket market, Account wallet) {
        var store = new PostgresIntentStore(DATABASE.dataSource());
        until(market, () -> store.unfinished(lane(devnet, wallet)).isEmpty(), "final");
        awaitHead(market);
    }

    private void booksAreTrue(SoakMarket market) {
        List<String> differences = new ArrayList<>();
        for (ChildKeeper keeper : keepers) {
            ChildKeeper.Answer answer = keeper.ask();
            market.truth(market.accounts(), new BlockAt.ByHash(answer.hash())).forEach((account, is) -> {
                Optional<ChildKeeper.Line> line =
                        Optional.ofNullable(answer.accounts().get(account));
                var known =
                        new BigInteger(line.map(ChildKeeper.Line::collateral).orElse("0"));
                var owed = new BigInteger(line.map(ChildKeeper.Line::debt).orElse("0"));
                if (!known.equals(is.collateral()) || !owed.equals(is.debt())) {
                    differences.add(keeper + " at " + answer.block() + ": account=" + account + " collateral=" + known
                            + " debt=" + owed + " is=" + is);
                }
            });
        }
        assertThat(differences).isEmpty();
    }

    /** Every transaction of ours on the chain is one intent's, and every liquidation by us one transaction's; how many there were. */
    private int liquidatedOnceEach(Devnet devnet, Account wallet) {
        var store = new PostgresIntentStore(DATABASE.dataSource());
        Lane lane = lane(devnet, wallet);
        long count = devnet.chain()
                .transactionCount(wallet.address(), BlockTag.LATEST)
                .value();
        assertThat(store.highestNonce(lane).orElseThrow().value() + 1)
                .as("nonces planned and used")
                .isEqualTo(count);
        Map<TxHash, String> reasons = new HashMap<>();
        int done = 0;
        for (long nonce = SoakMarket.GIFTS; nonce < count; nonce++) {
            StoredIntent intent = store.at(lane, new Nonce(nonce)).orElseThrow();
            intent.state().standing().ifPresent(it -> reasons.put(it.tx(), intent.reason()));
            if (intent.state() instanceof IntentState.Final && intent.reason().startsWith("liquidate")) {
                done++;
            }
        }
        List<@org.jspecify.annotations.Nullable String> causes = new ArrayList<>();
        devnet.chain()
                .logs(
                        LogQuery.of(
                                List.of(devnet.addresses().pool()), List.of(AavePool.LIQUIDATION_CALL_EVENT.topic())),
                        new BlockNumber(0),
                        devnet.blockNumber())
                .forEach(log -> causes.add(reasons.get(log.txHash())));
        assertThat(causes).doesNotContainNull().doesNotHaveDuplicates().hasSize(done);
        assertThat(done).isPositive();
        return done;
    }

    private static void holdsNoMore(ChildKeeper.Held before, ChildKeeper.Held after) {
        assertThat(after.threads()).as("threads").isLessThanOrEqualTo(before.threads() + LEEWAY);
        assertThat(after.files()).as("files").isLessThanOrEqualTo(before.files() + LEEWAY);
        assertThat(after.sockets()).as("sockets").isLessThanOrEqualTo(before.sockets() + LEEWAY);
    }

    private static long connections() {
        try (var connection = DATABASE.dataSource().getConnection();
                var statement = connection.createStatement();
                var row = statement.executeQuery(
                        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()")) {
            row.next();
            return row.getLong(1);
        } catch (SQLException e) {
            throw new IllegalStateException("Connections are not counted", e);
        }
    }

    private Optional<ChildKeeper> acting() {
        return keepers.stream().filter(ChildKeeper::isActing).findFirst();
    }

    private static Lane lane(Devnet devnet, Account wallet) {
        return new Lane(devnet.addresses().chainId(), wallet.address());
    }

    /** Goes on with quiet blocks until it is so. */
    private static void until(SoakMarket market, BooleanSupplier wish, String what) {
        ChildKeeper.waitUntil(
                () -> {
                    long begin = System.nanoTime();
                    if (wish.getAsBoolean()) {
                        return true;
                    }
                    market.quiet();
                    untilNextBlock(begin);
                    return false;
                },
                what);
    }

    private static void untilNextBlock(long begin) {
        long left = BLOCK_TIME.toNanos() - (System.nanoTime() - begin);
        if (left > 0) {
            LockSupport.parkNanos(left);
        }
    }
}
