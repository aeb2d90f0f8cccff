package plimsoll.oracle.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.Wallet;
import org.web3j.protocol.ObjectMapperFactory;
import plimsoll.oracle.calibration.CalibrationSettings;
import plimsoll.oracle.calibration.DriftRule;
import plimsoll.oracle.calibration.ReadingSettings;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.StrictConfiguration;
import plimsoll.units.BlockNumber;

class OracleConfigTest {

    private static final String POOL = "0x87870bca3f3fd6335c3f4ce8392d69350b4fa4e2";
    private static final Map<String, String> LEAST = Map.of("plimsoll.market.pool", POOL);
    private static final String NO_NODE = "http://127.0.0.1:1";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @Test
    void sendsNothingUnlessToldTo() {
        OracleSettings settings = settings(LEAST);

        assertThat(settings.live()).isFalse();
        assertThat(settings.route()).isEmpty();
        assertThat(settings.calibration()).isEqualTo(CalibrationSettings.standard());
        assertThat(settings.drifting().rule()).isEqualTo(DriftRule.standard());
        assertThat(settings.reading()).isEqualTo(ReadingSettings.standard(new BlockNumber(0)));
    }

    @Test
    void hasASafeDefaultForEveryKeyThatNeedsOne() {
        Map<String, Optional<String>> keys = strict().keys();

        assertThat(keys)
                .containsEntry("plimsoll.oracle.live", Optional.of("false"))
                .containsEntry("plimsoll.oracle.most-forced-liquidations", Optional.of("0"))
                .containsEntry("plimsoll.oracle.interval", Optional.of("PT24H"))
                .containsEntry("plimsoll.oracle.drift-interval", Optional.of("PT1H"))
                .containsEntry("plimsoll.oracle.drift.cool-down", Optional.of("PT4H"))
                .containsEntry("plimsoll.oracle.drift.rounds", Optional.of("500"))
                .containsEntry("plimsoll.oracle.drift.level", Optional.of("0.99"))
                .containsEntry("plimsoll.oracle.drift.volatility-factor", Optional.of("2.0"))
                .containsEntry("plimsoll.oracle.drift.volatility-floor", Optional.of("0.05"))
                .containsEntry("plimsoll.oracle.drift.fewest-returns", Optional.of("12"))
                .containsEntry("plimsoll.oracle.drift.most-returns", Optional.of("72"))
                .containsEntry("plimsoll.oracle.drift.supplied-change", Optional.of("0.25"))
                .containsEntry("plimsoll.oracle.drift.utilisation-change", Optional.of("0.20"))
                .containsEntry("plimsoll.oracle.drift.least-supplied", Optional.of("1000000"))
                .containsEntry("plimsoll.oracle.follow-interval", Optional.of("PT2S"))
                .containsEntry("plimsoll.oracle.max-gas-price", Optional.of("500"))
                .containsEntry("plimsoll.oracle.heartbeat", Optional.of("PT25H"))
                .containsEntry("plimsoll.oracle.rounds", Optional.of("5000"))
                .containsEntry("plimsoll.data-folder", Optional.of("data"))
                .containsEntry("plimsoll.chain.confirmations", Optional.of("2"));
        assertThat(keys.entrySet().stream()
                        .filter(key -> key.getValue().isEmpty())
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder(
                        "plimsoll.database.jdbc-url",
                        "plimsoll.database.user",
                        "plimsoll.database.password",
                        "plimsoll.chain.rpc-url",
                        "plimsoll.chain.endpoints.*.url",
                        "plimsoll.chain.endpoints.*.web-socket-url",
                        "plimsoll.chain.endpoints.*.operator",
                        "plimsoll.chain.endpoints.*.max-requests-per-second",
                        "plimsoll.chain.quorum",
                        "plimsoll.chain.relays.*.url",
                        "plimsoll.chain.relay.reputation-key-file",
                        "plimsoll.chain.auction.hints-url",
                        "plimsoll.chain.auction.bundles-url",
                        "plimsoll.chain.daily-spend-cap",
                        "plimsoll.market.pool",
                        "plimsoll.market.multicall",
                        "plimsoll.signer.keystore",
                        "plimsoll.signer.password-file",
                        "plimsoll.signer.key-env",
                        "plimsoll.signer.key-file",
                        "plimsoll.signer.remote-url",
                        "plimsoll.signer.address",
                        "plimsoll.signer.kms",
                        "plimsoll.oracle.governor",
                        "plimsoll.oracle.timelock",
                        "plimsoll.oracle.heartbeats.*");
    }

    @Test
    void refusesAKeyThatItDoesNotKnow() {
        assertFails(with("plimsoll.oracle.lvie", "true"), 2, "plimsoll.oracle.lvie");
    }

    @Test
    void refusesToBeLiveWithoutAGovernor() {
        assertFails(with("plimsoll.oracle.live", "true"), 2, "plimsoll.oracle.governor");
    }

    @Test
    void namesTheKeysOfAContradiction() {
        assertFails(with("plimsoll.oracle.model.user-horizon", "PT1H"), 2, "plimsoll.oracle.model");
    }

    @Test
    void looksForNoDriftWhereToldSo() {
        assertThat(settings(LEAST).drifting().isOn()).isTrue();
        assertThat(settings(with("plimsoll.oracle.drift-interval", "PT0S"))
                        .drifting()
                        .isOn())
                .isFalse();
    }

    @Test
    void refusesADriftLevelThatNoManifestHolds() {
        assertFails(with("plimsoll.oracle.drift.level", "0.9"), 2, "plimsoll.oracle.drift");
    }

    @Test
    void refusesAWrongKeystorePasswordWithoutAskingTheChain() throws Exception {
        Path keystore = ownersOnly(keystore("right"));
        Path password = ownersOnly(Files.writeString(folder.resolve("password"), "wrong\n"));

        assertThatThrownBy(() -> check(Map.of(
                        "plimsoll.market.pool",
                        POOL,
                        "plimsoll.signer.keystore",
                        keystore.toString(),
                        "plimsoll.signer.password-file",
                        password.toString(),
                        "plimsoll.chain.rpc-url",
                        NO_NODE)))
                .isInstanceOfSatisfying(CommandFailure.class, failure -> {
                    assertThat(failure.exitCode()).isEqualTo(2);
                    assertThat(failure.sentence()).contains("password is wrong").doesNotContain("right");
                    assertThat(failure.key()).contains("plimsoll.signer.keystore");
                });
    }

    private Path keystore(String password) throws Exception {
        Credentials somebody = Credentials.create("0x" + "1".repeat(64));
        String json = ObjectMapperFactory.getObjectMapper()
                .writeValueAsString(Wallet.createLight(password, somebody.getEcKeyPair()));
        return write(json);
    }

    private static Path ownersOnly(Path file) throws IOException {
        return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
    }

    private Path write(String json) throws IOException {
        return Files.writeString(folder.resolve("keystore.json"), json);
    }

    private static void assertFails(Map<String, String> values, int exitCode, String key) {
        assertThatThrownBy(() -> settings(values)).isInstanceOfSatisfying(CommandFailure.class, failure -> {
            assertThat(failure.exitCode()).isEqualTo(exitCode);
            assertThat(failure.key()).contains(key);
            assertThat(failure.sentence()).contains(key);
        });
    }

    private static Map<String, String> with(String key, String value) {
        Map<String, String> values = new HashMap<>(LEAST);
        values.put(key, value);
        return values;
    }

    private static void check(Map<String, String> values) {
        Preflight.check(settings(values), Map.of());
    }

    private static OracleSettings settings(Map<String, String> values) {
        return OracleSettings.of(strict().of(values));
    }

    private static StrictConfiguration<OracleConfig> strict() {
        return new StrictConfiguration<>(OracleConfig.class, "plimsoll.keeper");
    }
}
