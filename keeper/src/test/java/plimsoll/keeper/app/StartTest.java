package plimsoll.keeper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.WalletUtils;
import plimsoll.devnet.Devnet;
import plimsoll.devnet.DevnetSettings;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.StrictConfiguration;

/** Each thing that can be wrong at the start is one sentence with its key and exit code, and nothing is sent. */
final class StartTest {

    @SuppressWarnings("NullAway.Init")
    private static Devnet devnet;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @BeforeAll
    static void start() {
        devnet = Devnet.start(DevnetSettings.ofSeed(11));
    }

    @AfterAll
    static void stop() {
        devnet.close();
    }

    @Test
    void startsWithTheRightSettings() {
        assertThat(StartCheck.of(List.of(settings(Map.of())))
                        .getFirst()
                        .settings()
                        .market()
                        .chain())
                .isEqualTo(devnet.addresses().chainId());
    }

    @Test
    void refusesANodeThatDoesNotAnswer() {
        CommandFailure failure = failure(Map.of("plimsoll.chain.rpc-url", "http://127.0.0.1:9"));

        assertThat(failure.exitCode()).isEqualTo(3);
        assertThat(failure.sentence()).startsWith("Node does not answer").doesNotContain("\n");
        assertThat(failure.key()).hasValue("plimsoll.chain.rpc-url");
    }

    @Test
    void refusesAnotherChain() {
        CommandFailure failure = failure(Map.of("plimsoll.chain.id", "1"));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.sentence())
                .isEqualTo("Node serves another chain than plimsoll.chain.id: endpoint=node chain=31337 expected=1");
    }

    @Test
    void refusesAWrongPassword() throws Exception {
        String file = WalletUtils.generateWalletFile(
                "right",
                Credentials.create(devnet.account("keeper").privateKey()).getEcKeyPair(),
                folder.toFile(),
                false);
        Path password = Files.writeString(folder.resolve("password"), "wrong\n");
        for (Path secret : List.of(folder.resolve(file), password)) {
            Files.setPosixFilePermissions(secret, PosixFilePermissions.fromString("rw-------"));
        }

        CommandFailure failure = failure(Map.of(
                "plimsoll.signer.keystore", folder.resolve(file).toString(),
                "plimsoll.signer.password-file", password.toString()));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.sentence()).startsWith("Keystore password is wrong");
        assertThat(failure.key()).hasValue("plimsoll.signer.keystore");
    }

    @Test
    void refusesToBeLiveWithoutAKey() {
        CommandFailure failure = failure(Map.of("plimsoll.keeper.live", "true"));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.key()).hasValue("plimsoll.keeper.live");
    }

    @Test
    void refusesToBidWithoutAnAuctionOrAPriceOfTheCoin() {
        CommandFailure nowhere = failure(Map.of("plimsoll.keeper.reaction.bid-share", "50"));
        CommandFailure worthless = failure(Map.of(
                "plimsoll.keeper.reaction.bid-share", "50",
                "plimsoll.chain.auction.hints-url", "http://127.0.0.1:9/hints",
                "plimsoll.chain.auction.bundles-url", "http://127.0.0.1:9/bundles"));
        CommandFailure tooMuch = failure(Map.of("plimsoll.keeper.reaction.bid-share", "101"));

        assertThat(nowhere.key()).hasValue("plimsoll.chain.auction.hints-url");
        assertThat(worthless.key()).hasValue("plimsoll.keeper.coin");
        assertThat(tooMuch.key()).hasValue("plimsoll.keeper.reaction.bid-share");
    }

    @Test
    void refusesAnUnknownKey() {
        CommandFailure failure = failure(Map.of("plimsoll.keeper.min-profits", "5"));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.sentence())
                .contains("plimsoll.keeper.min-profits")
                .contains("the nearest known one is plimsoll.keeper.min-profit");
    }

    @Test
    void refusesAMissingMarket() {
        Map<String, String> none = new HashMap<>();

        CommandFailure failure = catchThrowableOfType(
                CommandFailure.class, () -> KeeperSettings.all(configuration().of(none)));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.key()).hasValue("plimsoll.market.pool");
    }

    @Test
    void everyDefaultIsSafe() throws IOException {
        Map<String, String> defaults = new HashMap<>();
        configuration().keys().forEach((key, value) -> value.ifPresent(it -> defaults.put(key, it)));

        // A further chain has the defaults of the first, and its venue those of the keeper's.
        String further = "plimsoll.keeper.chains.*.";
        Map<String, String> furthers = new HashMap<>(defaults);
        furthers.keySet().removeIf(key -> !key.startsWith(further));
        assertThat(furthers).isNotEmpty().allSatisfy((key, value) -> {
            String first = key.substring(further.length());
            assertThat(value)
                    .as(key)
                    .isIn(defaults.get("plimsoll.chain." + first), defaults.get("plimsoll.keeper." + first));
        });
        defaults.keySet().removeAll(furthers.keySet());
        assertThat(defaults)
                .containsExactlyInAnyOrderEntriesOf(Map.ofEntries(
                        Map.entry("plimsoll.data-folder", "data"),
                        Map.entry("plimsoll.chain.endpoints.*.weight", "1"),
                        Map.entry("plimsoll.chain.endpoints.*.max-in-flight", "64"),
                        Map.entry("plimsoll.chain.endpoints.*.max-batch", "200"),
                        Map.entry("plimsoll.chain.relay.window", "3"),
                        Map.entry("plimsoll.chain.relay.policy", "public-after-5"),
                        Map.entry("plimsoll.chain.id", "31337"),
                        Map.entry("plimsoll.chain.confirmations", "2"),
                        Map.entry("plimsoll.chain.bump-after", "PT15S"),
                        Map.entry("plimsoll.market.first-block", "0"),
                        Map.entry("plimsoll.keeper.live", "false"),
                        Map.entry("plimsoll.keeper.allow-unproven", "false"),
                        Map.entry("plimsoll.margin.levels", "warn:1.5,call:1.2,urgent:1.05"),
                        Map.entry("plimsoll.margin.band", "0.02"),
                        Map.entry("plimsoll.margin.interval", "PT15M"),
                        Map.entry("plimsoll.margin.attempts", "18"),
                        Map.entry("plimsoll.margin.channels.*.port", "587"),
                        Map.entry("plimsoll.margin.channels.*.security", "starttls"),
                        Map.entry("plimsoll.margin.mandates.*.source", "funded"),
                        Map.entry("plimsoll.margin.mandates.*.cool-down", "PT1H"),
                        Map.entry("plimsoll.margin.mandates.*.live", "false"),
                        Map.entry("plimsoll.keeper.min-profit", "1"),
                        Map.entry("plimsoll.keeper.max-gas-price", "500"),
                        Map.entry("plimsoll.keeper.poll-interval", "PT0.05S"),
                        Map.entry("plimsoll.keeper.heartbeat", "PT25H"),
                        Map.entry("plimsoll.keeper.lease-time", "PT0.6S"),
                        Map.entry("plimsoll.keeper.journal-retention", "P30D"),
                        Map.entry("plimsoll.keeper.markets.*.protocol", "aave-v3"),
                        Map.entry("plimsoll.keeper.markets.*.first-block", "0"),
                        Map.entry("plimsoll.keeper.executor.funding", "flash"),
                        Map.entry("plimsoll.keeper.bad-debt.budget", "0"),
                        Map.entry("plimsoll.keeper.bad-debt.max-loss", "0"),
                        Map.entry("plimsoll.keeper.guard.max-deviation", "5"),
                        Map.entry("plimsoll.keeper.guard.max-sale-deviation", "10"),
                        Map.entry("plimsoll.keeper.guard.bound-margin", "10"),
                        Map.entry("plimsoll.keeper.guard.max-repeated-move", "2"),
                        Map.entry("plimsoll.keeper.guard.sequencer-grace", "PT1H"),
                        Map.entry("plimsoll.keeper.guard.min-coin", "0"),
                        Map.entry("plimsoll.keeper.guard.wait-for-competitors", "true"),
                        Map.entry("plimsoll.keeper.guard.hold-frozen", "false"),
                        Map.entry("plimsoll.keeper.guard.retry-after", "PT30S"),
                        Map.entry("plimsoll.keeper.guard.max-reverts", "3"),
                        Map.entry("plimsoll.keeper.guard.max-revert-ratio", "50"),
                        Map.entry("plimsoll.keeper.guard.slowest-send", "PT5S"),
                        Map.entry("plimsoll.keeper.reaction.pending", "false"),
                        Map.entry("plimsoll.keeper.reaction.patience", "PT24S"),
                        Map.entry("plimsoll.keeper.reaction.bid-share", "0"),
                        Map.entry("plimsoll.keeper.venue.fee", "3000"),
                        Map.entry("plimsoll.keeper.venue.max-slippage", "3")));
    }

    private static CommandFailure failure(Map<String, String> different) {
        return catchThrowableOfType(CommandFailure.class, () -> StartCheck.of(List.of(settings(different))));
    }

    private static KeeperSettings settings(Map<String, String> different) {
        Map<String, String> values = new HashMap<>(Map.of(
                "plimsoll.chain.rpc-url", devnet.rpcUrl(),
                "plimsoll.market.pool", devnet.addresses().pool().hex()));
        values.putAll(different);
        return KeeperSettings.all(configuration().of(values)).getFirst();
    }

    private static StrictConfiguration<KeeperConfig> configuration() {
        return new StrictConfiguration<>(KeeperConfig.class, "plimsoll.oracle");
    }
}
