package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;
import javax.sql.DataSource;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.SignerSource;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.chain.relay.RelayLog;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.IntentStore;
import plimsoll.chain.tx.LaneLog;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.MarketAddresses;
import plimsoll.keeper.execute.ExecutorSettings;
import plimsoll.keeper.execute.Venue;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.position.BookSnapshot;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.runtime.config.ChainSettings;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.runtime.config.SignerSettings;
import plimsoll.runtime.postgres.DatabaseSettings;
import plimsoll.runtime.store.Duty;
import plimsoll.runtime.store.PostgresIntentStore;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.Bps;
import plimsoll.units.GasPrice;

/** A keeper at work on a devnet, round by round, in the test's own thread. */
final class KeeperBench implements AutoCloseable {

    private static final AtomicInteger HOLDERS = new AtomicInteger();

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private static final Duration LANE_TAKES = Duration.ofSeconds(3);
    private static final Duration BETWEEN_ATTEMPTS = Duration.ofMillis(50);

    private final Assembly assembly;
    private final Optional<LaneDesk> desk;
    private final Optional<Duty> duty;
    private Optional<RpcException> trouble = Optional.empty();
    private final List<Round> rounds = new ArrayList<>();
    private final Semaphore heard = new Semaphore(0);

    private KeeperBench(Assembly assembly, Optional<LaneDesk> desk, Optional<Duty> duty) {
        this.assembly = assembly;
        this.desk = desk;
        this.duty = duty;
    }

    static KeeperBench on(Devnet devnet, Account wallet, IntentStore store, boolean live) {
        return on(devnet, wallet, store, live, Optional.empty());
    }

    /** One that goes on from what an earlier one left. */
    static KeeperBench on(
            Devnet devnet, Account wallet, IntentStore store, boolean live, Optional<BookSnapshot> known) {
        return on(
                devnet.chain(),
                settings(devnet, live, "PLIMSOLL_TEST_KEY"),
                Signer.fromPrivateKey(wallet.privateKey()),
                store,
                known);
    }

    /** One that liquidates by an executor. */
    static KeeperBench on(Devnet devnet, Account wallet, IntentStore store, ExecutorSettings executor) {
        return on(
                devnet.chain(),
                settings(devnet, true, "PLIMSOLL_TEST_KEY", Optional.of(executor)),
                Signer.fromPrivateKey(wallet.privateKey()),
                store,
                Optional.empty());
    }

    /** A live one with another policy, whose guards look elsewhere. */
    static KeeperBench on(Devnet devnet, Account wallet, IntentStore store, Policy policy, GuardSettings guards) {
        KeeperSettings usual = settings(devnet, true, "PLIMSOLL_TEST_KEY");
        return on(
                devnet.chain(),
                new KeeperSettings(
                        usual.market(),
                        usual.live(),
                        usual.allowUnproven(),
                        policy,
                        usual.timing(),
                        usual.heartbeats(),
                        usual.trade(),
                        guards,
                        usual.reaction()),
                Signer.fromPrivateKey(wallet.privateKey()),
                store,
                Optional.empty());
    }

    /** One with settings of its own. */
    static KeeperBench on(EndpointPool pool, KeeperSettings settings, Signer signer, IntentStore store) {
        return on(settings.service().chainOver(pool), settings, signer, store, Optional.empty());
    }

    /** One with settings of its own, on the devnet's node alone. */
    static KeeperBench on(Devnet devnet, KeeperSettings settings, Account wallet, IntentStore store) {
        return on(devnet.chain(), settings, Signer.fromPrivateKey(wallet.privateKey()), store, Optional.empty());
    }

    /** The same with a clock by which its lane counts how long a transaction has waited. */
    static KeeperBench on(
            Devnet devnet, KeeperSettings settings, Account wallet, IntentStore store, InstantSource laneClock) {
        return on(
                devnet.chain(),
                settings,
                Signer.fromPrivateKey(wallet.privateKey()),
                store,
                Optional.empty(),
                laneClock);
    }

    /** One that sees the devnet through whatever the chain reads. */
    static KeeperBench on(
            Chain chain, KeeperSettings settings, Signer signer, IntentStore store, Optional<BookSnapshot> known) {
        return on(chain, settings, signer, store, known, InstantSource.system());
    }

    private static KeeperBench on(
            Chain chain,
            KeeperSettings settings,
            Signer signer,
            IntentStore store,
            Optional<BookSnapshot> known,
            InstantSource laneClock) {
        Optional<LaneDesk> desk = desk(settings, holder(), chain, signer, store, laneClock);
        return new KeeperBench(
                Assembly.of(settings, Assembly.Surroundings.alone(chain, Optional.of(signer), desk), known),
                desk,
                Optional.empty());
    }

    /** One that shares the market with others of this database, and asks for its duty at once. */
    static KeeperBench sharing(Devnet devnet, Account wallet, DataSource database, boolean live) {
        KeeperSettings settings = settings(devnet, live, "PLIMSOLL_TEST_KEY");
        Signer signer = Signer.fromPrivateKey(wallet.privateKey());
        String holder = holder();
        Optional<LaneDesk> desk = desk(
                settings, holder, devnet.chain(), signer, new PostgresIntentStore(database), InstantSource.system());
        Duty duty = new Duty(
                database,
                "market " + settings.market().id().key(),
                new Duty.Candidate(
                        holder, () -> desk.isEmpty() || desk.get().held().isPresent(), settings::live),
                settings.timing().leaseTime(),
                () -> {});
        Assembly assembly = Assembly.of(
                settings,
                new Assembly.Surroundings(
                        devnet.chain(),
                        Optional.of(signer),
                        desk,
                        duty::isOurs,
                        Assembly.Surroundings.Orders.NONE,
                        InstantSource.system(),
                        new KeeperLog(),
                        new FollowerLog("keeper")),
                Optional.empty());
        duty.start();
        return new KeeperBench(assembly, desk, Optional.of(duty));
    }

    private static String holder() {
        return "keeper-" + HOLDERS.incrementAndGet();
    }

    private static Optional<LaneDesk> desk(
            KeeperSettings settings,
            String holder,
            Chain chain,
            Signer signer,
            IntentStore store,
            InstantSource laneClock) {
        if (!settings.live()) {
            return Optional.empty();
        }
        LaneDesk desk = LaneDesk.of(
                settings,
                holder,
                chain,
                signer,
                store,
                laneClock,
                new LaneDesk.Observers(new KeeperLog(), new LaneLog(), new RelayLog()));
        assertThat(desk.await(LANE_TAKES, BETWEEN_ATTEMPTS)).as("lane is ours").isTrue();
        return Optional.of(desk);
    }

    static KeeperSettings settings(Devnet devnet, boolean live, String keyVariable) {
        return settings(devnet, live, keyVariable, Optional.empty());
    }

    private static KeeperSettings settings(
            Devnet devnet, boolean live, String keyVariable, Optional<ExecutorSettings> executor) {
        MarketAddresses addresses = devnet.addresses();
        return new KeeperSettings(
                new MarketSettings(
                        KeeperSettings.ONLY,
                        Protocol.AAVE_V3,
                        "",
                        new ServiceSettings(
                                DatabaseSettings.embedded(Path.of("target", "unused")),
                                new ChainSettings(
                                        PoolSettings.of(
                                                        addresses.chainId(),
                                                        List.of(EndpointSettings.of("node", devnet.rpcUrl())))
                                                .withPollInterval(Duration.ofMillis(20)),
                                        1,
                                        Duration.ofSeconds(5),
                                        Optional.empty(),
                                        Optional.empty()),
                                addresses.pool(),
                                new BlockNumber(0),
                                Optional.of(addresses.multicall3()),
                                Optional.of(new SignerSettings(
                                        new SignerSource.Variable(keyVariable), "plimsoll.signer.key-env")))),
                live,
                false,
                new Policy(BaseValue.parse("1"), GasPrice.parse("500"), Policy.USUAL_GAS, Bps.percent(3)),
                new KeeperSettings.Timing(Duration.ofMillis(20), Duration.ofMillis(600), Duration.ofDays(30)),
                new Heartbeats(Duration.ofDays(30), Map.of()),
                new KeeperSettings.Trade(
                        Optional.of(addresses.of(Asset.WETH).token()),
                        Optional.of(new Venue(addresses.swapRouter(), addresses.quoter(), 3_000)),
                        executor),
                GuardSettings.NONE,
                ReactionSettings.NONE);
    }

    Assembly assembly() {
        return assembly;
    }

    /** Our term of the market's duty, where it is shared. */
    Optional<Duty.Term> term() {
        return duty.flatMap(Duty::term);
    }

    Engine engine() {
        return assembly.engine();
    }

    List<Round> rounds() {
        return rounds;
    }

    /** Runs rounds until one of them is as wished. */
    Round runUntil(Predicate<Round> wish) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            Optional<Round> round = advance();
            round.ifPresent(rounds::add);
            if (round.filter(wish).isPresent()) {
                return round.get();
            }
            LockSupport.parkNanos(5_000_000);
        }
        throw new AssertionError("No such round within " + PATIENCE + ": last="
                + (rounds.isEmpty() ? "none" : rounds.getLast().market().block()) + " trouble=" + trouble);
    }

    /** Goes on with rounds until something outside them is so. */
    void waitUntil(BooleanSupplier wish) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!wish.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for " + PATIENCE).isLessThan(end);
            advance().ifPresent(rounds::add);
        }
    }

    /** As the worker does: trouble with the node is tried again. */
    private Optional<Round> advance() {
        try {
            return engine().advance();
        } catch (RpcException e) {
            assertThat(e.isTransient()).as(e.getMessage()).isTrue();
            trouble = Optional.of(e);
            return Optional.empty();
        }
    }

    Round next() {
        return runUntil(round -> true);
    }

    /** Watches the pool as the worker does; the feeds are known from then on. */
    void watchPool(KeeperSettings settings) {
        assembly.watchPool(settings, heard::release);
        boolean _ = assembly.react().isEmpty();
    }

    /** Answers the next price that waits in the pool; what was sent because of it. */
    Map<Address, StoredIntent> react() {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (true) {
            boolean isHeard = heard.tryAcquire();
            Map<Address, StoredIntent> sent = assembly.react();
            if (isHeard || !sent.isEmpty()) {
                return sent;
            }
            assertThat(System.nanoTime()).as("waited for " + PATIENCE).isLessThan(end);
            LockSupport.parkNanos(5_000_000);
        }
    }

    List<Address> everSeenLiquidatable() {
        return rounds.stream()
                .flatMap(round -> round.liquidatable().stream())
                .distinct()
                .toList();
    }

    @Override
    public void close() {
        assembly.stopWatchingPool();
        duty.ifPresent(Duty::close);
        desk.ifPresent(LaneDesk::close);
    }
}
