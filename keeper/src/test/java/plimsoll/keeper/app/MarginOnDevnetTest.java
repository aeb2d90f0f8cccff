package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.units.Bps.percent;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.Multicall3;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.key.Signer;
import plimsoll.chain.testing.ManualClock;
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
import plimsoll.devnet.DevnetSettings;
import plimsoll.keeper.execute.Outcomes;
import plimsoll.keeper.execute.Wallet;
import plimsoll.keeper.margin.Level;
import plimsoll.keeper.margin.Mandate;
import plimsoll.keeper.margin.Relief;
import plimsoll.keeper.margin.Remedies;
import plimsoll.keeper.margin.Scope;
import plimsoll.keeper.margin.Watch;
import plimsoll.keeper.notify.Backoff;
import plimsoll.keeper.notify.LocalServer;
import plimsoll.keeper.notify.Secret;
import plimsoll.keeper.notify.WebhookChannel;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.protocol.aave.AaveReader;
import plimsoll.keeper.relief.AaveReliefCalls;
import plimsoll.keeper.relief.Order;
import plimsoll.keeper.relief.Progress;
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

/** Margin calls and mandates against the real contracts, a real database and a receiver of our own. */
final class MarginOnDevnetTest {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    private static final InstantSource CLOCK = InstantSource.system();
    private static final ContractFunction MINT = ContractFunction.of("mint(address account, uint256 amount)");
    private static final GasPrice MAX_GAS = GasPrice.parse("500");

    @SuppressWarnings("NullAway.Init")
    private static Devnet devnet;

    private static int tests;

    private final MandateStore audit = new MandateStore(DATABASE.dataSource());
    private Map<Asset, Price> prices = Map.of();
    private String market = "";
    private Optional<Sighting> last = Optional.empty();

    @SuppressWarnings("NullAway.Init")
    private MarketWatch watch;

    @BeforeAll
    static void start() {
        devnet = Devnet.start(DevnetSettings.ofSeed(61));
    }

    @AfterAll
    static void stop() {
        devnet.close();
    }

    @BeforeEach
    void remember() {
        prices = devnet.market().prices();
        market = "31337/test-" + tests++; // each test has memories of its own
        watch = new MarketWatch(
                devnet.chain(),
                AaveReader.of(devnet.chain(), devnet.addresses().pool(), new Heartbeats(Duration.ofDays(30), Map.of())),
                new WatchSettings(new BlockNumber(0), Optional.empty()),
                InstantSource.system(),
                new SilentFollowerEvents());
    }

    @AfterEach
    void restore() {
        devnet.market().pricesAre(prices); // no snapshot: the database knows of every block
    }

    /** The contract itself, at the very block of the reading: with the amount it reaches the aim, with one unit less it does not. */
    @Test
    void reliefsAreExactToTheSmallestUnit() {
        List<Borrower> borrowers = new ArrayList<>();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < 6; i++) {
            Borrower borrower = devnet.market().borrower("exact" + i);
            borrower.supplies(Asset.WETH, "1." + random.nextInt(1_000_000, 9_999_999));
            borrower.supplies(Asset.WBTC, "0.0" + random.nextInt(100_000, 999_999));
            borrower.borrows(Asset.USDC, "1" + random.nextInt(100, 999) + "." + random.nextInt(100_000, 999_999));
            borrower.borrows(Asset.LINK, "2." + random.nextInt(1_000_000, 9_999_999));
            borrowers.add(borrower);
            devnet.elapse(Duration.ofDays(random.nextInt(1, 20)));
        }
        devnet.market().refreshFeeds();
        Sighting sighting = newest();
        int looked = 0;
        for (Borrower borrower : borrowers) {
            AccountPosition position = watch.book().position(borrower.address());
            HealthFactor now = sighting.market()
                    .standing(position)
                    .orElseThrow()
                    .healthFactor()
                    .orElseThrow();
            for (String more : List.of("0.01", "0.3", "1.7")) {
                HealthFactor aim = new HealthFactor(now.ratio().plus(Wad.parse(more)));
                for (Relief relief : new Remedies(sighting.market(), position).restoring(aim)) {
                    HealthFactor reached = asTheContractSays(borrower.address(), relief, relief.amount(), sighting);
                    TokenAmount less = relief.amount()
                            .minus(TokenAmount.ofRaw(
                                    BigInteger.ONE, relief.amount().decimals()));

                    assertThat(reached)
                            .as("%s", relief)
                            .isGreaterThanOrEqualTo(aim)
                            .isEqualTo(relief.after());
                    assertThat(asTheContractSays(borrower.address(), relief, less, sighting))
                            .as("one unit less of %s", relief)
                            .isLessThan(aim);
                    looked++;
                }
            }
        }
        assertThat(looked).isEqualTo(60);
    }

    /** Supply or repayment and the account's data in one call, so that no time passes between. */
    private static HealthFactor asTheContractSays(Address account, Relief relief, TokenAmount amount, Sighting at) {
        Address pool = devnet.addresses().pool();
        Address multicall = devnet.addresses().multicall3();
        Relief asked = new Relief(relief.kind(), relief.asset(), relief.symbol(), amount, relief.after());
        List<List<Object>> parts = List.of(
                List.of(relief.asset(), false, MINT.encode(multicall, amount.raw())),
                List.of(relief.asset(), false, Erc20.APPROVE.encode(pool, amount.raw())),
                List.of(pool, false, new AaveReliefCalls(pool).data(asked, account)),
                List.of(pool, false, AavePool.GET_USER_ACCOUNT_DATA.encode(account)));
        AbiValues answer = Multicall3.AGGREGATE3
                .decode(devnet.chain()
                        .call(
                                multicall,
                                Multicall3.AGGREGATE3.encode(parts),
                                at.header().at()))
                .values(0);
        BigInteger health = AavePool.GET_USER_ACCOUNT_DATA
                .decode(answer.values(3).hex("returnData"))
                .integer("healthFactor");
        return new HealthFactor(Wad.ofRaw(health));
    }

    @Test
    void callsAndTopsUpWhenAPriceFalls() {
        Borrower borrower = borrower("calls");
        Account keeper = funded("keeper-calls");
        try (LocalServer server = new LocalServer(number -> number < 3 ? 503 : 200);
                LaneSender lane = lane(keeper)) {
            approve(lane);
            try (MarginDesk desk = desk(server, lane, topUp(borrower, Mandate.Source.FUNDED, "3", "4"), CLOCK)) {
                look(desk);
                devnet.market().priceOf(Asset.WETH).fallsBy(percent(25));
                until(desk, () -> states().contains("done"));
                until(desk, () -> !server.accepted().isEmpty());

                HealthFactor after = borrower.data().healthFactor().orElseThrow();
                assertThat(after.ratio()).isBetween(Wad.parse("1.4999"), Wad.parse("1.5001"));
                assertThat(server.received().size())
                        .as("the receiver did fail")
                        .isGreaterThan(server.accepted().size());
                assertThat(server.accepted().getFirst().body())
                        .contains("\"type\":\"margin-call\"")
                        .contains("\"level\":\"call\"")
                        .contains("\"account\":\"" + borrower.address() + "\"")
                        .contains("\"action\":\"top-up\"")
                        .contains("\"action\":\"repayment\"")
                        .contains("\"direction\":\"falls\"");
                assertThat(supplies(borrower)).isEqualTo(2); // the borrower's own, and the mandate's

                for (int i = 0; i < 5; i++) {
                    devnet.mine(1);
                    look(desk);
                }
                until(desk, () -> true);
                assertThat(verdicts()).containsExactly("act");
                assertThat(supplies(borrower)).isEqualTo(2);
            }
        }
    }

    @Test
    void neverActsTwiceWhereverItIsKilled() {
        Borrower borrower = borrower("killed");
        Account keeper = funded("keeper-killed");
        ManualClock clock = new ManualClock(Instant.now());
        Mandate mandate = topUp(borrower, Mandate.Source.FUNDED, "3", "9");
        try (LocalServer server = new LocalServer(_ -> 200);
                LaneSender lane = lane(keeper)) {
            approve(lane);
            devnet.market().priceOf(Asset.WETH).fallsBy(percent(25));
            // Killed after the action was recorded and before it was sent.
            try (MarginDesk desk = desk(server, new Dying(lane, false), mandate, clock)) {
                until(desk, () -> states().contains("open"));
            }
            assertThat(supplies(borrower)).isEqualTo(1);
            try (MarginDesk desk = desk(server, lane, mandate, clock)) {
                lookOnce(desk);
                assertThat(states()).as("what may have been sent is waited for").containsExactly("open");
                clock.advance(Duration.ofMinutes(3));
                until(desk, () -> states().contains("lapsed"));
            }
            // Killed after it was sent and before anybody knew.
            try (MarginDesk desk = desk(server, new Dying(lane, true), mandate, clock)) {
                until(desk, () -> states().contains("open"));
            }
            try (MarginDesk desk = desk(server, lane, mandate, clock)) {
                until(desk, () -> states().contains("done"));
                for (int i = 0; i < 3; i++) {
                    devnet.mine(1);
                    lookOnce(desk);
                }
            }

            assertThat(supplies(borrower)).isEqualTo(2);
            assertThat(states()).containsExactly("done", "lapsed");
            assertThat(borrower.data().healthFactor().orElseThrow()).isGreaterThan(HealthFactor.parse("1.4999"));
        }
    }

    @Test
    void usesTheBorrowersWalletAndGivesBackWhatTheProtocolRefuses() {
        Borrower borrower = borrower("wallet");
        Account keeper = funded("keeper-wallet");
        devnet.market().fund(borrower.address(), Asset.WETH, Asset.WETH.amount("5"));
        try (LocalServer server = new LocalServer(_ -> 200);
                LaneSender lane = lane(keeper)) {
            approve(lane);
            TokenAmount own = devnet.market().balanceOf(Asset.WETH, keeper.address());
            Mandate mandate = topUp(borrower, Mandate.Source.WALLET, "3", "9");
            devnet.market().priceOf(Asset.WETH).fallsBy(percent(25));
            try (MarginDesk desk = desk(server, lane, mandate, CLOCK)) {
                until(desk, () -> verdicts().contains("too-little"));
                assertThat(reason()).contains("limit=allowance");

                approve(borrower, keeper);
                until(desk, () -> states().contains("done"));
            }
            assertThat(borrower.data().healthFactor().orElseThrow()).isGreaterThan(HealthFactor.parse("1.4999"));
            assertThat(devnet.market().balanceOf(Asset.WETH, keeper.address())).isEqualTo(own);

            Order refused = new Order(
                    "margin/refused",
                    borrower.address(),
                    Mandate.Source.WALLET,
                    new Relief(
                            Relief.Kind.REPAYMENT,
                            devnet.addresses().of(Asset.WETH).token(), // nothing is owed in it
                            "WETH",
                            Asset.WETH.amount("0.5"),
                            HealthFactor.ONE),
                    Instant.now().plusSeconds(60));
            TokenAmount held = devnet.market().balanceOf(Asset.WETH, borrower.address());
            ReliefHand hand = hand(lane, CLOCK);
            hand.begin(refused);
            waitUntil(() -> {
                devnet.mine(1);
                return hand.follow(refused) == Progress.RETURNED;
            });
            assertThat(devnet.market().balanceOf(Asset.WETH, borrower.address()))
                    .isEqualTo(held);
            assertThat(devnet.market().balanceOf(Asset.WETH, keeper.address())).isEqualTo(own);
        }
    }

    @Test
    void sendsNothingInADryRunNorBeyondALimit() {
        Borrower borrower = borrower("dry");
        Account keeper = funded("keeper-dry");
        Mandate live = topUp(borrower, Mandate.Source.FUNDED, "0.01", "9");
        try (LocalServer server = new LocalServer(_ -> 200);
                LaneSender lane = lane(keeper)) {
            approve(lane);
            long nonce = nonce(keeper);
            devnet.market().priceOf(Asset.WETH).fallsBy(percent(25));
            try (MarginDesk desk = desk(server, lane, live, CLOCK)) {
                until(desk, () -> verdicts().contains("too-little"));
                assertThat(reason()).contains("limit=per-action");
            }
            Mandate dry = new Mandate(
                    "dry",
                    live.scope(),
                    Relief.Kind.REPAYMENT,
                    live.source(),
                    List.of(new Mandate.Allowed(
                            devnet.addresses().of(Asset.USDC).token(), "10000", "10000")),
                    live.actBelow(),
                    live.aim(),
                    live.coolDown(),
                    live.expires(),
                    false);
            try (MarginDesk desk = desk(server, lane, dry, CLOCK)) {
                until(desk, () -> verdicts().contains("would-act"));
            }
            assertThat(nonce(keeper)).isEqualTo(nonce);
            assertThat(supplies(borrower)).isEqualTo(1);
        }
    }

    /** Supplies 10 WETH and owes USDC at a health of about 1.6. */
    private static Borrower borrower(String name) {
        Borrower borrower = devnet.market().borrower(name);
        borrower.supplies(Asset.WETH, "10");
        borrower.borrows(Asset.USDC, "1");
        BigInteger health = borrower.data().healthFactor().orElseThrow().ratio().raw(); // owing one dollar
        BigInteger owed =
                health.divide(BigInteger.TEN.pow(12)).multiply(BigInteger.TEN).divide(BigInteger.valueOf(16));
        return borrower.borrows(Asset.USDC, TokenAmount.ofRaw(owed, 6));
    }

    private static Account funded(String name) {
        Account keeper = devnet.account(name);
        devnet.fundEther(keeper.address(), Wei.parse("10"));
        devnet.market().fund(keeper.address(), Asset.WETH, Asset.WETH.amount("50"));
        devnet.market().fund(keeper.address(), Asset.USDC, Asset.USDC.amount("50000"));
        return keeper;
    }

    private static Mandate topUp(Borrower borrower, Mandate.Source source, String perAction, String perDay) {
        return new Mandate(
                "mandate" + tests,
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

    private MarginDesk desk(LocalServer server, TransactionSender sender, Mandate mandate, InstantSource clock) {
        Watch watched = new Watch(
                "watch" + tests,
                Scope.isolated(mandate.scope().account(), market),
                Level.parseAll("warn:1.5,call:1.25,urgent:1.05"),
                Wad.parse("0.02"),
                Duration.ofMinutes(15),
                List.of("hook" + tests));
        Secret secret = Secret.of(new Secret.Source.Variable("S"), Map.of("S", "secret"));
        MarginSettings settings = new MarginSettings(
                List.of(watched),
                List.of(mandate),
                List.of(new WebhookChannel("hook" + tests, server.url(), secret, CLOCK)),
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
                new MarginStore(DATABASE.dataSource()),
                new OutboxStore(DATABASE.dataSource()),
                mandates,
                log,
                clock,
                new SplittableRandom(1));
    }

    private static ReliefHand hand(TransactionSender sender, InstantSource clock) {
        return new ReliefHand(
                devnet.chain(), sender, new AaveReliefCalls(devnet.addresses().pool()), MAX_GAS, clock);
    }

    private static LaneSender lane(Account account) {
        LaneSettings settings = LaneSettings.of(devnet.addresses().chainId(), "margin-test")
                .withPollInterval(Duration.ofMillis(20))
                .withLeaseTime(Duration.ofSeconds(30));
        LaneSender lane = LaneSender.open(
                        devnet.chain(),
                        Signer.fromPrivateKey(account.privateKey()),
                        new PostgresIntentStore(DATABASE.dataSource()),
                        settings,
                        CLOCK,
                        new SilentLaneEvents())
                .orElseThrow();
        lane.start();
        return lane;
    }

    private static void approve(LaneSender lane) {
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
    private static void approve(Borrower borrower, Account keeper) {
        try (LaneSender own = lane(borrower.account())) {
            own.submit(new TransactionIntent(
                    "approve the keeper " + tests,
                    devnet.addresses().of(Asset.WETH).token(),
                    Erc20.APPROVE.encode(
                            keeper.address(), Asset.WETH.amount("5").raw()),
                    Wei.ZERO,
                    new Gas(100_000),
                    MAX_GAS));
            own.await("approve the keeper " + tests, Duration.ofSeconds(20));
        }
    }

    /** Shows the desk the newest block. */
    private void look(MarginDesk desk) {
        Sighting sighting = newest();
        desk.seen(market, sighting.market(), watch.book()::position);
    }

    /** The same, and a while for what comes of it. */
    private void lookOnce(MarginDesk desk) {
        look(desk);
        waitUntil(desk::isIdle);
    }

    private void until(MarginDesk desk, BooleanSupplier wish) {
        waitUntil(() -> {
            devnet.mine(1);
            lookOnce(desk);
            return wish.getAsBoolean();
        });
    }

    private List<String> states() {
        return rows().stream().flatMap(row -> row.state().stream()).toList();
    }

    private List<String> verdicts() {
        return rows().stream().map(MandateStore.Audit::verdict).toList();
    }

    private String reason() {
        return rows().getFirst().reason();
    }

    private List<MandateStore.Audit> rows() {
        return audit.audit(100).stream()
                .filter(row -> row.market().equals(market))
                .toList();
    }

    /** How often collateral was supplied for the borrower. */
    private static long supplies(Borrower borrower) {
        return devnet.events(devnet.addresses().pool(), AavePool.SUPPLY_EVENT).stream()
                .filter(supply -> supply.address("onBehalfOf").equals(borrower.address()))
                .count();
    }

    private static long nonce(Account account) {
        return devnet.chain()
                .transactionCount(account.address(), BlockTag.LATEST)
                .value();
    }

    private static void waitUntil(BooleanSupplier wish) {
        long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
        while (!wish.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for 30 s").isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    /** A process that is killed at its first transaction, before or after that is stored. */
    private record Dying(TransactionSender sender, boolean after) implements TransactionSender {
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

    private Sighting newest() {
        waitUntil(() -> {
            watch.advance(List.of()).ifPresent(it -> last = Optional.of(it));
            return last.filter(it -> it.header().number().equals(devnet.blockNumber()))
                    .isPresent();
        });
        return last.orElseThrow();
    }
}
