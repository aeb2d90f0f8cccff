package plimsoll.chain.call;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.chain.rpc.SocketClient;
import plimsoll.chain.rpc.SocketSettings;
import plimsoll.chain.rpc.Subscription;
import plimsoll.chain.rpc.SubscriptionListener;
import plimsoll.units.TxHash;
import tools.jackson.databind.JsonNode;

/**
 * What enters the pools of nodes: told over their WebSockets as it comes, or, while none of these stands, asked for. Nobody hears of
 * every transaction, and of some twice.
 */
public final class PoolNews implements AutoCloseable {

    private final JsonRpc rpc;
    private final Consumer<PendingTransaction> listener;
    private final List<SocketClient> sockets = new ArrayList<>();
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicBoolean behind = new AtomicBoolean();

    /** @param listener told on threads of ours */
    public PoolNews(JsonRpc rpc, Consumer<PendingTransaction> listener) {
        this.rpc = rpc;
        this.listener = listener;
    }

    /** Listens at these WebSockets, too. */
    public synchronized void listen(List<RpcSettings> webSockets) {
        for (RpcSettings settings : webSockets) {
            SocketClient socket = new SocketClient(SocketSettings.of(settings), new SplittableRandom());
            sockets.add(socket);
            socket.subscribe(new Subscription("newPendingTransactions", List.of(true)), new Ear(socket));
        }
    }

    /** Asks for the block that the node would make now; does nothing while a WebSocket tells by itself and has told everything. */
    public void poll() {
        if (heard.get() == 0 || behind.getAndSet(false)) {
            for (JsonNode transaction :
                    rpc.call("eth_getBlockByNumber", "pending", true).path("transactions")) {
                PendingTransaction.read(transaction).ifPresent(listener);
            }
        }
    }

    /** The signed bytes of a transaction that waits, where the node hands them out and they are that transaction's. */
    public Optional<String> bytes(TxHash hash) {
        try {
            JsonNode bytes = rpc.call("eth_getRawTransactionByHash", hash.hex());
            return Optional.of(bytes.asString(""))
                    .filter(text -> text.matches("0x([0-9a-fA-F]{2})+"))
                    .filter(text -> Numeric.toHexString(Hash.sha3(Numeric.hexStringToByteArray(text)))
                            .equals(hash.hex()));
        } catch (RpcException e) {
            return Optional.empty();
        }
    }

    private final class Ear implements SubscriptionListener {

        private final JsonRpc node;
        private boolean stands;

        Ear(JsonRpc node) {
            this.node = node;
        }

        @Override
        public void connected() {
            if (!stands) {
                stands = true;
                behind.set(true); // what came before this is not told
                heard.incrementAndGet();
            }
        }

        /** Nodes that tell only hashes, or leave out the sender, are asked for the rest. */
        @Override
        public void notified(JsonNode notification) {
            try {
                JsonNode transaction = notification.hasNonNull("from")
                        ? notification
                        : node.call(
                                "eth_getTransactionByHash",
                                notification.path("hash").asString(notification.asString("")));
                PendingTransaction.read(transaction).ifPresent(listener);
            } catch (RpcException e) {
                // One transaction less is heard of; its block tells of it all the same.
            }
        }

        @Override
        public void lost(RpcException reason) {
            if (stands) {
                stands = false;
                heard.decrementAndGet();
            }
        }
    }

    @Override
    public synchronized void close() {
        sockets.forEach(SocketClient::close);
    }
}
