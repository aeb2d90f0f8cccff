package plimsoll.chain.pool;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import plimsoll.chain.call.Chain;
import plimsoll.chain.call.LogQuery;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Some nodes of one simulated chain and a pool over them. */
final class PoolTrial implements AutoCloseable {

    static final ChainId CHAIN = new ChainId(31337);
    static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));

    /** What it emits under {@link #TOPIC} is what {@link #LOGS} asks for. */
    static final Address ACCOUNT = Address.parse("0x00000000000000000000000000000000000000aa");

    static final String TOPIC = "0x" + "ab".repeat(32);
    static final LogQuery LOGS = LogQuery.of(List.of(ACCOUNT));

    final ManualClock clock = ManualClock.atNoon();
    final Recorder events = new Recorder();
    final List<SimulatedNode> chains = new ArrayList<>();
    final List<PoolNode> nodes = new ArrayList<>();
    final EndpointPool pool;
    final Chain chain;

    private PoolTrial(int count, UnaryOperator<PoolSettings> change, UnaryOperator<EndpointSettings> limits) {
        List<EndpointSettings> endpoints = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String name = String.valueOf((char) ('a' + i));
            chains.add(new SimulatedNode(CHAIN.value()));
            nodes.add(new PoolNode(name, chains.get(i)));
            endpoints.add(limits.apply(EndpointSettings.of(name, "http://" + name + ".example")));
        }
        PoolSettings settings = change.apply(PoolSettings.of(CHAIN, endpoints).withPatience(Duration.ofSeconds(20)));
        pool = EndpointPool.over(settings, endpoint -> nodes.get(endpoint.name().charAt(0) - 'a'), events, clock);
        chain = new Chain(pool);
    }

    static PoolTrial of(int count) {
        return of(count, settings -> settings);
    }

    static PoolTrial of(int count, UnaryOperator<PoolSettings> change) {
        return new PoolTrial(count, change, limits -> limits);
    }

    static PoolTrial limited(int count, UnaryOperator<EndpointSettings> limits) {
        return new PoolTrial(count, settings -> settings, limits);
    }

    /** An answer that is a text, as most of them are. */
    static JsonNode text(String text) {
        return JsonNodeFactory.instance.stringNode(text);
    }

    /** A signed transfer that every node gets and the next block holds. */
    TxHash transact(long nonce) {
        SignedTransaction signed = sign(nonce);
        onAll(node -> node.call("eth_sendRawTransaction", signed.bytes()));
        return signed.hash();
    }

    static SignedTransaction sign(long nonce) {
        return SIGNER.sign(new UnsignedTransaction(
                CHAIN,
                new Nonce(nonce),
                GasPrice.parse("1"),
                GasPrice.parse("100"),
                new Gas(21_000),
                SIGNER.address(),
                Wei.ZERO,
                "0x"));
    }

    PoolNode node(int index) {
        return nodes.get(index);
    }

    /** The same happens on every node, so that all know the same blocks. */
    void onAll(Consumer<SimulatedNode> deed) {
        chains.forEach(deed);
    }

    void mine(int blocks) {
        onAll(node -> node.mine(blocks));
    }

    EndpointState state(int index) {
        return pool.endpoints().get(index).state();
    }

    /** Waits until every audit is done. */
    void audited() {
        await(pool::isAudited);
    }

    /** Nobody was called a liar, and nothing was held up. */
    void assertPeace() {
        audited();
        assertThat(events.lines("lied")).isEmpty();
        assertThat(events.lines("blocked")).isEmpty();
    }

    static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > end) {
                throw new AssertionError("condition was not met within 10 s");
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
