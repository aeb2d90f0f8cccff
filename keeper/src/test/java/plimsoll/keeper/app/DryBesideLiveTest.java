package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;
import static plimsoll.units.Bps.percent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Opening;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.store.SnapshotStore;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;

/** A keeper in dry run and a live one share a database: the dry one is in nobody's way, in whatever order they start. */
@OnDevnet(remembers = true)
final class DryBesideLiveTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @Test
    void aLiveOneLiquidatesThoughADryOneStartedFirst() {
        List<Borrower> borrowers = open("first", 4, "3900");
        Account wallet = devnet().account("keeper");
        devnet().market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("100000"));
        try (KeeperBench dry = sharing(wallet, false)) {
            dry.next();
            assertThat(dry.assembly().isStandingBy()).isFalse();

            try (KeeperBench live = sharing(wallet, true)) {
                live.next();
                devnet().market().priceOf(Asset.WETH).fallsBy(percent(20));
                Round acted = live.runUntil(round -> !round.sent().isEmpty());
                live.runUntil(round -> round.liquidatable().isEmpty());
                dry.waitUntil(dry.assembly()::isStandingBy);

                assertThat(acted.sent()).hasSize(borrowers.size());
                assertThat(borrowers).noneMatch(borrower -> borrower.data().isLiquidatable());
                assertThat(live.assembly().isStandingBy()).isFalse();
            }

            dry.waitUntil(() -> !dry.assembly().isStandingBy()); // comes back by itself, on the block it has seen
        }
    }

    /** It may have noted a block and not stored it yet: over what the live one stores it would put what was true before. */
    @Test
    void aDryOneStoresNothingOverWhatTheLiveOneKnows() {
        Borrower borrower = open("second", 1, "1000").getFirst();
        SnapshotStore store = new SnapshotStore(DATABASE.dataSource());
        long market = WarmRestartTest.market(DATABASE.dataSource(), devnet());
        Account wallet = devnet().account("keeper");
        try (KeeperBench dry = sharing(wallet, false)) {
            Snapshots dryOnes = new Snapshots(store, market, dry::term);
            dryOnes.add(dry.next(), dry.engine().watch().book());
            dryOnes.save();
            assertThat(byAccount(store.load(market).orElseThrow())).isEqualTo(byAccount(dry));
            borrower.supplies(Asset.LINK, "70");
            dryOnes.add(dry.next(), dry.engine().watch().book());

            try (KeeperBench live = sharing(wallet, true)) {
                Snapshots liveOnes = new Snapshots(store, market, live::term);
                live.next();
                borrower.supplies(Asset.LINK, "30");
                liveOnes.add(live.next(), live.engine().watch().book());
                liveOnes.save();
                dryOnes.save();

                BookSnapshot stored = store.load(market).orElseThrow();
                assertThat(byAccount(stored)).isEqualTo(byAccount(live)).isNotEqualTo(byAccount(dry));
                assertThat(stored.recent().getLast().number()).isEqualTo(devnet().blockNumber());
            }
        }
    }

    private static KeeperBench sharing(Account wallet, boolean live) {
        return KeeperBench.sharing(devnet(), wallet, DATABASE.dataSource(), live);
    }

    private static List<Borrower> open(String name, int count, String debt) {
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            openings.add(new Opening(
                    name + "-" + i,
                    Map.of(Asset.WETH, Asset.WETH.amount("2")),
                    Map.of(Asset.USDC, Asset.USDC.amount(debt))));
        }
        return devnet().market().open(openings);
    }

    private static Map<Address, AccountPosition> byAccount(KeeperBench keeper) {
        return byAccount(keeper.engine().watch().book().all());
    }

    private static Map<Address, AccountPosition> byAccount(BookSnapshot stored) {
        return byAccount(stored.positions());
    }

    private static Map<Address, AccountPosition> byAccount(Iterable<AccountPosition> positions) {
        Map<Address, AccountPosition> byAccount = new HashMap<>();
        positions.forEach(position -> byAccount.put(position.account(), position));
        return byAccount;
    }
}
