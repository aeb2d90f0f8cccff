package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static plimsoll.units.Bps.percent;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.logging.Handler;
import java.util.logging.Level;
import java.util.logging.LogRecord;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;
import org.jboss.logmanager.LogContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.PoolLog;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.devnet.Account;
import plimsoll.devnet.Asset;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.devnet.Opening;
import plimsoll.runtime.config.StrictConfiguration;

/** Whatever is logged, at any level and by whomever, holds no key, password or credential of a URL. */
final class SecretsTest {

    private static final String URL_SECRET = "credentialOfTheNode42";
    private static final String OTHER_SECRET = "credentialOfAnother43";
    private static final String PASSWORD = "passwordOfTheDatabase44";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void logsNoSecretWhileItLiquidatesAndWhileItFails() throws Exception {
        Recorder recorder = new Recorder();
        Logger root = LogContext.getLogContext().getLogger("");
        Level before = root.getLevel();
        try (Devnet devnet = Devnet.start(DevnetSettings.ofSeed(51))) {
            Account wallet = devnet.account("keeper");
            Path key = Files.writeString(folder.resolve("key"), wallet.privateKey());
            Files.setPosixFilePermissions(key, PosixFilePermissions.fromString("rw-------"));
            List<String> secrets = new ArrayList<>(List.of(URL_SECRET, OTHER_SECRET, PASSWORD));
            secrets.add(wallet.privateKey().replaceFirst("^0x", ""));
            devnet.market().fund(wallet.address(), Asset.USDC, Asset.USDC.amount("100000"));
            devnet.market()
                    .open(List.of(new Opening(
                            "borrower",
                            Map.of(Asset.WETH, Asset.WETH.amount("2")),
                            Map.of(Asset.USDC, Asset.USDC.amount("3900")))));
            root.addHandler(recorder);
            root.setLevel(Level.ALL);

            KeeperSettings settings = settings(devnet, key);
            recorder.say(settings.toString());
            liquidate(devnet, settings);
            recorder.say(String.valueOf(catchThrowable(
                    () -> new Chain(settings.service().chain().open(new PoolLog(), InstantSource.system()))
                            .rpc()
                            .call("eth_noSuchMethod"))));
            recorder.say(String.valueOf(catchThrowable(() -> settings(devnet, folder.resolve("missing"))
                    .service()
                    .signer()
                    .orElseThrow()
                    .open(Map.of()))));

            assertThat(recorder.lines).hasSizeGreaterThan(20);
            assertThat(recorder.fine).as("lines below INFO").isPositive();
            assertThat(recorder.lines)
                    .allSatisfy(line -> secrets.forEach(secret ->
                            assertThat(line.toLowerCase(Locale.ROOT)).doesNotContain(secret.toLowerCase(Locale.ROOT))));
        } finally {
            root.removeHandler(recorder);
            root.setLevel(before);
        }
    }

    private static void liquidate(Devnet devnet, KeeperSettings settings) {
        Signer signer = settings.service().signer().orElseThrow().open(Map.of());
        MemoryIntentStore store = new MemoryIntentStore(InstantSource.system());
        try (EndpointPool pool = settings.service().chain().open(new PoolLog(), InstantSource.system());
                KeeperBench keeper = KeeperBench.on(pool, settings, signer, store)) {
            keeper.next();
            devnet.market().priceOf(Asset.WETH).fallsBy(percent(20));
            keeper.runUntil(round -> !round.sent().isEmpty());
            keeper.runUntil(round -> round.liquidatable().isEmpty());
        }
    }

    private static KeeperSettings settings(Devnet devnet, Path key) {
        Map<String, String> values = new HashMap<>(Map.of(
                "plimsoll.chain.endpoints.own.url",
                devnet.rpcUrl() + "/?key=" + URL_SECRET,
                "plimsoll.chain.endpoints.dead.url",
                "http://user:" + OTHER_SECRET + "@127.0.0.1:9/v3/" + OTHER_SECRET,
                "plimsoll.chain.quorum",
                "1",
                "plimsoll.chain.confirmations",
                "1",
                "plimsoll.database.password",
                PASSWORD,
                "plimsoll.market.pool",
                devnet.addresses().pool().hex(),
                "plimsoll.signer.key-file",
                key.toString(),
                "plimsoll.keeper.live",
                "true",
                "plimsoll.keeper.heartbeat",
                "P30D"));
        values.put(
                "plimsoll.keeper.coin",
                devnet.addresses().of(Asset.WETH).token().hex());
        return KeeperSettings.all(new StrictConfiguration<>(KeeperConfig.class, "plimsoll.oracle").of(values))
                .getFirst();
    }

    private static final class Recorder extends Handler {
        private final List<String> lines = new CopyOnWriteArrayList<>();
        private volatile int fine;

        Recorder() {
            setLevel(Level.ALL);
        }

        void say(String line) {
            lines.add(line);
        }

        @Override
        public synchronized void publish(LogRecord entry) {
            StringWriter line = new StringWriter();
            line.write(new SimpleFormatter().formatMessage(entry));
            Optional.ofNullable(entry.getThrown()).ifPresent(thrown -> thrown.printStackTrace(new PrintWriter(line)));
            lines.add(line.toString());
            fine += entry.getLevel().intValue() < Level.INFO.intValue() ? 1 : 0;
        }

        @Override
        public void flush() {}

        @Override
        public void close() {}
    }
}
