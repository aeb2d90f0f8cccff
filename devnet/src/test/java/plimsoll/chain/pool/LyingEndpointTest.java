package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.units.Bps.percent;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.devnet.fault.Fault;
import plimsoll.devnet.fault.FaultProxy;
import plimsoll.devnet.fault.FaultSetting;

/**
 * Three endpoints of one chain, one of which lies or fails. Whoever reads prices and logs through the pool and acts on them
 * does what an honest node would have made it do, no more and no less, and the liar is soon known by name.
 */
class LyingEndpointTest {

    /** Each way of lying, at its worst. What the node forgets, and a lie about a wait, nobody can prove: see below. */
    private static final List<String> LIES = List.of(
            "staleHead=5",
            "forgesLogs",
            "hidesLogs",
            "wrongPrice=50",
            "wrongPrice=300",
            "flipsReceipts",
            "inventsReceipts",
            "hidesReceipts",
            "wrongNonce=3",
            "wrongNonce=-1",
            "wrongHash",
            "liesOnBatches");

    private static final List<String> FAILURES = List.of(
            "drops=10%",
            "delays=50@50%",
            "duplicates",
            "reorders",
            "truncates=50%",
            "disconnects=50%",
            "errorStorm=80%",
            "rateLimits=20",
            "forgets");

    private static final int BLOCKS = 12;
    private static final int HONEST_BLOCKS = 3;
    private static final int BLOCKS_TO_NAME = 2;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalNode process;

    @SuppressWarnings("NullAway.Init")
    private static RpcClient direct;

    @BeforeAll
    static void start() {
        process = LocalNode.start(new LocalNodeSettings(
                Artefacts.prepare(sentence -> {}).anvil(),
                0,
                folder.resolve("anvil.log"),
                List.of("--no-mining", "--auto-impersonate")));
        direct = RpcClient.to(process.rpcUrl());
    }

    @AfterAll
    static void stop() {
        direct.close();
        process.close();
    }

    static Stream<String> lies() {
        return LIES.stream();
    }

    static Stream<String> failures() {
        return FAILURES.stream();
    }

    static Stream<Arguments> manySeeds() {
        return LongStream.rangeClosed(1, 10)
                .boxed()
                .flatMap(seed ->
                        Stream.concat(LIES.stream(), FAILURES.stream()).map(fault -> Arguments.of(fault, seed)));
    }

    @ParameterizedTest
    @MethodSource("lies")
    void actsRightlyAndNamesTheLiar(String lie) {
        actsRightly(lie, 20_261_122);
    }

    @ParameterizedTest
    @MethodSource("failures")
    void actsRightlyWhileOneEndpointFails(String failure) {
        actsRightly(failure, 20_261_122);
    }

    @ParameterizedTest
    @MethodSource("manySeeds")
    @Tag("long")
    void actsRightlyForManySeeds(String fault, long seed) {
        actsRightly(fault, seed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"delays=30", "drops=5%"})
    void actsRightlyWhileTwoOfThreeAreSlowOrDrop(String failure) {
        try (Watch watch = new Watch(process.rpcUrl(), direct, 7)) {
            watch.live(HONEST_BLOCKS);
            watch.proxies().get(0).inject(FaultSetting.parse(failure));
            watch.proxies().get(1).inject(FaultSetting.parse(failure));
            watch.live(BLOCKS);

            watch.verify();
            assertThat(watch.proxies().get(0).strikes()).isNotEmpty();
            assertThat(watch.proxies().get(1).strikes()).isNotEmpty();
            assertThat(watch.accused()).isEmpty();
        }
    }

    @Test
    void actsRightlyAgainAfterAllFailedForAWhile() {
        try (Watch watch = new Watch(process.rpcUrl(), direct, 11)) {
            watch.live(HONEST_BLOCKS);
            watch.proxies().forEach(proxy -> proxy.errorStorm(percent(40)));
            watch.live(4);
            watch.proxies().forEach(FaultProxy::heals);
            watch.live(4);

            watch.verify();
            assertThat(watch.proxies())
                    .allSatisfy(
                            proxy -> assertThat(proxy.struck(Fault.ERROR_STORM)).isPositive());
            assertThat(watch.accused()).isEmpty();
        }
    }

    private static void actsRightly(String fault, long seed) {
        FaultSetting setting = FaultSetting.parse(fault);
        try (Watch watch = new Watch(process.rpcUrl(), direct, seed)) {
            int liar = new SplittableRandom(seed).nextInt(3);
            FaultProxy proxy = watch.proxies().get(liar);
            watch.live(HONEST_BLOCKS);

            proxy.inject(setting);
            List<Long> strikes = new ArrayList<>();
            long named = -1;
            for (int block = 0; block < BLOCKS; block++) {
                watch.live(1);
                strikes.add(proxy.struck(setting.fault()));
                if (named < 0 && watch.suspects().contains(Watch.name(liar))) {
                    named = block;
                }
            }

            watch.verify();
            assertThat(proxy.struck(setting.fault()))
                    .as("%s struck, seed=%d", fault, seed)
                    .isPositive();
            assertThat(watch.accused()).as("%s, seed=%d", fault, seed).isSubsetOf(Watch.name(liar));
            if (setting.fault().isLie() && setting.fault() != Fault.FORGETS) {
                long first = strikes.stream().takeWhile(count -> count == 0).count();
                assertThat(named)
                        .as("%s named, seed=%d, %s %s", fault, seed, strikes, watch.told())
                        .isNotNegative();
                assertThat(named - first)
                        .as("blocks until %s was named, seed=%d, %s %s", fault, seed, strikes, watch.told())
                        .isLessThanOrEqualTo(BLOCKS_TO_NAME);
            }
        }
    }
}
