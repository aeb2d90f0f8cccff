package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import plimsoll.abi.AavePool;
import plimsoll.abi.Erc20;
import plimsoll.chain.key.Signer;
import plimsoll.chain.testing.SilentFollowerEvents;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.Submission;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.chain.tx.TransactionSender;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Devnet;
import plimsoll.keeper.execute.Outcomes;
import plimsoll.keeper.execute.Wallet;
import plimsoll.keeper.margin.Level;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.margin.Relief;
import plimsoll.keeper.margin.Scope;
import plimsoll.keeper.margin.Watch;
import plimsoll.keeper.notify.Backoff;
import plimsoll.keeper.notify.LocalServer;
import plimsoll.keeper.notify.Secret;
import plimsoll.keeper.notify.WebhookChannel;
import plimsoll.keeper.protocol.aave.AaveReader;
import plimsoll.keeper.relief.AaveReliefCalls;
import plimsoll.keeper.relief.ReliefHand;
import plimsoll.keeper.store.MandateStore;
import plimsoll.keeper.store.MarginStore;
import plimsoll.keeper.store.OutboxStore;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.MarketWatch;
import plimsoll.keeper.watch.Sighting;
import plimsoll.keeper.watch.WatchSettings;
import plimsoll.runtime.store.PostgresIntentStore;
import plimsoll.runtime.testing.TestDatabase;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.HealthFactor;
import plimsoll.units.Price;
import plimsoll.units.TokenAmount;
import plimsoll.units.Wad;
import plimsoll.units.Wei;

/**
 * What a margin desk is tried with: the real contracts, borrowers, keepers with funds, a watch that reads the chain, and the database
 * that remembers. Each stage is a market of its own to the desk, and leaves the prices as it found them; nothing else is taken back,
 * because the database knows of every block.
 */
final class MarginStage implements AutoCloseable {

    static final InstantSource CLOCK = InstantSource.system();

    private static final GasPrice MAX_GAS = GasPrice.parse("500");
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static int stages;

    private final int number = stages++;
    private final String market = "31337/test-" + number;
    private final Devnet devnet;
    private final TestDatabase database;
    private final MandateStore audit;
    private final MarketWatch watch;
    private final Map<Asset, Price> prices;
    private Optional<Sighting> last = Optional.empty();

    MarginStage(Devnet devnet, TestDatabase database) {
        this.devnet = devnet;
        this.database = database;
        this.audit = new MandateStore(database.dataSource());
        this.prices = devnet.market().prices();
        this.watch = new MarketWatch(
                devnet.chain(),
                AaveReader.of(devnet.chain(), devnet.addresses().pool(), new Heartbeats(Duration.ofDays(30), Map.of())),
                new WatchSettings(new BlockNumber(0), Optional.empty()),
                InstantSource.system(),
                new SilentFollowerEvents());
    }

    @Override
    public void close() {
        devnet.market().pricesAre(prices);
    }

    /** Supplies 10 WETH and owes USDC at a health of about 1.6. */
    Borrower borrower(String name) {
        Borrower borrower = devnet.market().borrower(name);
        borrower.supplies(Asset.WETH, "10");
        borrower.borrows(Asset.USDC, "1");
        BigInteger health = borrower.data().healthFactor().orElseThrow().ratio().raw(); // owing one dollar
        BigInteger owed =
                health.divide(BigInteger.TEN.pow(12)).multiply(BigInteger.TEN).divide(BigInteger.valueOf(16));
        return borrower.borrows(Asset.USDC, TokenAmount.ofRaw(owed, 6));
    }

    Account funded(String name) {
        Account keeper = devnet.account(name);
        devnet.fundEther(keeper.address(), Wei.parse("10"));
        devnet.market().fund(keeper.address(), Asset.WETH, Asset.WETH.amount("50"));
        devnet.market().fund(keeper.address(), Asset.USDC, Asset.USDC.amount("50000"));
        return keeper;
    }

    Mandate topUp(Borrower borrower, Mandate.Source source, String perAction, String perDay) {
        return new Mandate(
                "mandate" + number,
                Scope.cross(borrower.address()),
                Relief.Kind.TOP_UP,
                source,
                List.of(new Mandate.Allowed(devnet.addresses().of(Asset.WETH).token(), perAction, perDay)),
                HealthFactor.parse("1.3"),
                HealthFactor.parse("1.5"),
                Duration.ZERO,
                Instant.parse("2100-01-01T00:00:00Z"),
                true);
    }

    MarginDesk desk(LocalServer server, TransactionSender sender, Mandate mandate, InstantSource clock) {
        Watch watched = new Watch(
                "watch" + number,
                Scope.isolated(mandate.scope().account(), market),
                Level.parseAll("warn:1.5,call:1.25,urgent:1.05"),
                Wad.parse("0.02"),
                Duration.ofMinutes(15),
                List.of("hook" + number));
        Secret secret = Secret.of(new Secret.Source.Variable("S"), Map.of("S", "secret"));
        MarginSettings settings = new MarginSettings(
                List.of(watched),
                List.of(mandate),
                List.of(new WebhookChannel("hook" + number, server.url(), secret, CLOCK)),
                new Backoff(Duration.ofMillis(10), Duration.ofMillis(50), 10),
                MarginSettings.none().usual());
        MarginLog log = new MarginLog();
        Mandates mandates = new Mandates(
                settings.mandates(),
                audit,
                asked -> Optional.of(new Mandates.Hands(hand(sender, clock), true))
                        .filter(_ -> asked.equals(market)),
                log,
                clock);
        return new MarginDesk(
                settings,
                new MarginStore(database.dataSource()),
                new OutboxStore(database.dataSource()),
                mandates,
                log,
                clock,
                new SplittableRandom(1));
    }

    ReliefHand hand(TransactionSender sender, InstantSource clock) {
        return new ReliefHand(
                devnet.chain(), sender, new AaveReliefCalls(devnet.addresses().pool()), MAX_GAS, clock);
    }

    LaneSender lane(Account account) {
        LaneSettings settings = LaneSettings.of(devnet.addresses().chainId(), "margin-test")
                .withPollInterval(Duration.ofMillis(20))
                .withLeaseTime(Duration.ofSeconds(30));
        LaneSender lane = LaneSender.open(
                        devnet.chain(),
                        Signer.fromPrivateKey(account.privateKey()),
                        new PostgresIntentStore(database.dataSource()),
                        settings,
                        CLOCK,
                        new SilentLaneEvents())
                .orElseThrow();
        lane.start();
        return lane;
    }

    /** The market may take the keeper's WETH and USDC. */
    void approve(LaneSender lane) {
        List<Wallet.Approval> approvals = List.of(
                new Wallet.Approval(
                        devnet.addresses().of(Asset.WETH).token(),
                        devnet.addresses().pool()),
                new Wallet.Approval(
                        devnet.addresses().of(Asset.USDC).token(),
                        devnet.addresses().pool()));
        new Wallet(devnet.chain(), devnet.addresses().chainId(), lane, MAX_GAS)
                .approve(approvals, new Outcomes(new SilentLaneEvents(), (_, _) -> {}), Duration.ofSeconds(20));
    }

    /** The borrower lets the keeper take WETH. */
    void approve(Borrower borrower, Account keeper) {
        try (LaneSender own = lane(borrower.account())) {
            own.submit(new TransactionIntent(
                    "approve the keeper " + number,
                    devnet.addresses().of(Asset.WETH).token(),
                    Erc20.APPROVE.encode(
                            keeper.address(), Asset.WETH.amount("5").raw()),
                    Wei.ZERO,
                    new Gas(100_000),
                    MAX_GAS));
            own.await("approve the keeper " + number, Duration.ofSeconds(20));
        }
    }

    /** Shows the desk the newest block. */
    void look(MarginDesk desk) {
        Sighting sighting = newest();
        desk.seen(market, sighting.market(), watch.book()::position);
    }

    /** The same, and a while for what comes of it. */
    void lookOnce(MarginDesk desk) {
        look(desk);
        waitUntil(desk::isIdle);
    }

    /** Shows the desk block after block. */
    void until(MarginDesk desk, BooleanSupplier wish) {
        waitUntil(() -> {
            devnet.mine(1);
            lookOnce(desk);
            return wish.getAsBoolean();
        });
    }

    List<String> states() {
        return rows().stream().flatMap(row -> row.state().stream()).toList();
    }

    List<String> verdicts() {
        return rows().stream().map(MandateStore.Audit::verdict).toList();
    }

    String reason() {
        return rows().getFirst().reason();
    }

    private List<MandateStore.Audit> rows() {
        return audit.audit(100).stream()
                .filter(row -> row.market().equals(market))
                .toList();
    }

    /** How often collateral was supplied for the borrower. */
    long supplies(Borrower borrower) {
        return devnet.events(devnet.addresses().pool(), AavePool.SUPPLY_EVENT).stream()
                .filter(supply -> supply.address("onBehalfOf").equals(borrower.address()))
                .count();
    }

    void waitUntil(BooleanSupplier wish) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wish.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for %s", PATIENCE).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    private Sighting newest() {
        waitUntil(() -> {
            watch.advance(List.of()).ifPresent(it -> last = Optional.of(it));
            return last.filter(it -> it.header().number().equals(devnet.blockNumber()))
                    .isPresent();
        });
        return last.orElseThrow();
    }

    /** A process that is killed at its first transaction, before or after that is stored. */
    record Dying(TransactionSender sender, boolean after) implements TransactionSender {
        @Override
        public Address address() {
            return sender.address();
        }

        @Override
        public List<Submission> submitAll(List<TransactionIntent> intents) {
            if (after) {
                sender.submitAll(intents);
            }
            throw new IllegalStateException("killed");
        }

        @Override
        public Optional<StoredIntent> find(String reason) {
            return sender.find(reason);
        }

        @Override
        public Optional<StoredIntent> await(String reason, Duration atMost) {
            return sender.await(reason, atMost);
        }
    }
}
