package plimsoll.acceptance.bench;

import java.math.BigInteger;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import plimsoll.acceptance.demo.AppProcess;
import plimsoll.chain.call.BlockHeader;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.Ladder;
import plimsoll.devnet.MarketAddresses;
import plimsoll.devnet.StoredPosition;
import plimsoll.devnet.fault.FaultProxy;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Holding;
import plimsoll.keeper.position.RecentBlock;
import plimsoll.keeper.position.StoredAmount;
import plimsoll.keeper.store.SnapshotStore;
import plimsoll.runtime.postgres.Database;
import plimsoll.runtime.postgres.DatabaseSettings;
import plimsoll.runtime.store.Duty;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.TokenAmount;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A real market with many sound positions, a few borrowers near the line, and a keeper at work on it in a process of its own. The many
 * are written into the contracts' storage, and the keeper finds them in its tables as if it had read their logs.
 */
final class CrowdedMarket implements AutoCloseable {

    private static final String KEY = "BENCH_KEEPER_KEY";
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(20);
    /** A node that keeps the state of every block runs out of memory with a hundred thousand positions. */
    private static final int KEPT_STATES = 16;

    private static final int STORED_AT_ONCE = 5_000;
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final Devnet devnet;
    private final Database database;
    private final FaultProxy proxy;
    private final AppProcess keeper;
    private final Onlooker onlooker;
    private int ladders;

    private CrowdedMarket(Devnet devnet, Database database, FaultProxy proxy, AppProcess keeper, Onlooker onlooker) {
        this.devnet = devnet;
        this.database = database;
        this.proxy = proxy;
        this.keeper = keeper;
        this.onlooker = onlooker;
    }

    /**
     * Sets everything up and waits until the keeper is ready.
     *
     * @param positions how many sound positions there are
     * @param roundTrip how much longer an exchange with the node takes than it would
     */
    static CrowdedMarket of(Path folder, int positions, Duration roundTrip, Consumer<String> progress) {
        Devnet devnet = Devnet.start(DevnetSettings.ofSeed(11)
                .withOutput(folder.resolve("anvil.log"))
                .withStatesOf(KEPT_STATES));
        Database database = Database.open(DatabaseSettings.embedded(folder.resolve("data")));
        try {
            database.migrate();
            progress.accept("placing " + positions + " positions");
            crowd(devnet, database, positions);
            devnet.goOnInFork();
        } catch (RuntimeException e) {
            database.close();
            devnet.close();
            throw e;
        }
        FaultProxy proxy = FaultProxy.before(devnet.rpcUrl(), 11);
        try {
            Account wallet = devnet.account("keeper");
            for (Asset asset : Asset.values()) {
                devnet.market().fund(wallet.address(), asset, asset.amount("50000000"));
            }
            if (!roundTrip.isZero()) {
                proxy.delays(Bps.ONE_HUNDRED_PERCENT, roundTrip);
            }
            progress.accept("starting the keeper");
            String url = roundTrip.isZero() ? devnet.rpcUrl() : proxy.url();
            AppProcess keeper = AppProcess.start(
                    Path.of(System.getProperty("plimsoll.root", ".")).toAbsolutePath(),
                    "keeper",
                    configuration(devnet, url, folder, wallet),
                    folder.resolve("keeper.log"),
                    List.of("-Xmx512m"));
            keeper.awaitReady();
            return new CrowdedMarket(devnet, database, proxy, keeper, Onlooker.at(devnet.rpcUrl(), wallet.address()));
        } catch (RuntimeException e) {
            proxy.close();
            database.close();
            devnet.close();
            throw e;
        }
    }

    private static Map<String, String> configuration(Devnet devnet, String url, Path folder, Account wallet) {
        MarketAddresses market = devnet.addresses();
        Map<String, String> keys = new LinkedHashMap<>();
        keys.put("plimsoll.data-folder", folder.resolve("data").toString());
        keys.put("plimsoll.chain.rpc-url", url);
        keys.put("plimsoll.chain.id", market.chainId().toString());
        keys.put("plimsoll.chain.confirmations", "1");
        keys.put("plimsoll.market.pool", market.pool().hex());
        keys.put("plimsoll.market.multicall", market.multicall3().hex());
        keys.put("plimsoll.signer.key-env", KEY);
        keys.put(KEY, wallet.privateKey());
        keys.put("plimsoll.keeper.live", "true");
        keys.put("plimsoll.keeper.poll-interval", "PT0.01S");
        keys.put("plimsoll.keeper.heartbeat", "PT720H");
        // The local pools follow the feeds only when somebody trades.
        keys.put("plimsoll.keeper.guard.max-sale-deviation", "0");
        keys.put("plimsoll.keeper.coin", market.of(Asset.WETH).token().hex());
        keys.put("plimsoll.keeper.venue.router", market.swapRouter().hex());
        keys.put("plimsoll.keeper.venue.quoter", market.quoter().hex());
        return keys;
    }

    /** Supplies of WETH that carry at least three times their debt of USDC. */
    private static void crowd(Devnet devnet, Database database, int positions) {
        var random = new SplittableRandom(positions);
        Map<Asset, Integer> numbers = numbers(devnet);
        List<StoredPosition> stored = new ArrayList<>();
        List<AccountPosition> known = new ArrayList<>();
        for (int i = 0; i < positions; i++) {
            Address account =
                    new Address("0x%040x".formatted(BigInteger.valueOf(i).add(BigInteger.ONE.shiftLeft(96))));
            int weth = random.nextInt(1, 50);
            TokenAmount supply = Asset.WETH.amount(Integer.toString(weth));
            TokenAmount debt = Asset.USDC.amount(Integer.toString(weth * random.nextInt(100, 600)));
            stored.add(new StoredPosition(account, Map.of(Asset.WETH, supply), Map.of(Asset.USDC, debt), Set.of(), 0));
            known.add(new AccountPosition(account, 0, holdings(numbers, supply, debt)));
        }
        for (int from = 0; from < positions; from += STORED_AT_ONCE) {
            devnet.market().placeByStorage(stored.subList(from, Math.min(positions, from + STORED_AT_ONCE)));
        }
        devnet.mine(1);
        BlockHeader head = devnet.chain().head();
        List<plimsoll.keeper.position.Asset> assets = new ArrayList<>();
        numbers.forEach((asset, number) -> assets.add(new plimsoll.keeper.position.Asset(
                number, devnet.addresses().of(asset).token(), asset.name(), asset.decimals())));
        new SnapshotStore(database.dataSource())
                .save(
                        market(database, devnet),
                        new SnapshotStore.Update(
                                true, List.of(new RecentBlock(head.number(), head.hash(), Set.of())), assets, known),
                        Duty.Term.ALONE);
    }

    private static List<Holding> holdings(Map<Asset, Integer> numbers, TokenAmount weth, TokenAmount usdc) {
        int collateral = numbers.getOrDefault(Asset.WETH, -1);
        int debt = numbers.getOrDefault(Asset.USDC, -1);
        Holding supplied = new Holding(collateral, StoredAmount.ofRaw(weth.raw()), true, StoredAmount.ZERO);
        Holding owed = new Holding(debt, StoredAmount.ZERO, false, StoredAmount.ofRaw(usdc.raw()));
        return collateral < debt ? List.of(supplied, owed) : List.of(owed, supplied);
    }

    private static Map<Asset, Integer> numbers(Devnet devnet) {
        Map<Asset, Integer> numbers = new HashMap<>();
        for (Asset asset : Asset.values()) {
            numbers.put(asset, devnet.market().numberOf(asset));
        }
        return numbers;
    }

    private static long market(Database database, Devnet devnet) {
        try (Connection connection = database.dataSource().getConnection();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO markets (chain_id, pool) VALUES (?, ?) RETURNING id")) {
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

    Devnet devnet() {
        return devnet;
    }

    /** Borrowers near the line, whom the keeper has seen. */
    Ladder openLadder(Ladder.Rungs rungs) {
        Ladder ladder = devnet.market().openLadder("near-" + ladders++, rungs);
        Address last = ladder.borrowers().getLast().address();
        await(
                () -> positions().contains(last.hex()) || positions().contains(last.toString()),
                "the keeper to see the new positions");
        return ladder;
    }

    private String positions() {
        return keeper.get("/api/positions?below=1.6&limit=10000");
    }

    /** How long the keeper took for each account from seeing the block to sending, as it says itself, in milliseconds. */
    Map<Address, Double> latencies() {
        Map<Address, Double> latencies = new HashMap<>();
        for (JsonNode sent :
                JSON.readTree(keeper.get("/api/liquidations?limit=1000")).get("liquidations")) {
            if (sent.hasNonNull("latencyMs")) {
                latencies.put(
                        Address.parse(sent.get("account").asString()),
                        sent.get("latencyMs").asDouble());
            }
        }
        return latencies;
    }

    /** Lets some time go by behind the next block, so that nobody is busy with anything earlier. */
    void calmDown(Duration time) {
        BlockNumber now = devnet.blockNumber();
        await(() -> devnet.blockNumber().compareTo(now) > 0, "the next block");
        LockSupport.parkNanos(time.toNanos());
    }

    /** What an onlooker at the node saw of blocks and of the keeper's transactions. */
    Onlooker onlooker() {
        return onlooker;
    }

    long keeperPid() {
        return keeper.pid();
    }

    static void await(BooleanSupplier wish, String what) {
        Instant end = Instant.now().plus(PATIENCE);
        while (!wish.getAsBoolean()) {
            if (Instant.now().isAfter(end)) {
                throw new IllegalStateException("Waited " + PATIENCE.toSeconds() + " s in vain for " + what);
            }
            LockSupport.parkNanos(BETWEEN_LOOKS.toNanos()); // the node has others to answer
        }
    }

    @Override
    public void close() {
        onlooker.close();
        keeper.close();
        proxy.close();
        database.close();
        devnet.close();
    }
}
