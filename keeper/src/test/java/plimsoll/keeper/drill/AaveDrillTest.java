package plimsoll.keeper.drill;

import static org.assertj.core.api.Assertions.assertThat;
import static plimsoll.devnet.testing.TestDevnet.devnet;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.abi.PoolConfigurator;
import plimsoll.chain.call.Chain;
import plimsoll.chain.fork.ForkOrigin;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.log.FollowerLog;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.devnet.AccountData;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Borrower;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.devnet.testing.OnDevnet;
import plimsoll.keeper.protocol.aave.AaveReader;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.keeper.watch.MarketWatch;
import plimsoll.keeper.watch.WatchSettings;
import plimsoll.runtime.cli.Progress;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** The drill on a fork of a local market, with accounts that can and that cannot be liquidated. */
@OnDevnet
class AaveDrillTest {

    private static final Heartbeats ANY_AGE = new Heartbeats(Duration.ofDays(3_650), Map.of());

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void liquidatesEverySoundAccountOnTheForkAndSaysWhyNotTheOthers() {
        Borrower sound =
                devnet().market().borrower("sound").supplies(Asset.WETH, "2").borrows(Asset.USDC, "1000");
        Borrower inMode = devnet().market()
                .borrower("mode")
                .supplies(Asset.WETH, "2")
                .entersEmode(1)
                .borrows(Asset.WBTC, "0.02");
        Borrower paused =
                devnet().market().borrower("paused").supplies(Asset.LINK, "500").borrows(Asset.USDC, "100");
        devnet().market().borrower("saver").supplies(Asset.WETH, "1");
        pause(Asset.LINK);
        AccountData before = sound.data();

        AaveDrill.Result result = drill();

        assertThat(result.attempted()).isEqualTo(3);
        assertThat(result.succeeded()).isEqualTo(2);
        assertThat(result.failed()).singleElement().satisfies(failure -> {
            assertThat(failure.account()).isEqualTo(paused.address());
            assertThat(failure.reason()).contains("ReservePaused");
        });
        // The live chain is as it was.
        assertThat(sound.data()).isEqualTo(before);
        assertThat(inMode.data().isLiquidatable()).isFalse();
    }

    private AaveDrill.Result drill() {
        Address pool = devnet().addresses().pool();
        MarketWatch watch = new MarketWatch(
                devnet().chain(),
                AaveReader.of(devnet().chain(), pool, ANY_AGE),
                new WatchSettings(new BlockNumber(0), Optional.empty()),
                InstantSource.system(),
                new FollowerLog("drill"));
        BlockNumber block = watch.catchUp().header().number();
        LocalNodeSettings settings = new LocalNodeSettings(
                        Artefacts.prepare(sentence -> {}).anvil(), 0, folder.resolve("fork.log"), List.of())
                .forking(ForkOrigin.at(devnet().rpcUrl(), block));
        try (LocalNode node = LocalNode.start(settings);
                RpcClient fork = RpcClient.to(node.rpcUrl())) {
            return new AaveDrill(new Chain(fork), pool, ANY_AGE).run(watch.book(), Progress.silent());
        }
    }

    private static void pause(Asset asset) {
        devnet().send(
                        devnet().account("deployer").address(),
                        devnet().addresses().configurator(),
                        PoolConfigurator.SET_RESERVE_PAUSE.encode(
                                devnet().addresses().of(asset).token(), true));
    }
}
