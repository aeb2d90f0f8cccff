package plimsoll.devnet;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.chain.rpc.RpcRequest;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** Fills a local chain with logs of a token's shape, many blocks of a hundred, for whoever wants to read them. */
public final class LogSource {

    /** In each block that has any. */
    public static final int LOGS_A_BLOCK = 100;

    public static final Address EMITTER = Address.parse("0x00000000000000000000000000000000000e4178");
    public static final String TOPIC = "0x" + "7b".repeat(32);

    /** Room for one emission and not for two, so that mining many blocks spreads them; twice its use, or the base fee climbs. */
    private static final String ONE_EMISSION_A_BLOCK = "500000";

    private static final Address SENDER = Address.parse("0x000000000000000000000000000000000005e4df");
    private static final int EMISSIONS_AT_ONCE = 100;
    private static final int MOST_TRIES = 100;

    /**
     * Emits as many logs as its argument says, each with three topics and one word:
     * n = CALLDATALOAD(0); while (n != 0) { MSTORE(0, n); LOG3(0, 32, topic, n, n); n = n - 1 }.
     */
    private static final String CODE =
            "0x5f355b801560395780" + "5f528080" + "7f" + TOPIC.substring(2) + "60205fa3600190036002565b00";

    private LogSource() {}

    /** A node that {@link #fill} can work on. */
    public static LocalNode start(LocalNodeSettings settings) {
        List<String> options = new ArrayList<>(settings.options());
        // Without states of the past, whose number slows the mining down.
        options.addAll(List.of(
                "--no-mining",
                "--auto-impersonate",
                "--hardfork",
                "cancun",
                "--prune-history",
                "--gas-limit",
                ONE_EMISSION_A_BLOCK));
        return LocalNode.start(new LocalNodeSettings(settings.binary(), settings.port(), settings.output(), options));
    }

    /** Emits so many logs, a multiple of what a block holds; answers the block of the last. */
    public static BlockNumber fill(JsonRpc node, int logs) {
        if (logs % LOGS_A_BLOCK != 0) {
            throw new IllegalArgumentException(
                    "Logs do not fill whole blocks: found=" + logs + " ablock=" + LOGS_A_BLOCK);
        }
        node.call("anvil_setCode", EMITTER.hex(), CODE);
        node.call("anvil_setBalance", SENDER.hex(), "0x56bc75e2d63100000");
        Chain chain = new Chain(node);
        long first = chain.transactionCount(SENDER, BlockTag.LATEST).value();
        long emissions = first + logs / LOGS_A_BLOCK;
        for (long nonce = first; nonce < emissions; ) {
            List<RpcRequest> batch = new ArrayList<>();
            for (; batch.size() < EMISSIONS_AT_ONCE && nonce < emissions; nonce++) {
                batch.add(RpcRequest.of("eth_sendTransaction", emission(nonce)));
            }
            node.callAll(batch).forEach(answer -> answer.orThrow());
            mineUntil(nonce, node, chain);
        }
        return chain.head().number();
    }

    /** Some blocks stay empty: the node's pool is a moment behind what it has accepted. */
    private static void mineUntil(long nonce, JsonRpc node, Chain chain) {
        for (int tries = 0; tries < MOST_TRIES; tries++) {
            long missing =
                    nonce - chain.transactionCount(SENDER, BlockTag.LATEST).value();
            if (missing <= 0) {
                return;
            }
            node.call("anvil_mine", Node.quantity(missing));
        }
        throw new IllegalStateException("The node does not take all emissions into blocks: expected=" + nonce);
    }

    private static Map<String, Object> emission(long nonce) {
        return Map.of(
                "from", SENDER.hex(),
                "to", EMITTER.hex(),
                "data", "0x%064x".formatted(LOGS_A_BLOCK),
                "gas", "0x493e0",
                "gasPrice", "0x77359400",
                "nonce", Node.quantity(nonce));
    }
}
