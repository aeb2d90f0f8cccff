package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import plimsoll.chain.key.Signer;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.EndpointState;
import plimsoll.chain.pool.EndpointStatus;
import plimsoll.chain.pool.PoolLog;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.Opening;
import plimsoll.devnet.fault.FaultProxy;
import plimsoll.devnet.fault.FaultSetting;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.Price;

/**
 * One of three endpoints lies to a keeper that acts on the word of two. Whatever the lie, whoever is liquidatable is liquidated, nobody
 * else is, no transaction fails, and the liar is found.
 */
@OnDevnet
final class OneLyingEndpointTest {

    private static final Duration NEVER = Duration.ofDays(10);

    private static final List<String> LIES =
            List.of("wrongPrice=80", "staleHead=5", "hidesLogs", "forgesLogs", "flipsReceipts", "wrongNonce=2");

    static Stream<Arguments> once() {
        return LIES.stream().map(lie -> Arguments.of(lie, 1L));
    }

    static Stream<Arguments> often() {
        return LIES.stream()
                .flatMap(lie ->
                        new SplittableRandom(2).longs(10, 0, 1_000_000).mapToObj(seed -> Arguments.of(lie, seed)));
    }

    @ParameterizedTest
    @MethodSource("once")
    void liquidatesWhomItMustAndNobodyElse(String lie, long seed) {
        scene(lie, seed);
    }

    @ParameterizedTest
    @MethodSource("often")
    @Tag("long")
    void liquidatesWhomItMustAndNobodyElseForManySeeds(String lie, long seed) {
        scene(lie, seed);
    }

    private static void scene(String lie, long seed) {
        var random = new SplittableRandom(seed);
        Account wallet = devnet().account("keeper");
        devnet().market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("1000000"));
        MemoryIntentStore store = new MemoryIntentStore(InstantSource.system());
        List<FaultProxy> proxies = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            proxies.add(FaultProxy.before(devnet().rpcUrl(), seed + i));
        }
        int liar = random.nextInt(3);
        FaultSetting setting = FaultSetting.parse(lie);
        KeeperSettings settings = KeeperBench.settings(devnet(), true, "PLIMSOLL_TEST_KEY");
        try (EndpointPool pool = EndpointPool.open(pool(settings, proxies), new PoolLog(), InstantSource.system())) {
            List<Borrower> borrowers = new ArrayList<>(open("early", random));
            Set<Address> liquidatable = new HashSet<>();
            try (KeeperBench keeper =
                    KeeperBench.on(pool, settings, Signer.fromPrivateKey(wallet.privateKey()), store)) {
                untilItSees(keeper);
                devnet().mineEvery(NEVER); // from here on blocks are made by us

                proxies.get(liar).inject(setting);
                Set<String> suspects = ConcurrentHashMap.newKeySet();
                calmly(proxies, () -> borrowers.addAll(open("late", random)));
                for (int fall = 0; fall < 2; fall++) {
                    untilItSees(keeper);
                    Price now = devnet().market().priceOf(Asset.WETH).now();
                    calmly(
                            proxies,
                            () -> devnet().market()
                                    .priceOf(Asset.WETH)
                                    .is(Price.ofRaw(now.raw().longValueExact() * 93 / 100)));
                    borrowers.stream()
                            .filter(borrower -> borrower.data().isLiquidatable())
                            .forEach(borrower -> liquidatable.add(borrower.address()));
                    keeper.waitUntil(() -> {
                        calmly(proxies, () -> devnet().mine(1));
                        suspects.addAll(suspects(pool));
                        return borrowers.stream()
                                .noneMatch(borrower -> borrower.data().isLiquidatable());
                    });
                }
                keeper.waitUntil(() -> {
                    calmly(proxies, () -> devnet().mine(1));
                    return store.unfinished(lane(wallet)).isEmpty();
                });
                keeper.waitUntil(() -> {
                    calmly(proxies, () -> devnet().mine(1));
                    suspects.addAll(suspects(pool));
                    return suspects.contains(name(liar));
                });

                assertThat(suspects).containsExactly(name(liar));
            }

            assertThat(proxies.get(liar).struck(setting.fault())).isPositive();
            assertThat(liquidatable).hasSizeGreaterThan(3);
            assertThat(devnet().market().liquidations(new BlockNumber(0)).keySet())
                    .isEqualTo(liquidatable);
            List<StoredIntent> intents = store.on(lane(wallet));
            assertThat(intents)
                    .allSatisfy(intent -> assertThat(
                                    intent.state().standing().orElseThrow().succeeded())
                            .as("%s", intent)
                            .isTrue());
            assertThat(store.highestNonce(lane(wallet)).orElseThrow().value() + 1)
                    .isEqualTo(devnet().nonceOf(wallet));
        } finally {
            devnet().mineEachTransaction();
            proxies.forEach(FaultProxy::close);
        }
    }

    /**
     * Does what makes blocks while none of the three is asked: three endpoints of one anvil would contradict one another about a block
     * that is made while it answers them, and nobody had lied.
     */
    private static void calmly(List<FaultProxy> proxies, Runnable work) {
        if (proxies.isEmpty()) {
            devnet().mineEachTransaction();
            work.run();
            devnet().mineEvery(NEVER);
        } else {
            proxies.getFirst().whileNobodyAsks(() -> calmly(proxies.subList(1, proxies.size()), work));
        }
    }

    private static void untilItSees(KeeperBench keeper) {
        keeper.waitUntil(() -> !keeper.rounds().isEmpty()
                && keeper.rounds().getLast().market().block().number().equals(devnet().blockNumber()));
    }

    private static PoolSettings pool(KeeperSettings settings, List<FaultProxy> proxies) {
        List<EndpointSettings> endpoints = new ArrayList<>();
        for (int i = 0; i < proxies.size(); i++) {
            endpoints.add(EndpointSettings.of(name(i), proxies.get(i).url()));
        }
        return PoolSettings.of(settings.market().chain(), endpoints).withPollInterval(Duration.ofMillis(20));
    }

    private static String name(int endpoint) {
        return "endpoint-" + endpoint;
    }

    private static List<String> suspects(EndpointPool pool) {
        return pool.endpoints().stream()
                .filter(it -> it.state() == EndpointState.DISTRUSTED || it.state() == EndpointState.BEHIND)
                .map(EndpointStatus::name)
                .toList();
    }

    private static List<Borrower> open(String who, SplittableRandom random) {
        List<Opening> openings = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            // 2 WETH at 2 500 carry up to 4 000 of debt at 80 % LTV.
            openings.add(new Opening(
                    who + "-" + i,
                    Map.of(Asset.WETH, Asset.WETH.amount("2")),
                    Map.of(Asset.USDC, Asset.USDC.amount(Integer.toString(random.nextInt(3_600, 3_990))))));
        }
        return devnet().market().open(openings);
    }

    private static Lane lane(Account wallet) {
        return new Lane(devnet().addresses().chainId(), wallet.address());
    }
}
