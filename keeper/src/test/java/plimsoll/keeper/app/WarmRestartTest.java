package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import javax.sql.DataSource;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.devnet.AccountData;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.Opening;
import plimsoll.devnet.StoredPosition;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.MarketState;
import plimsoll.keeper.position.RecentBlock;
import plimsoll.keeper.position.Standing;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.store.SnapshotStore;
import plimsoll.runtime.store.Duty;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;
import plimsoll.units.TokenAmount;

/** A keeper that starts again reads what has changed since, and knows what a fresh one would know. */
final class WarmRestartTest {

    private static final int BY_TRANSACTIONS = 20;
    private static final Duration BAR = Duration.ofSeconds(3);

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @Test
    void knowsTwoThousandPositionsAtOnce() {
        Duration took = restartWith(2_000, 2_000);

        assertThat(took).isLessThan(BAR.multipliedBy(3));
    }

    @Test
    @Tag("long")
    void knowsAHundredThousandPositionsWithinThreeSeconds() {
        Duration took = restartWith(100_000, 500);

        assertThat(took)
                .isLessThan(BAR.multipliedBy(2)); // the bar is printed beside it; a busy machine is not a failure
    }

    @Test
    void readsAgainWhatAReorgUndidWhileItWasDown() {
        try (Devnet devnet = Devnet.start(DevnetSettings.ofSeed(34))) {
            List<Borrower> borrowers = openPositions(devnet, 6);
            Borrower leaver = devnet.market().borrower("leaver").supplies(Asset.WETH, "1");
            SnapshotStore store = new SnapshotStore(DATABASE.dataSource());
            long market = market(DATABASE.dataSource(), devnet);
            String fork = devnet.snapshot();
            Set<Address> seen;
            try (KeeperBench first = bench(devnet, Optional.empty())) {
                Snapshots snapshots = new Snapshots(store, market, () -> Optional.of(Duty.Term.ALONE));
                add(snapshots, first, first.next());
                borrowers.get(0).borrows(Asset.USDC, "5");
                leaver.withdraws(Asset.WETH, "1");
                Address orphan = devnet.market()
                        .borrower("orphan")
                        .supplies(Asset.WETH, "3")
                        .address();
                add(snapshots, first, first.next());
                snapshots.save();
                seen = byAccount(first).keySet();
                assertThat(seen).contains(orphan).doesNotContain(leaver.address());
            }
            devnet.revertTo(fork);
            borrowers.get(1).supplies(Asset.LINK, "70");
            devnet.mine(12);

            try (KeeperBench warm = bench(devnet, store.load(market));
                    KeeperBench fresh = bench(devnet, Optional.empty())) {
                fresh.next();
                warm.runUntil(round -> round.market().block().number().equals(devnet.blockNumber()));

                assertThat(byAccount(warm)).isEqualTo(byAccount(fresh)).containsKey(leaver.address());
                assertThat(seen).isNotEqualTo(byAccount(warm).keySet());
            }
        }
    }

    /** The time from the first byte read from the database to the first screened block. */
    private static Duration restartWith(int positions, int sample) {
        try (Devnet devnet = Devnet.start(DevnetSettings.ofSeed(33))) {
            SnapshotStore store = new SnapshotStore(DATABASE.dataSource());
            long market = market(DATABASE.dataSource(), devnet);
            List<Address> placed = leave(devnet, store, market, positions);
            openPositions(devnet, BY_TRANSACTIONS);
            devnet.elapse(Duration.ofDays(3));
            devnet.market().refreshFeeds();
            devnet.market().priceOf(Asset.WETH).fallsBy(percent(2));

            long begun = System.nanoTime();
            Optional<BookSnapshot> known = store.load(market);
            long loaded = System.nanoTime();
            try (KeeperBench keeper = bench(devnet, known)) {
                Round round = keeper.next();
                Duration took = Duration.ofNanos(System.nanoTime() - begun);
                System.out.printf(
                        "warm restart: %,d positions, loaded in %d ms, first screened block after %d ms (bar %d ms at"
                                + " 100,000)%n",
                        round.positions(), (loaded - begun) / 1_000_000, took.toMillis(), BAR.toMillis());

                assertThat(round.positions()).isEqualTo(positions + BY_TRANSACTIONS);
                assertThat(round.change().read()).hasSizeLessThanOrEqualTo(BY_TRANSACTIONS + 10);
                agreesWithTheContract(devnet, keeper, round.market(), sampled(placed, sample));
                return took;
            }
        }
    }

    /** Puts positions into the contracts' storage, and into the tables what a keeper that had read them would have left there. */
    private static List<Address> leave(Devnet devnet, SnapshotStore store, long market, int positions) {
        List<plimsoll.keeper.position.Asset> reserves;
        try (KeeperBench reader = bench(devnet, Optional.empty())) {
            reserves = reader.next().market().assets();
        }
        Map<Asset, Integer> numbers = new HashMap<>();
        for (plimsoll.keeper.position.Asset reserve : reserves) {
            numbers.put(Asset.valueOf(reserve.symbol()), reserve.number());
        }
        var random = new SplittableRandom(positions);
        List<StoredPosition> stored = new ArrayList<>();
        List<AccountPosition> known = new ArrayList<>();
        for (int i = 0; i < positions; i++) {
            Address account =
                    new Address("0x%040x".formatted(BigInteger.valueOf(i).add(BigInteger.ONE.shiftLeft(96))));
            TokenAmount supply = Asset.WETH.amount(Integer.toString(random.nextInt(1, 50)));
            TokenAmount debt = Asset.USDC.amount(Integer.toString(random.nextInt(100, 1_800)));
            stored.add(new StoredPosition(account, Map.of(Asset.WETH, supply), Map.of(Asset.USDC, debt), Set.of(), 0));
            known.add(new AccountPosition(account, 0, holdings(numbers, supply, debt)));
        }
        for (int from = 0; from < positions; from += 5_000) {
            devnet.market().placeByStorage(stored.subList(from, Math.min(positions, from + 5_000)));
        }
        devnet.mine(1);
        BlockHeader head = devnet.chain().head();
        store.save(
                market,
                new SnapshotStore.Update(
                        true, List.of(new RecentBlock(head.number(), head.hash(), Set.of())), reserves, known),
                Duty.Term.ALONE);
        return known.stream().map(AccountPosition::account).toList();
    }

    private static List<Holding> holdings(Map<Asset, Integer> numbers, TokenAmount weth, TokenAmount usdc) {
        Holding supplied =
                new Holding(number(numbers, Asset.WETH), StoredAmount.ofRaw(weth.raw()), true, StoredAmount.ZERO);
        Holding owed =
                new Holding(number(numbers, Asset.USDC), StoredAmount.ZERO, false, StoredAmount.ofRaw(usdc.raw()));
        return supplied.reserve() < owed.reserve() ? List.of(supplied, owed) : List.of(owed, supplied);
    }

    private static int number(Map<Asset, Integer> numbers, Asset asset) {
        return Optional.ofNullable(numbers.get(asset)).orElseThrow();
    }

    private static List<Borrower> openPositions(Devnet devnet, int count) {
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            openings.add(new Opening(
                    "borrower-" + i,
                    Map.of(Asset.WETH, Asset.WETH.amount("2")),
                    Map.of(Asset.USDC, Asset.USDC.amount("3000"))));
        }
        return devnet.market().open(openings);
    }

    private static void add(Snapshots snapshots, KeeperBench keeper, Round round) {
        snapshots.add(round, keeper.engine().watch().book());
    }

    private static KeeperBench bench(Devnet devnet, Optional<BookSnapshot> known) {
        return KeeperBench.on(
                devnet, devnet.account("keeper"), new MemoryIntentStore(InstantSource.system()), false, known);
    }

    private static Set<Address> sampled(List<Address> accounts, int size) {
        var random = new SplittableRandom(accounts.size());
        return size >= accounts.size()
                ? Set.copyOf(accounts)
                : random.ints(0, accounts.size())
                        .distinct()
                        .limit(size)
                        .mapToObj(accounts::get)
                        .collect(java.util.stream.Collectors.toSet());
    }

    private static Map<Address, AccountPosition> byAccount(KeeperBench keeper) {
        Map<Address, AccountPosition> positions = new HashMap<>();
        keeper.engine().watch().book().all().forEach(position -> positions.put(position.account(), position));
        return positions;
    }

    private static void agreesWithTheContract(
            Devnet devnet, KeeperBench keeper, MarketState market, Set<Address> accounts) {
        for (AccountPosition position : keeper.engine().watch().book().all()) {
            boolean isStored = position.account().hex().startsWith("0x0000");
            if (!isStored || accounts.contains(position.account())) {
                AccountData contract = devnet.market().accountData(position.account());
                Standing ours = market.standing(position).orElseThrow();
                assertThat(ours.collateral()).as(position.toString()).isEqualTo(contract.collateral());
                assertThat(ours.debt()).as(position.toString()).isEqualTo(contract.debt());
                assertThat(ours.healthFactor()).as(position.toString()).isEqualTo(contract.healthFactor());
            }
        }
    }

    /** The market's number, as the service makes it. */
    static long market(DataSource source, Devnet devnet) {
        String sql = """
                INSERT INTO markets (chain_id, pool) VALUES (?, ?)
                ON CONFLICT (chain_id, pool, part) DO UPDATE SET pool = EXCLUDED.pool RETURNING id
                """;
        try (Connection connection = source.getConnection();
                PreparedStatement insert = connection.prepareStatement(sql)) {
            insert.setLong(1, devnet.addresses().chainId().value());
            insert.setString(2, devnet.addresses().pool().hex());
            try (ResultSet row = insert.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
