package plimsoll.runtime.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import plimsoll.runtime.cli.CommandFailure;

class StrictConfigurationTest {

    @ConfigMapping(prefix = "plimsoll")
    interface Sample {
        Chain chain();

        Optional<String> note();

        Map<String, Duration> heartbeats();

        interface Chain {
            @WithDefault("31337")
            long id();

            Map<String, Endpoint> endpoints();

            String rpcUrl();

            OptionalInt confirmations();

            interface Endpoint {
                String url();

                @WithDefault("1")
                int weight();
            }
        }
    }

    private final StrictConfiguration<Sample> configuration =
            new StrictConfiguration<>(Sample.class, "plimsoll.oracle");

    @AfterEach
    void clear() {
        System.clearProperty("plimsoll.chain.rpc-url");
        System.clearProperty("plimsoll.chian.id");
    }

    @Test
    void readsValuesAndDefaults() {
        Sample sample = configuration.of(Map.of(
                "plimsoll.chain.rpc-url", "http://127.0.0.1:1",
                "plimsoll.heartbeats.WETH", "PT1H",
                "plimsoll.oracle.governor", "is another service's",
                "quarkus.http.port", "1"));

        assertThat(sample.chain().id()).isEqualTo(31_337);
        assertThat(sample.chain().rpcUrl()).isEqualTo("http://127.0.0.1:1");
        assertThat(sample.heartbeats()).containsEntry("WETH", Duration.ofHours(1));
    }

    @Test
    void readsSeveralThingsOfAKindByTheirNames() {
        Sample sample = configuration.of(Map.of(
                "plimsoll.chain.rpc-url", "http://127.0.0.1:1",
                "plimsoll.chain.endpoints.own.url", "http://127.0.0.1:2",
                "plimsoll.chain.endpoints.own.weight", "3",
                "plimsoll.chain.endpoints.\"node.example\".url", "http://127.0.0.1:3"));

        assertThat(sample.chain().endpoints()).containsOnlyKeys("own", "node.example");
        assertThat(sample.chain().endpoints().get("own")).isNotNull().satisfies(own -> {
            assertThat(own.url()).isEqualTo("http://127.0.0.1:2");
            assertThat(own.weight()).isEqualTo(3);
        });
    }

    @ParameterizedTest
    @CsvSource({
        "plimsoll.chain.endpoints.a.ulr, u,  plimsoll.chain.endpoints.a.ulr, plimsoll.chain.endpoints.*.url",
        "plimsoll.chain.endpoints.a.b.url, u, plimsoll.chain.endpoints.a.b.url, plimsoll.chain.endpoints.*.url",
        "plimsoll.chian.id,          1,    plimsoll.chian.id,       plimsoll.chain.id",
        "plimsoll.chain.id.extra,    1,    plimsoll.chain.id.extra, plimsoll.chain.id",
        "plimsoll.chain.id,          one,  plimsoll.chain.id,       one",
        "plimsoll.note,              n,    plimsoll.chain.rpc-url,  required",
    })
    void namesTheKeyThatIsUnknownWrongOrMissing(String key, String value, String named, String said) {
        CommandFailure failure = catchThrowableOfType(CommandFailure.class, () -> configuration.of(Map.of(key, value)));

        assertThat(failure.exitCode()).isEqualTo(2);
        assertThat(failure.key()).contains(named);
        assertThat(failure.sentence()).contains(said);
    }

    @Test
    void readsAndChecksSystemPropertiesToo() {
        System.setProperty("plimsoll.chain.rpc-url", "http://127.0.0.1:2");
        Sample sample = configuration.load();
        System.setProperty("plimsoll.chian.id", "1");
        CommandFailure failure = catchThrowableOfType(CommandFailure.class, configuration::load);

        assertThat(sample.chain().rpcUrl()).isEqualTo("http://127.0.0.1:2");
        assertThat(failure.key()).contains("plimsoll.chian.id");
    }

    @Test
    void knowsTheSpellingOfEnvironmentVariables() {
        KnownKeys known = new KnownKeys(Sample.class);

        assertThat(known.knowsVariable("PLIMSOLL_CHAIN_RPC_URL")).isTrue();
        assertThat(known.knowsVariable("PLIMSOLL_HEARTBEATS_WETH")).isTrue();
        assertThat(known.knowsVariable("PLIMSOLL_CHAIN_ENDPOINTS_OWN_URL")).isTrue();
        assertThat(known.knowsVariable("PLIMSOLL_CHAIN_ENDPOINTS_OWN_ULR")).isFalse();
        assertThat(known.knowsVariable("PLIMSOLL_CHIAN_ID")).isFalse();
        assertThat(known.nearest("PLIMSOLL_CHIAN_ID")).isEqualTo("plimsoll.chain.id");
    }

    @Test
    void listsEveryKeyWithItsDefault() {
        assertThat(configuration.keys())
                .containsOnlyKeys(
                        "plimsoll.chain.confirmations",
                        "plimsoll.chain.endpoints.*.url",
                        "plimsoll.chain.endpoints.*.weight",
                        "plimsoll.chain.id",
                        "plimsoll.chain.rpc-url",
                        "plimsoll.heartbeats.*",
                        "plimsoll.note")
                .containsEntry("plimsoll.chain.id", Optional.of("31337"));
    }
}
