package plimsoll.abi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;
import plimsoll.devnet.artefact.Artefact;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.devnet.artefact.OwnContracts;
import plimsoll.devnet.artefact.ShippedContracts;

/** Every signature written by hand is the one of the contract that is deployed: types, results, indexed flags, selector, topic. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SignaturesTest {

    private static final String VENUS = "venus/";

    private Artefacts artefacts;
    private Artefacts morpho;
    private Artefacts venus;

    @BeforeAll
    void prepare() {
        artefacts = Artefacts.prepare(sentence -> {});
        morpho = Artefacts.morpho(sentence -> {});
        venus = ShippedContracts.venus(sentence -> {});
    }

    static Stream<Arguments> contracts() {
        return Stream.of(
                Arguments.of(AavePool.class, List.of("PoolInstance")),
                Arguments.of(AddressesProvider.class, List.of("PoolAddressesProvider")),
                Arguments.of(AaveOracle.class, List.of("AaveOracle")),
                Arguments.of(PoolConfigurator.class, List.of("PoolConfiguratorInstance")),
                Arguments.of(AclManager.class, List.of("ACLManager")),
                Arguments.of(AToken.class, List.of("ATokenInstance")),
                Arguments.of(VariableDebtToken.class, List.of("VariableDebtTokenInstance")),
                Arguments.of(Erc20.class, List.of("GovernanceToken")),
                Arguments.of(Erc20Votes.class, List.of("GovernanceToken")),
                Arguments.of(Aggregator.class, List.of("EACAggregatorProxy", "AccessControlledAggregator")),
                Arguments.of(Governor.class, List.of("MarketGovernor")),
                Arguments.of(Timelock.class, List.of("TimelockController")),
                Arguments.of(Multicall3.class, List.of("Multicall3")),
                Arguments.of(Executor.class, List.of("Executor")),
                Arguments.of(
                        VenusComptroller.class,
                        List.of(
                                "venus/MarketFacet",
                                "venus/PolicyFacet",
                                "venus/SetterFacet",
                                "venus/Diamond",
                                "venus/Unitroller")),
                Arguments.of(VToken.class, List.of("venus/VBep20Delegate", "venus/VBep20Delegator")),
                Arguments.of(VenusLiquidator.class, List.of("venus/Liquidator")),
                Arguments.of(VaiController.class, List.of("venus/VAIController")),
                Arguments.of(
                        UniswapV3.class,
                        List.of(
                                "UniswapV3Factory",
                                "UniswapV3Pool",
                                "NonfungiblePositionManager",
                                "SwapRouter",
                                "QuoterV2")),
                Arguments.of(Morpho.class, List.of("morpho/Morpho", "morpho/EventsLib")),
                Arguments.of(MorphoPricing.class, List.of("morpho/FeedOracle", "morpho/AdaptiveCurveIrm")),
                Arguments.of(PreLiquidation.class, List.of("morpho/PreLiquidation")));
    }

    @ParameterizedTest
    @MethodSource("contracts")
    void agreesWithTheContract(Class<?> constants, List<String> names) {
        List<JsonNode> entries = names.stream().flatMap(this::abi).toList();
        Set<String> functions = described(entries, "function");
        Set<String> events = described(entries, "event");

        List<ContractFunction> ourFunctions = constants(constants, ContractFunction.class);
        List<ContractEvent> ourEvents = constants(constants, ContractEvent.class);

        assertThat(functions)
                .containsAll(
                        ourFunctions.stream().map(SignaturesTest::described).toList());
        assertThat(events)
                .containsAll(ourEvents.stream().map(SignaturesTest::described).toList());
        assertThat(ourFunctions.size() + ourEvents.size()).isGreaterThan(2);
    }

    @Test
    void knowsEveryErrorOfTheMarketAndNoneThatNoContractHas() {
        Set<String> aave = described(abi("Errors").toList(), "error");
        Set<String> all = new HashSet<>(aave);
        for (String name : List.of("MarketGovernor", "TimelockController", "GovernanceToken", "PoolInstance")) {
            all.addAll(described(abi(name).toList(), "error"));
        }
        all.addAll(described(abi("morpho/PreLiquidation").toList(), "error"));
        Set<String> executor = described(abi("Executor").toList(), "error");
        all.addAll(executor);
        all.addAll(described(
                StreamSupport.stream(OwnContracts.fixture("LocalComet").abi().spliterator(), false)
                        .toList(),
                "error"));

        Set<String> invented = new HashSet<>(KnownErrors.signatures());
        invented.removeAll(all);

        assertThat(KnownErrors.signatures()).containsAll(aave).containsAll(executor);
        assertThat(invented).isEmpty();
    }

    private Stream<JsonNode> abi(String name) {
        return StreamSupport.stream(artefact(name).abi().spliterator(), false);
    }

    private Artefact artefact(String name) {
        if (name.equals("Executor")) {
            return OwnContracts.executor(sentence -> {});
        }
        if (name.startsWith(VENUS)) {
            return venus.contract(name.substring(VENUS.length()));
        }
        return name.startsWith("morpho/")
                ? morpho.contract(name.substring("morpho/".length()))
                : artefacts.contract(name);
    }

    static Set<String> described(List<JsonNode> entries, String kind) {
        return entries.stream()
                .filter(entry -> entry.get("type").textValue().equals(kind))
                .map(SignaturesTest::described)
                .collect(Collectors.toSet());
    }

    /** The contract's own words: signature, then what a caller or a reader of logs relies on. */
    private static String described(JsonNode entry) {
        String signature = entry.get("name").textValue() + tuple(entry.get("inputs"));
        String hash = Numeric.toHexString(Hash.sha3(signature.getBytes(StandardCharsets.US_ASCII)));
        return switch (entry.get("type").textValue()) {
            case "function" -> signature + " " + hash.substring(0, 10) + " " + tuple(entry.get("outputs"));
            case "event" -> signature + " " + hash + " " + indexed(entry.get("inputs"));
            default -> signature;
        };
    }

    static String described(ContractFunction function) {
        return function.signature() + " " + function.selector() + " " + function.outputs();
    }

    static String described(ContractEvent event) {
        return event.signature() + " " + event.topic() + " " + event.indexed();
    }

    private static List<Boolean> indexed(JsonNode inputs) {
        List<Boolean> indexed = new ArrayList<>();
        inputs.forEach(input -> indexed.add(input.get("indexed").booleanValue()));
        return indexed;
    }

    private static String tuple(JsonNode parameters) {
        return StreamSupport.stream(parameters.spliterator(), false)
                .map(SignaturesTest::canonical)
                .collect(Collectors.joining(",", "(", ")"));
    }

    private static String canonical(JsonNode parameter) {
        String type = parameter.get("type").textValue();
        return type.startsWith("tuple") ? tuple(parameter.get("components")) + type.substring("tuple".length()) : type;
    }

    static <T> List<T> constants(Class<?> holder, Class<T> kind) {
        return Arrays.stream(holder.getFields())
                .filter(field -> Modifier.isStatic(field.getModifiers()) && field.getType() == kind)
                .map(field -> kind.cast(value(field)))
                .toList();
    }

    private static Object value(Field field) {
        try {
            return field.get(null);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field.toString(), e);
        }
    }
}
