package plimsoll.chain.fuzz;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import plimsoll.abi.AToken;
import plimsoll.abi.AaveOracle;
import plimsoll.abi.AavePool;
import plimsoll.abi.AbiValues;
import plimsoll.abi.Aggregator;
import plimsoll.abi.ContractEvent;
import plimsoll.abi.ContractFunction;
import plimsoll.abi.Erc20;
import plimsoll.abi.Governor;
import plimsoll.abi.Multicall3;
import plimsoll.abi.PoolConfigurator;
import plimsoll.abi.RevertReason;
import plimsoll.abi.Timelock;
import plimsoll.abi.UniswapV3;
import plimsoll.units.Address;

/** Spoiled payloads of contracts end as a refusal or as what they truly say, soon and in little memory. */
class AbiFuzzTest {

    private static final long SEED = 20_261_122;
    private static final int SELECTOR = 10;

    private static final List<Class<?>> CONTRACTS = List.of(
            AavePool.class,
            AaveOracle.class,
            AToken.class,
            Aggregator.class,
            Erc20.class,
            Governor.class,
            Multicall3.class,
            PoolConfigurator.class,
            Timelock.class,
            UniswapV3.class);

    private final List<ContractFunction> functions = all(ContractFunction.class);
    private final List<ContractEvent> events = all(ContractEvent.class);
    private final AtomicLong right = new AtomicLong();
    private final AtomicLong refused = new AtomicLong();

    @Test
    void survivesTenThousandSpoiledPayloads() throws InterruptedException {
        run(10_000);
    }

    @Test
    @Tag("long")
    void survivesSixHundredThousandSpoiledPayloads() throws InterruptedException {
        run(600_000);
    }

    private void run(long count) throws InterruptedException {
        assertThat(functions).hasSizeGreaterThan(60);
        assertThat(events).hasSizeGreaterThan(15);

        Fuzz.run(SEED, count, random -> switch (random.nextInt(4)) {
            case 0 -> call(random);
            case 1 -> event(random);
            case 2 -> reason(random);
            default -> answer(random);
        });

        assertThat(right.get()).isGreaterThan(count / 20);
        assertThat(refused.get()).isGreaterThan(count / 20);
    }

    private Fuzz.Input answer(SplittableRandom random) {
        ContractFunction function = functions.get(random.nextInt(functions.size()));
        String payload = spoiled(encoded(function.outputs(), random), random);
        judge(function.outputs(), payload, () -> function.decode(payload));
        return new Fuzz.Input(function.signature() + " answered", payload.getBytes(StandardCharsets.UTF_8));
    }

    private Fuzz.Input call(SplittableRandom random) {
        ContractFunction function = functions.get(random.nextInt(functions.size()));
        String inputs = function.signature().substring(function.signature().indexOf('('));
        String payload = spoiled(encoded(inputs, random), random);
        String data = random.nextInt(10) == 0
                ? payload
                : function.selector() + payload.substring(Math.min(2, payload.length()));
        judge(inputs, payload, () -> function.decodeCall(data));
        return new Fuzz.Input(function.signature() + " called", data.getBytes(StandardCharsets.UTF_8));
    }

    private Fuzz.Input event(SplittableRandom random) {
        ContractEvent event = events.get(random.nextInt(events.size()));
        List<String> types =
                PlainAbi.elements(event.signature().substring(event.signature().indexOf('(')));
        List<String> topics = new ArrayList<>(List.of(event.topic()));
        List<String> inData = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            String type = types.get(i);
            if (event.indexed().get(i)) {
                boolean isWord = !PlainAbi.isDynamic(type) && !PlainAbi.isList(type);
                topics.add(encoded("(" + (isWord ? type : "bytes32") + ")", random));
            } else {
                inData.add(type);
            }
        }
        String tuple = "(" + String.join(",", inData) + ")";
        String data = random.nextBoolean() ? encoded(tuple, random) : spoiled(encoded(tuple, random), random);
        if (random.nextBoolean()) {
            int place = random.nextInt(topics.size());
            topics.set(place, spoiled(topics.get(place), random));
        }
        try {
            AbiValues values = event.decode(topics, data);
            List<Object> plain = PlainAbi.read(tuple, bytes(data));
            for (int i = 0, next = 0; i < types.size(); i++) {
                if (!event.indexed().get(i)) {
                    assertThat(plain(values.get(i))).as(data).isEqualTo(plain.get(next++));
                }
            }
            right.incrementAndGet();
        } catch (IllegalArgumentException e) {
            refused.incrementAndGet();
        }
        return new Fuzz.Input(event.signature(), (topics + data).getBytes(StandardCharsets.UTF_8));
    }

    /** A reason is anybody's text and never an exception. */
    private Fuzz.Input reason(SplittableRandom random) {
        String whole = switch (random.nextInt(3)) {
            case 0 -> "0x08c379a0" + encoded("(string)", random).substring(2);
            case 1 -> "0x4e487b71" + encoded("(uint256)", random).substring(2);
            default -> {
                ContractFunction error = ContractFunction.of(
                        "ERC20InsufficientBalance(address sender, uint256 balance, uint256 needed)");
                yield error.selector()
                        + encoded("(address,uint256,uint256)", random).substring(2);
            }
        };
        String data = random.nextInt(4) == 0
                ? new String(Mutation.of(whole.getBytes(StandardCharsets.UTF_8), random), StandardCharsets.UTF_8)
                : spoiled(whole, random);
        assertThat(RevertReason.decode(data).describe()).isNotNull();
        right.incrementAndGet();
        return new Fuzz.Input("reason", data.getBytes(StandardCharsets.UTF_8));
    }

    private void judge(String types, String payload, Supplier<AbiValues> decoding) {
        AbiValues values;
        try {
            values = decoding.get();
        } catch (IllegalArgumentException e) {
            refused.incrementAndGet();
            return;
        } catch (RuntimeException | StackOverflowError e) {
            throw new AssertionError("Untyped failure: types=" + types + " payload=" + payload, e);
        }
        right.incrementAndGet();
        List<Object> plain = PlainAbi.read(types, bytes(payload));
        if (!plain(values).equals(plain)) {
            fail(
                    "Another value than the bytes give: types=%s found=%s plain=%s payload=%s",
                    types, values, plain, payload);
        }
    }

    private static Object plain(Object value) {
        return switch (value) {
            case AbiValues values -> values.stream().map(AbiFuzzTest::plain).toList();
            case Address address -> new BigInteger(address.hex().substring(2), 16);
            default -> value;
        };
    }

    /** Arguments and results are written alike, so a function made up for the purpose writes both. */
    private static String encoded(String tuple, SplittableRandom random) {
        List<Object> values = PlainAbi.elements(tuple).stream()
                .map(type -> PlainAbi.value(type, random))
                .toList();
        return "0x" + ContractFunction.of("f" + tuple).encode(values.toArray()).substring(SELECTOR);
    }

    private static String spoiled(String hex, SplittableRandom random) {
        byte[] payload = bytes(hex);
        return "0x"
                + HexFormat.of()
                        .formatHex(
                                switch (random.nextInt(6)) {
                                    case 0 -> payload;
                                    case 1 -> wordReplaced(payload, random);
                                    case 2 -> wordReplaced(wordReplaced(payload, random), random);
                                    default -> Mutation.of(payload, random);
                                });
    }

    /** Offsets, counts and lengths that point at odd places. */
    private static byte[] wordReplaced(byte[] payload, SplittableRandom random) {
        if (payload.length < 32) {
            return payload;
        }
        BigInteger word = switch (random.nextInt(6)) {
            case 0 -> BigInteger.valueOf(32L * random.nextInt(1 + payload.length / 32));
            case 1 -> BigInteger.valueOf(random.nextInt(payload.length + 64));
            case 2 -> BigInteger.ONE.shiftLeft(random.nextInt(256));
            case 3 -> BigInteger.valueOf(Integer.MAX_VALUE - random.nextInt(64));
            case 4 -> BigInteger.ONE.shiftLeft(256).subtract(BigInteger.valueOf(1 + random.nextInt(64)));
            default -> BigInteger.ZERO;
        };
        byte[] changed = payload.clone();
        byte[] bytes = HexFormat.of().parseHex("%064x".formatted(word));
        System.arraycopy(bytes, 0, changed, 32 * random.nextInt(payload.length / 32), 32);
        return changed;
    }

    private static byte[] bytes(String hex) {
        return HexFormat.of().parseHex(hex.substring(2));
    }

    private static <T> List<T> all(Class<T> kind) {
        List<T> found = new ArrayList<>();
        for (Class<?> contract : CONTRACTS) {
            for (Field field : contract.getFields()) {
                if (Modifier.isStatic(field.getModifiers()) && field.getType() == kind) {
                    try {
                        found.add(kind.cast(field.get(null)));
                    } catch (IllegalAccessException e) {
                        throw new AssertionError(e);
                    }
                }
            }
        }
        return found;
    }
}
