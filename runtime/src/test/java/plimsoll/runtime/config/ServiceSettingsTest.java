package plimsoll.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.EnvConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.chain.key.SignerSource;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.runtime.cli.CommandFailure;

/** One configuration says for both services where the chain, the key and the market are. */
class ServiceSettingsTest {

    @ConfigMapping(prefix = "plimsoll")
    interface Sample extends ServiceConfig {}

    private static final String SECRET = "s3cr3ts3cr3t";
    private static final StrictConfiguration<Sample> CONFIGURATION = new StrictConfiguration<>(Sample.class);

    @Test
    void trustsTheLocalNodeWhereNothingIsSaid() {
        PoolSettings pool = settings(Map.of()).chain().endpoints();

        assertThat(pool.endpoints())
                .singleElement()
                .extracting(EndpointSettings::name, EndpointSettings::url)
                .containsExactly("node", "http://127.0.0.1:8545");
        assertThat(pool.quorum()).isOne();
    }

    @Test
    void comparesEndpointsOfIndependentOperators() {
        PoolSettings pool = settings(Map.of(
                        "plimsoll.chain.endpoints.own.url", "http://127.0.0.1:1",
                        "plimsoll.chain.endpoints.own.weight", "2.5",
                        "plimsoll.chain.endpoints.a.url", "https://a.example/v3/" + SECRET,
                        "plimsoll.chain.endpoints.a.web-socket-url", "wss://a.example/ws/" + SECRET,
                        "plimsoll.chain.endpoints.a.operator", "alice",
                        "plimsoll.chain.endpoints.b.url", "https://b.example/?key=" + SECRET,
                        "plimsoll.chain.endpoints.b.operator", "alice",
                        "plimsoll.chain.endpoints.b.max-in-flight", "4",
                        "plimsoll.chain.endpoints.b.max-requests-per-second", "12.5",
                        "plimsoll.chain.endpoints.b.max-batch", "20"))
                .chain()
                .endpoints();

        assertThat(pool.quorum()).isEqualTo(2);
        assertThat(pool.endpoints()).extracting(EndpointSettings::operator).containsExactly("alice", "alice", "own");
        assertThat(pool.endpoints().get(1))
                .extracting(EndpointSettings::maxInFlight, EndpointSettings::maxPerSecond, EndpointSettings::maxBatch)
                .containsExactly(4, 12.5, 20);
        assertThat(pool.endpoints().get(0).webSocket())
                .hasValueSatisfying(url -> assertThat(url).startsWith("wss"));
        assertThat(pool.endpoints().get(2).weight()).isEqualTo(2.5);
        assertThat(pool.toString()).doesNotContain(SECRET);
    }

    @Test
    void readsEndpointsFromTheEnvironment() {
        Map<String, String> environment = Map.of(
                "PLIMSOLL_CHAIN_ENDPOINTS_OWN_URL", "http://127.0.0.1:2",
                "PLIMSOLL_CHAIN_ENDPOINTS_OWN_MAX_BATCH", "7");
        Sample sample = new SmallRyeConfigBuilder()
                .withSources(new EnvConfigSource(environment, 300))
                .withMapping(Sample.class)
                .build()
                .getConfigMapping(Sample.class);

        assertThat(sample.chain().endpoints()).containsOnlyKeys("own");
        assertThat(ChainSettings.of(sample.chain()).endpoints().endpoints())
                .singleElement()
                .extracting(EndpointSettings::maxBatch)
                .isEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.chain.rpc-url, http://127.0.0.1:3, plimsoll.chain.rpc-url, given twice",
        "plimsoll.chain.quorum, 3, plimsoll.chain.quorum, found=3 operators=2",
        "plimsoll.chain.quorum, 0, plimsoll.chain.quorum, found=0 operators=2",
        "plimsoll.chain.endpoints.a.weight, -1, plimsoll.chain.endpoints.a, positive",
        "plimsoll.chain.endpoints.a.url, ftp://s3cr3ts3cr3t, plimsoll.chain.endpoints.a.url, no http or https",
        "plimsoll.chain.endpoints.a.web-socket-url, https://x, plimsoll.chain.endpoints.a.web-socket-url, no ws or wss",
        "plimsoll.chain.endpoints.a.ulr, http://x, plimsoll.chain.endpoints.a.ulr, plimsoll.chain.endpoints.*.url",
        "plimsoll.chain.confirmations, 0, plimsoll.chain.confirmations, at least 1",
        "plimsoll.chain.bump-after, PT0S, plimsoll.chain.bump-after, not positive",
        "plimsoll.chain.relay.policy, sometimes, plimsoll.chain.relay.policy, private-only",
        "plimsoll.chain.relay.window, 26, plimsoll.chain.relay.window, between 1 and 25",
        "plimsoll.chain.relays.one.url, s3cr3ts3cr3t, plimsoll.chain.relays.one.url, no http or https",
        "plimsoll.chain.auction.hints-url, http://a.example/s3cr3ts3cr3t, plimsoll.chain.auction.bundles-url, belong together",
        "plimsoll.chain.auction.bundles-url, http://a.example, plimsoll.chain.auction.hints-url, belong together",
    })
    void namesTheKeyThatIsWrong(String key, String value, String named, String said) {
        Map<String, String> values = new HashMap<>(Map.of(
                "plimsoll.chain.endpoints.a.url", "http://127.0.0.1:1",
                "plimsoll.chain.endpoints.b.url", "http://127.0.0.1:2"));
        values.put(key, value);

        CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> settings(values));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.key()).contains(named);
        assertThat(failure.sentence()).contains(named).contains(said).doesNotContain(SECRET);
    }

    @Test
    void sendsThroughRelaysWhereTheyAreNamed() {
        Optional<RelaySource> relays = settings(Map.of(
                        "plimsoll.chain.relays.one.url", "https://one.example/" + SECRET,
                        "plimsoll.chain.relays.two.url", "https://two.example",
                        "plimsoll.chain.relay.policy", "private-only",
                        "plimsoll.chain.relay.window", "5"))
                .chain()
                .relays();

        assertThat(relays).hasValueSatisfying(source -> {
            assertThat(source.urls()).containsOnlyKeys("one", "two");
            assertThat(source.publicAfter()).isEmpty();
            assertThat(source.window()).isEqualTo(5);
            assertThat(source.toString()).doesNotContain(SECRET);
        });
        assertThat(settings(Map.of()).chain().relays()).isEmpty();
    }

    @Test
    void bidsAtTheAuctionThatIsNamed() {
        Optional<AuctionSource> auction = settings(Map.of(
                        "plimsoll.chain.auction.hints-url", "https://one.example/" + SECRET,
                        "plimsoll.chain.auction.bundles-url", "https://two.example/" + SECRET))
                .chain()
                .auction();

        assertThat(auction).hasValueSatisfying(source -> {
            assertThat(source.hintsUrl()).startsWith("https://one.example/");
            assertThat(source.toString()).doesNotContain(SECRET);
        });
        assertThat(settings(Map.of()).chain().auction()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.signer.key-file, key, plimsoll.signer.key-env, KEY, plimsoll.signer.key-file, Two keys",
        "plimsoll.signer.keystore, file, plimsoll.market.first-block, 0, plimsoll.signer.password-file, needs",
        "plimsoll.signer.remote-url, http://127.0.0.1:9, plimsoll.market.first-block, 0, plimsoll.signer.address,"
                + " needs",
        "plimsoll.signer.kms, nothing, plimsoll.market.first-block, 0, plimsoll.signer.kms, PROVIDER:KEY",
    })
    void namesTheSignersKeyThatIsWrong(
            String key, String value, String other, String otherValue, String named, String said) {
        CommandFailure failure =
                catchThrowableOfType(CommandFailure.class, () -> settings(Map.of(key, value, other, otherValue)));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.key()).contains(named);
        assertThat(failure.sentence()).contains(said);
    }

    @Test
    void knowsWhereARemoteSignerIs() {
        Optional<SignerSettings> signer = settings(Map.of(
                        "plimsoll.signer.remote-url", "http://127.0.0.1:9/" + SECRET,
                        "plimsoll.signer.address", "0x" + "1".repeat(40)))
                .signer();

        assertThat(signer).hasValueSatisfying(it -> {
            assertThat(it.key()).isEqualTo("plimsoll.signer.remote-url");
            assertThat(it.source()).isInstanceOf(SignerSource.Remote.class);
            assertThat(it.toString()).doesNotContain(SECRET);
        });
    }

    private static ServiceSettings settings(Map<String, String> different) {
        Map<String, String> values = new HashMap<>(Map.of("plimsoll.market.pool", "0x" + "a".repeat(40)));
        values.putAll(different);
        return ServiceSettings.of(CONFIGURATION.of(values));
    }
}
