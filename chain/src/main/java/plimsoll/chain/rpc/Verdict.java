package plimsoll.chain.rpc;

import java.util.List;
import java.util.Locale;
import plimsoll.chain.rpc.RpcException.Kind;

/** Decides what an error of a node means: try again, or take no for an answer. Nodes agree on few codes, so words count too. */
final class Verdict {

    private static final List<String> TRY_AGAIN = List.of(
            "timeout",
            "timed out",
            "rate limit",
            "ratelimit",
            "too many requests",
            "request limit",
            "compute units",
            "capacity",
            "try again",
            "temporarily",
            "overloaded",
            "busy",
            "header not found",
            "unknown block",
            "block not found",
            "missing trie node",
            "txpool is full",
            "connection refused");

    /** The answer would be too large: the same question never gets one, whatever code the provider gives it. */
    private static final List<String> ASK_FOR_LESS = List.of(
            "query returned more than",
            "too many results",
            "too many logs",
            "block range",
            "range is too large",
            "range too large",
            "response size",
            "max results");

    private Verdict() {}

    static Kind ofHttp(int status) {
        return status == 408 || status == 425 || status == 429 || status >= 500 ? Kind.TRANSIENT : Kind.REJECTED;
    }

    static Kind ofError(int code, String message) {
        String words = message.toLowerCase(Locale.ROOT);
        if (code == 3 || words.startsWith("execution reverted")) {
            return Kind.REJECTED; // whatever the contract's own words are
        }
        if (isAskForLess(message)) {
            return Kind.REJECTED;
        }
        // EIP-1474: -32001 not found (a block that this node lacks), -32002 unavailable, -32005 limit exceeded; some
        // providers put HTTP's 429 into the body.
        boolean tryAgain = code == -32001
                || code == -32002
                || code == -32005
                || code == 429
                || TRY_AGAIN.stream().anyMatch(words::contains);
        return tryAgain ? Kind.TRANSIENT : Kind.REJECTED;
    }

    static boolean isAskForLess(String message) {
        String words = message.toLowerCase(Locale.ROOT);
        return ASK_FOR_LESS.stream().anyMatch(words::contains);
    }
}
