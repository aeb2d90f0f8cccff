package plimsoll.chain.rpc;

import java.util.List;
import java.util.Map;

/** What a node shall tell by itself: the parameters of {@code eth_subscribe}. */
public record Subscription(String name, List<Object> params) {

    public Subscription {
        params = List.copyOf(params);
    }

    /** Every new head of the chain, as a block header in JSON; several for one number where the chain reorganises. */
    public static Subscription newHeads() {
        return new Subscription("newHeads", List.of());
    }

    /** The logs of new blocks, one a notification; {@code removed} is true where a reorg took a log back. */
    public static Subscription logs(Map<String, ?> filter) {
        return new Subscription("logs", List.of(Map.copyOf(filter)));
    }

    /** The hashes of transactions that enter the node's pool, as text. */
    public static Subscription pendingTransactions() {
        return new Subscription("newPendingTransactions", List.of());
    }

    RpcRequest request() {
        Object[] all = new Object[1 + params.size()];
        all[0] = name;
        for (int i = 0; i < params.size(); i++) {
            all[i + 1] = params.get(i);
        }
        return RpcRequest.of("eth_subscribe", all);
    }
}
