package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.units.Bps.percent;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plimsoll.chain.tx.Lane;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.Opening;
import plimsoll.keeper.journal.JournalEntry;
import plimsoll.keeper.store.SceneStore;
import plimsoll.runtime.store.PostgresIntentStore;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Bps;

/** A crash on the real contracts that a live keeper with a database foresaw in the pool and then answered, with its journal. */
public final class JournaledRun {

    private static final Bps FALL = percent(12);

    private final Devnet devnet;
    private final TestDatabase database;

    public JournaledRun(Devnet devnet, TestDatabase database) {
        this.devnet = devnet;
        this.database = database;
    }

    /**
     * What happened.
     *
     * @param foreseenAt the newest block when the price was seen in the pool
     * @param actedAt the block that was answered
     * @param entries of the journal
     */
    public record Facts(List<Borrower> borrowers, long foreseenAt, long actedAt, int entries, int decisions) {}

    public Facts play() throws SQLException {
        List<Borrower> borrowers = open();
        Account wallet = devnet.account("keeper");
        devnet.market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("500000"));
        PostgresIntentStore store = new PostgresIntentStore(database.dataSource());
        KeeperSettings settings = watching();
        try (KeeperBench keeper = KeeperBench.on(devnet, settings, wallet, store)) {
            keeper.next();
            keeper.watchPool(settings);
            long foreseenAt = devnet.blockNumber().value();
            devnet.rpc().call("evm_setAutomine", false);
            devnet.rpc()
                    .call(
                            "eth_sendRawTransaction",
                            UnsentRound.of(devnet, FALL).transaction().bytes());
            assertThat(keeper.react()).isEmpty(); // there is no relay
            List<JournalEntry> journal = new ArrayList<>(keeper.assembly().anticipations().stream()
                    .map(Anticipation::entry)
                    .toList());
            devnet.rpc().call("evm_setAutomine", true);
            devnet.rpc().call("evm_mine");
            Round acted = keeper.runUntil(round -> !round.sent().isEmpty());
            keeper.runUntil(round -> round.liquidatable().isEmpty());
            Lane lane = new Lane(devnet.addresses().chainId(), wallet.address());
            keeper.waitUntil(() -> {
                devnet.mine(1);
                return store.unfinished(lane).isEmpty();
            });
            keeper.rounds().stream()
                    .filter(round -> !round.decisions().isEmpty())
                    .map(round -> JournalEntry.of(round.scene(), round.decisions()))
                    .forEach(journal::add);
            long market = market();
            SceneStore scenes = new SceneStore(database.dataSource());
            journal.forEach(entry -> scenes.add(market, entry, Instant.parse("2026-11-22T12:00:00Z")));
            return new Facts(
                    borrowers,
                    foreseenAt,
                    acted.market().block().number().value(),
                    journal.size(),
                    journal.stream().mapToInt(entry -> entry.verdicts().size()).sum());
        }
    }

    private KeeperSettings watching() {
        KeeperSettings usual = KeeperBench.settings(devnet, true, "PLIMSOLL_TEST_KEY");
        return new KeeperSettings(
                usual.market(),
                true,
                false,
                usual.policy(),
                usual.timing(),
                usual.heartbeats(),
                usual.trade(),
                usual.guards(),
                new ReactionSettings(true, Duration.ofMinutes(1)));
    }

    private List<Borrower> open() {
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            openings.add(new Opening(
                    "borrower-" + i,
                    Map.of(Asset.WETH, Asset.WETH.amount("2")),
                    Map.of(Asset.USDC, Asset.USDC.amount(Integer.toString(3_700 + 100 * i)))));
        }
        return devnet.market().open(openings);
    }

    private long market() throws SQLException {
        try (Connection connection = database.dataSource().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("INSERT INTO markets (id, chain_id, pool) VALUES (1, 31337, '"
                    + devnet.addresses().pool().hex() + "')");
            return 1;
        }
    }
}
