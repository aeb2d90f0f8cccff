package plimsoll.abi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import plimsoll.devnet.artefact.OwnContracts;
import plimsoll.devnet.artefact.PublishedAbis;

/** Signatures of contracts that no package ships agree with what client libraries publish of them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PublishedSignaturesTest {

    private static final String COMPOUND_V3 = "@morpho-org/migration-sdk-viem/lib/cjs/abis/compoundV3.js";

    private PublishedAbis published;

    @BeforeAll
    void prepare() throws IOException {
        published = PublishedAbis.prepare();
    }

    @Test
    void compoundV3() throws IOException, InterruptedException {
        List<JsonNode> entries = entries(COMPOUND_V3, "cometAbi", "cometExtAbi");

        agree(Comet.class, entries, 43);
    }

    @Test
    void ourStandInForCompoundV3HasNoErrorOrEventThatTheRealOneLacks() throws IOException, InterruptedException {
        List<JsonNode> entries = entries(COMPOUND_V3, "cometAbi", "cometExtAbi");
        List<JsonNode> ours = new ArrayList<>();
        OwnContracts.fixture("LocalComet").abi().forEach(ours::add);

        for (String kind : List.of("error", "event", "function")) {
            assertThat(SignaturesTest.described(entries, kind))
                    .as(kind)
                    .containsAll(SignaturesTest.described(ours, kind));
        }
    }

    @Test
    void aaveV4() throws IOException, InterruptedException {
        agree(AaveHub.class, entries("@aave-dao/aave-address-book/dist/abis/IHubV4.js", "IHubV4_ABI"), 6);
        agree(AaveSpoke.class, entries("@aave-dao/aave-address-book/dist/abis/ISpokeV4.js", "ISpokeV4_ABI"), 21);
    }

    private static void agree(Class<?> constants, List<JsonNode> entries, int atLeast) {
        Set<String> functions = SignaturesTest.described(entries, "function");
        Set<String> events = SignaturesTest.described(entries, "event");
        List<ContractFunction> ourFunctions = SignaturesTest.constants(constants, ContractFunction.class);
        List<ContractEvent> ourEvents = SignaturesTest.constants(constants, ContractEvent.class);

        assertThat(functions)
                .containsAll(
                        ourFunctions.stream().map(SignaturesTest::described).toList());
        assertThat(events)
                .containsAll(ourEvents.stream().map(SignaturesTest::described).toList());
        assertThat(ourFunctions.size() + ourEvents.size()).isGreaterThanOrEqualTo(atLeast);
    }

    private List<JsonNode> entries(String file, String... exports) throws IOException, InterruptedException {
        List<JsonNode> entries = new ArrayList<>();
        for (String export : exports) {
            published.read(file, export).forEach(entries::add);
        }
        return entries;
    }
}
