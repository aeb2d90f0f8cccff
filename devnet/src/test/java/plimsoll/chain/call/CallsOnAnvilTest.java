package plimsoll.chain.call;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.abi.RevertReason;
import plimsoll.chain.call.CallSettings.Way;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import plimsoll.devnet.artefact.Artefacts;
import plimsoll.units.Address;
import plimsoll.units.Gas;
import plimsoll.units.Wei;

/** Calls of a real node: the same results by batch and by Multicall3, pretended state, simulated sequences. */
class CallsOnAnvilTest {

    private static final Address SENDER = Address.parse("0x00000000000000000000000000000000000000dd");
    private static final Address NOBODY = Address.parse("0x0000000000000000000000000000000000000e0e");
    private static final Address ECHO = Address.parse("0x00000000000000000000000000000000000000e1");
    private static final Address REVERT = Address.parse("0x00000000000000000000000000000000000000e2");
    private static final Address TRAP = Address.parse("0x00000000000000000000000000000000000000e3");
    private static final Address BURNER = Address.parse("0x00000000000000000000000000000000000000e4");
    private static final Address COUNTER = Address.parse("0x00000000000000000000000000000000000000e5");
    private static final Address CALLER = Address.parse("0x00000000000000000000000000000000000000e6");
    private static final Address LOGGER = Address.parse("0x00000000000000000000000000000000000000e7");
    private static final String TOPIC = "0x" + "ab".repeat(32);

    /** Each is a few instructions: copy the call data to memory, then return it, revert with it or log it. */
    private static final Map<Address, String> CONTRACTS = Map.of(
            ECHO, "0x365f5f37365ff3",
            REVERT, "0x365f5f37365ffd",
            TRAP, "0xfe", // INVALID takes all gas
            BURNER,
                    "0x5f5f5f5f5f73" + TRAP.hex().substring(2)
                            + "5af15f5260205ff3", // calls TRAP, returns whether it liked it
            COUNTER, "0x5f546001018" + "05f555f5260205ff3", // SLOAD(0) + 1, stored and returned
            CALLER, "0x335f5260205ff3",
            LOGGER, "0x365f5f377f" + TOPIC.substring(2) + "365fa100");

    private static final String ERROR_TEXT =
            "0x08c379a0" + "0".repeat(62) + "20" + "0".repeat(63) + "7" + "72656675736564" + "0".repeat(50);
    private static final String PANIC = "0x4e487b71" + "0".repeat(62) + "11";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    @SuppressWarnings("NullAway.Init")
    private static LocalNode process;

    @SuppressWarnings("NullAway.Init")
    private static RpcClient rpc;

    @SuppressWarnings("NullAway.Init")
    private static Address multicall;

    @SuppressWarnings("NullAway.Init")
    private static Chain chain;

    @BeforeAll
    static void start() {
        Artefacts artefacts = Artefacts.prepare(sentence -> {});
        process = LocalNode.start(new LocalNodeSettings(
                artefacts.anvil(), 0, folder.resolve("anvil.log"), List.of("--auto-impersonate")));
        rpc = RpcClient.to(process.rpcUrl());
        CONTRACTS.forEach((address, code) -> rpc.call("anvil_setCode", address.hex(), code));
        rpc.call("anvil_setBalance", SENDER.hex(), "0x56bc75e2d63100000");
        String tx = rpc.call(
                        "eth_sendTransactionSync",
                        Map.of(
                                "from",
                                SENDER.hex(),
                                "data",
                                artefacts.contract("Multicall3").bytecode()))
                .get("contractAddress")
                .stringValue();
        multicall = new Address(tx);
        chain = new Chain(rpc);
    }

    @AfterAll
    static void stop() {
        rpc.close();
        process.close();
    }

    @Test
    void answersTheSameByBatchAndByMulticall() {
        compare(40);
    }

    @Test
    @Tag("long")
    void answersTheSameByBatchAndByMulticallInAThousandSets() {
        compare(1_000);
    }

    private static void compare(int sets) {
        BlockAt at = chain.head().at();
        int reverted = 0;
        int burnt = 0;
        Chain measured = new Chain(rpc, CallSettings.withMulticall(multicall));
        for (int seed = 0; seed < sets; seed++) {
            SplittableRandom random = new SplittableRandom(seed);
            List<Call> calls = new ArrayList<>();
            for (int i = random.nextInt(120); i >= 0; i--) {
                calls.add(randomCall(random));
            }
            CallSettings limits = CallSettings.withMulticall(multicall)
                    .withLimits(1 + random.nextInt(60), 200 + random.nextInt(4_000));

            List<CallResult> batch = new Chain(rpc, limits.withWay(Way.BATCH)).callAll(calls, at);
            List<CallResult> joined = new Chain(rpc, limits.withWay(Way.MULTICALL)).callAll(calls, at);

            assertThat(joined).as("seed %d", seed).isEqualTo(batch);
            assertThat(measured.callAll(calls, at)).as("seed %d", seed).isEqualTo(batch);
            reverted += (int)
                    batch.stream().filter(CallResult.Reverted.class::isInstance).count();
            burnt += (int)
                    calls.stream().filter(call -> call.to().equals(BURNER)).count();
        }
        assertThat(reverted).isGreaterThan(sets);
        assertThat(burnt).isPositive();
    }

    private static Call randomCall(SplittableRandom random) {
        String word = "%064x".formatted(random.nextLong() & Long.MAX_VALUE);
        return switch (random.nextInt(24)) {
            case 0 -> Call.of(REVERT, ERROR_TEXT);
            case 1 -> Call.of(REVERT, PANIC);
            case 2 -> Call.of(REVERT, "0x" + word);
            case 3 -> Call.of(NOBODY, "0x" + word);
            case 4 -> Call.of(CALLER, "0x").from(SENDER);
            case 5 -> Call.of(ECHO, "0x" + word).withGas(new Gas(100_000));
            case 6 -> Call.of(ECHO, "0x1234").from(SENDER).withValue(Wei.ofRaw(5));
            case 7 -> random.nextInt(8) == 0 ? Call.of(BURNER, "0x") : Call.of(ECHO, "0x");
            default -> Call.of(ECHO, "0x" + word.repeat(random.nextInt(6)));
        };
    }

    @Test
    void oneCallThatTakesAllGasDoesNotSpoilTheOthers() {
        List<Call> calls =
                new ArrayList<>(List.of(Call.of(BURNER, "0x"), Call.of(BURNER, "0x"), Call.of(BURNER, "0x")));
        for (int i = 0; i < 20; i++) {
            calls.add(Call.of(ECHO, "0x%02x".formatted(i)));
        }

        List<CallResult> results = new Chain(
                        rpc, CallSettings.withMulticall(multicall).withWay(Way.MULTICALL))
                .callAll(calls, BlockTag.LATEST);

        assertThat(results.subList(0, 3)).containsOnly(new CallResult.Returned("0x" + "0".repeat(64)));
        assertThat(results.getLast()).isEqualTo(new CallResult.Returned("0x13"));
    }

    @Test
    void asksByBatchWhereThereIsNoMulticall() {
        List<Call> calls = List.of(Call.of(ECHO, "0x01"), Call.of(ECHO, "0x02"));

        List<CallResult> results = new Chain(
                        rpc, CallSettings.withMulticall(NOBODY).withWay(Way.MULTICALL))
                .callAll(calls, BlockTag.LATEST);

        assertThat(results).containsExactly(new CallResult.Returned("0x01"), new CallResult.Returned("0x02"));
    }

    @Test
    void readsTheReasonOfARevert() {
        List<CallResult> results =
                chain.callAll(List.of(Call.of(REVERT, ERROR_TEXT), Call.of(REVERT, PANIC)), BlockTag.LATEST);

        assertThat(results)
                .extracting(result -> ((CallResult.Reverted) result).reason())
                .containsExactly(new RevertReason.Message("refused"), new RevertReason.Panic(BigInteger.valueOf(0x11)));
    }

    @Test
    void pretendsAnotherState() {
        String slot = "0x" + "0".repeat(64);
        StateOverrides nine = StateOverrides.of(
                COUNTER, AccountOverride.none().withStateDiff(Map.of(slot, "0x" + "0".repeat(63) + "9")));
        StateOverrides code =
                StateOverrides.of(NOBODY, AccountOverride.none().withCode(CONTRACTS.getOrDefault(CALLER, "")));
        StateOverrides rich = StateOverrides.of(NOBODY, AccountOverride.none().withBalance(Wei.parse("1")));

        assertThat(chain.call(Call.of(COUNTER, "0x"), BlockTag.LATEST, nine)).endsWith("0a");
        assertThat(chain.call(Call.of(COUNTER, "0x"), BlockTag.LATEST)).endsWith("01");
        assertThat(chain.callAll(List.of(Call.of(NOBODY, "0x").from(SENDER)), BlockTag.LATEST, code))
                .containsExactly(new CallResult.Returned(
                        "0x" + "0".repeat(24) + SENDER.hex().substring(2)));
        Call gift = Call.of(ECHO, "0x").from(NOBODY).withValue(Wei.parse("0.5"));
        assertThat(chain.estimateGas(gift, BlockTag.LATEST, rich).units()).isGreaterThan(21_000);
        assertThatThrownBy(() -> chain.estimateGas(gift, BlockTag.LATEST)).isInstanceOf(RpcException.class);
    }

    @Test
    void simulatesASequenceInWhichEachCallSeesTheEarlierOnes() {
        rpc.call("anvil_mine", "0x3");
        List<Call> sequence = List.of(
                Call.of(COUNTER, "0x").from(SENDER),
                Call.of(REVERT, ERROR_TEXT).from(SENDER).withGas(new Gas(100_000)),
                Call.of(LOGGER, "0x1234").from(SENDER),
                Call.of(COUNTER, "0x").from(SENDER));

        Simulation simulation = chain.simulate(sequence, chain.head().at(), StateOverrides.none());

        assertThat(simulation).isInstanceOf(Simulation.Simulated.class);
        List<SimulatedCall> calls = ((Simulation.Simulated) simulation).calls();
        assertThat(calls).extracting(SimulatedCall::succeeded).containsExactly(true, false, true, true);
        assertThat(calls.get(0).data()).endsWith("01");
        assertThat(calls.get(3).data()).endsWith("02");
        assertThat(calls.get(1).reason()).contains(new RevertReason.Message("refused"));
        assertThat(calls.get(2).logs()).singleElement().satisfies(log -> {
            assertThat(log.address()).isEqualTo(LOGGER);
            assertThat(log.topics()).containsExactly(TOPIC);
            assertThat(log.data()).isEqualTo("0x1234");
        });
        assertThat(calls).allMatch(call -> call.gasUsed().units() > 21_000);
        assertThat(chain.call(COUNTER, "0x", BlockTag.LATEST)).endsWith("01");
    }

    @Test
    void simulatesOnPretendedState() {
        StateOverrides nine = StateOverrides.of(
                COUNTER, AccountOverride.none().withState(Map.of("0x" + "0".repeat(64), "0x" + "0".repeat(63) + "9")));

        Simulation simulation = chain.simulate(List.of(Call.of(COUNTER, "0x")), BlockTag.LATEST, nine);

        assertThat(((Simulation.Simulated) simulation).calls().getFirst().data())
                .endsWith("0a");
    }
}
