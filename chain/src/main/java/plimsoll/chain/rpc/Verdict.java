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

    private Verdict() {}

    static Kind ofHttp(int status) {
        return status == 408 || status == 425 || status == 429 || status >= 500 ? Kind.TRANSIENT : Kind.REJECTED;
    }

    static Kind ofError(int code, String message) {
        String words = message.toLowerCase(Locale.ROOT);
        if (code == 3 || words.startsWith("execution reverted")) {
            return Kind.REJECTED; // whatever the contract's own words are
        }
        // -32005 limit exceeded (EIP-1474), -32002 resource unavailable, 429 as some providers put it into the body.
        boolean tryAgain = code == -32005
                || code == -32002
                || code == 429
                || TRY_AGAIN.stream().anyMatch(words::contains);
        return tryAgain ? Kind.TRANSIENT : Kind.REJECTED;
    }
}
