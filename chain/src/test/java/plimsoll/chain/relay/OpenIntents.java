package plimsoll.chain.relay;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcAnswer;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.chain.testing.ManualClock;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.testing.SilentLaneEvents;
import plimsoll.chain.testing.SimulatedNode;
import plimsoll.chain.tx.Lane;
import plimsoll.chain.tx.LaneSender;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.chain.tx.TransactionIntent;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.StringNode;

/** Real intents of a real lane whose node says yes to their bytes and shows them to nobody. */
final class OpenIntents {

    static final ChainId CHAIN = new ChainId(31337);
    static final Signer SIGNER = Signer.fromPrivateKey("46".repeat(32));
    static final Lane LANE = new Lane(CHAIN, SIGNER.address());

    private final MemoryIntentStore store;
    private final ManualClock clock;
    private final LaneSender sender;

    OpenIntents(SimulatedNode node, ManualClock clock) {
        this.clock = clock;
        this.store = new MemoryIntentStore(clock);
        this.sender = LaneSender.open(
                        new Chain(deaf(node)),
                        SIGNER,
                        store,
                        LaneSettings.of(CHAIN, "test").withBumpAfter(Duration.ofSeconds(5)),
                        clock,
                        new SilentLaneEvents())
                .orElseThrow();
    }

    List<StoredIntent> make(int count) {
        int from = store.on(LANE).size();
        for (int i = from; i < from + count; i++) {
            sender.submit(intent("intent" + i));
        }
        sender.advance();
        return store.on(LANE);
    }

    List<StoredIntent> makeWithDeadline(Instant deadline) {
        sender.submit(intent("urgent").withDeadline(deadline));
        sender.advance();
        return store.on(LANE);
    }

    private static TransactionIntent intent(String reason) {
        return new TransactionIntent(
                reason,
                Address.parse("0x00000000000000000000000000000000000000aa"),
                "0x01",
                Wei.ZERO,
                new Gas(100_000),
                GasPrice.parse("500"));
    }

    /** The same intents after a time in which no block took them: each has an attempt more. */
    List<StoredIntent> raise() {
        clock.advance(Duration.ofSeconds(6));
        sender.advance();
        return store.on(LANE);
    }

    private static JsonRpc deaf(SimulatedNode node) {
        return new JsonRpc() {
            @Override
            public JsonNode call(RpcRequest request) {
                return request.method().equals("eth_sendRawTransaction")
                        ? StringNode.valueOf("0x")
                        : node.call(request);
            }

            @Override
            public List<RpcAnswer> callAll(List<RpcRequest> requests) {
                List<RpcAnswer> answers = new ArrayList<>();
                requests.forEach(request -> answers.add(new RpcAnswer.Result(call(request))));
                return answers;
            }

            @Override
            public String endpoint() {
                return "deaf " + node.endpoint();
            }
        };
    }
}
