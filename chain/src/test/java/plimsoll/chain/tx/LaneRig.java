package plimsoll.chain.tx;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BiFunction;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.testing.OneByOne;
import plimsoll.chain.testing.PooledTransaction;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;

/** A simulated node, a clock, a store, and a lane on them whose events are remembered by name. */
final class LaneRig {

    static final ChainId CHAIN = new ChainId(31337);
    static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));
    static final Lane LANE = new Lane(CHAIN, SIGNER.address());
    static final Address TARGET = Address.parse("0x00000000000000000000000000000000000000aa");

    final SimulatedNode node = new SimulatedNode(CHAIN.value());
    final ManualClock clock = ManualClock.atNoon();
    final MemoryIntentStore store = new MemoryIntentStore(clock);
    final List<String> told = new ArrayList<>();
    LaneSettings settings = LaneSettings.of(CHAIN, "test").withBumpAfter(Duration.ofSeconds(5));

    private final LaneEvents events = (LaneEvents) Proxy.newProxyInstance(
            LaneRig.class.getClassLoader(), new Class<?>[] {LaneEvents.class}, (_, method, _) -> {
                if (!method.getName().equals("hashCode")) {
                    told.add(method.getName());
                }
                return null;
            });

    LaneSender open() {
        return open(node);
    }

    LaneSender open(JsonRpc rpc) {
        return LaneSender.open(new Chain(rpc), SIGNER, store, settings, clock, events)
                .orElseThrow();
    }

    LaneSender open(Broadcast broadcast) {
        return LaneSender.open(new Chain(node), SIGNER, store, settings, clock, events, broadcast)
                .orElseThrow();
    }

    LaneSender open(IntentStore other) {
        return LaneSender.open(new Chain(node), SIGNER, other, settings, clock, new SilentLaneEvents())
                .orElseThrow();
    }

    void baseFee(long gwei) {
        node.setBaseFee(BigInteger.valueOf(gwei).multiply(BigInteger.valueOf(1_000_000_000)));
        clock.advance(Duration.ofSeconds(4)); // what was quoted before is old now
    }

    void later(long seconds) {
        clock.advance(Duration.ofSeconds(seconds));
    }

    /** Each intent's own data, so that what was mined tells whose it is. */
    static TransactionIntent intent(String reason, String capInGwei) {
        return new TransactionIntent(
                reason, TARGET, data(reason), Wei.ZERO, new Gas(100_000), GasPrice.parse(capInGwei));
    }

    static String data(String reason) {
        return "0x" + new BigInteger(1, reason.getBytes(java.nio.charset.StandardCharsets.UTF_8)).toString(16);
    }

    List<String> minedData() {
        return node.mined().stream().map(PooledTransaction::data).toList();
    }

    List<Long> minedNonces() {
        return node.mined().stream().map(PooledTransaction::nonce).toList();
    }

    void stranger(long nonce) {
        node.call(
                "eth_sendRawTransaction",
                SIGNER.sign(new UnsignedTransaction(
                                CHAIN,
                                new Nonce(nonce),
                                GasPrice.parse("1"),
                                GasPrice.parse("3"),
                                new Gas(21_000),
                                TARGET,
                                Wei.ZERO,
                                "0xff"))
                        .bytes());
    }

    /** The node, with each answer passed through {@code change}. */
    static JsonRpc changed(JsonRpc node, BiFunction<RpcRequest, JsonNode, JsonNode> change) {
        return new OneByOne() {
            @Override
            public JsonNode call(RpcRequest request) {
                return change.apply(request, node.call(request));
            }

            @Override
            public String endpoint() {
                return node.endpoint();
            }
        };
    }

    /** The store, whose first call of this method is done and then said to have failed. */
    IntentStore losingItsFirstAnswerTo(String name, AtomicBoolean struck) {
        return (IntentStore) Proxy.newProxyInstance(
                LaneRig.class.getClassLoader(), new Class<?>[] {IntentStore.class}, (_, method, arguments) -> {
                    try {
                        Object result = method.invoke(store, arguments);
                        if (method.getName().equals(name) && struck.compareAndSet(false, true)) {
                            throw new IllegalStateException("Connection broke after the commit");
                        }
                        return result;
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
    }
}
