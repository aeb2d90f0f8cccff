package plimsoll.chain.tx;

import java.util.List;
import java.util.Locale;
import plimsoll.chain.rpc.RpcException;

/** What a node's answer to eth_sendRawTransaction means for the lane. Nodes agree on no codes here, only roughly on words. */
enum SendAnswer {
    /** The node has the transaction. */
    ACCEPTED,
    /** The account has used this nonce: one of our attempts is mined, or a stranger's transaction. */
    NONCE_USED,
    /** Another transaction with this nonce waits and pays nearly as much: raise both fees. */
    REPLACEMENT_UNDERPRICED,
    /** Below what the node or the block asks: quote again. */
    UNDERPRICED,
    /** Cannot be paid now. */
    NO_FUNDS,
    /** Nothing is known about it: the same bytes again later. */
    LATER,
    /** The node will never take these bytes. */
    HOPELESS,
    /** Refused for a reason that we do not know. */
    UNKNOWN;

    private static final List<String> KNOWN_TX =
            List.of("already known", "known transaction", "already imported", "already in", "already exists");
    private static final List<String> USED =
            List.of("nonce too low", "nonce is too low", "nonce has already been used", "old nonce");
    private static final List<String> LATER_WORDS = List.of(
            "nonce too high", "correct nonce", "txpool is full", "pool is full", "already reserved", "pool limit");
    private static final List<String> FEE = List.of(
            "underpriced", "base fee", "basefee", "fee cap less", "fee too low", "gas price too low", "price too low");
    private static final List<String> FUNDS = List.of("insufficient funds", "enough funds", "insufficient balance");
    private static final List<String> NEVER = List.of(
            "intrinsic gas",
            "exceeds block gas limit",
            "exceeds the block gas limit",
            "block gas limit",
            "oversized data",
            "initcode",
            "gas limit is too",
            "gas limit too high",
            "exceeds maximum per-transaction gas",
            "floor data gas");

    static SendAnswer of(RpcException refusal) {
        String words = String.valueOf(refusal.getMessage()).toLowerCase(Locale.ROOT);
        if (holds(words, KNOWN_TX)) {
            return ACCEPTED;
        }
        if (holds(words, USED)) {
            return NONCE_USED;
        }
        if (holds(words, LATER_WORDS) || refusal.kind() != RpcException.Kind.REJECTED) {
            return LATER;
        }
        if (words.contains("replacement")) {
            return REPLACEMENT_UNDERPRICED;
        }
        if (holds(words, FEE)) {
            return UNDERPRICED;
        }
        if (holds(words, FUNDS)) {
            return NO_FUNDS;
        }
        return holds(words, NEVER) ? HOPELESS : UNKNOWN;
    }

    private static boolean holds(String words, List<String> any) {
        return any.stream().anyMatch(words::contains);
    }
}
