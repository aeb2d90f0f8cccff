package plimsoll.chain.pool;

import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;

/** What a failure says about the endpoint that gave it. */
final class Refusals {

    private static final int METHOD_NOT_FOUND = -32601;
    private static final int INVALID_PARAMS = -32602;
    private static final int CANNOT_PARSE = -32700;
    private static final int RESPONSE_TOO_LARGE = -32003;

    private static final List<String> DOES_NOT_KNOW = List.of(
            "header not found",
            "unknown block",
            "block not found",
            "unknown hash",
            "header for hash not found",
            "could not find block",
            "cannot find block",
            "blockoutofrange",
            "beyond head",
            "beyond current head",
            "not canonical",
            "missing trie node",
            "historical state",
            "state is not available",
            "state not available",
            "pruned",
            "resource not found");

    private static final List<String> BATCH_TOO_LARGE = List.of(
            "batch too large",
            "batch size",
            "batch limit",
            "batch is too",
            "maximum batch",
            "max batch",
            "batch of more than",
            "too many requests in batch",
            "requests in a batch",
            "request entity too large",
            "payload too large",
            "response too large",
            "response is too large",
            "larger than allowed");

    private Refusals() {}

    /** The endpoint lacks the block or its state: neither a failure nor an answer. */
    static boolean doesNotKnow(RpcException e) {
        return e.kind() != Kind.CORRUPT && !e.isRevert() && (e.code() == -32001 || says(e, DOES_NOT_KNOW));
    }

    /** Whether the endpoint understood the question and said no to it, as opposed to failing or not letting us in. */
    static boolean isAnswer(RpcException e) {
        return doesNotKnow(e) || (e.kind() == Kind.REJECTED && !isHttp(e));
    }

    /** Whether the failure speaks against the endpoint's health. */
    static boolean isFault(RpcException e) {
        boolean tooMuch = e.code() == 413 || isTimeoutOfTheCall(e) || says(e, List.of(Member.OWN_LIMIT));
        return !isAnswer(e) && !tooMuch;
    }

    /** A node that gave up on a heavy question says so in the body; the node itself is well. */
    private static boolean isTimeoutOfTheCall(RpcException e) {
        return e.code() < 0 && says(e, List.of("execution timeout", "execution aborted", "query timeout"));
    }

    private static boolean isHttp(RpcException e) {
        return e.code() >= 400 && e.code() < 600;
    }

    static boolean isUnsupported(RpcException e) {
        return e.code() == METHOD_NOT_FOUND;
    }

    /** The batch as a whole, or its answer, was too much; fewer at once may do. */
    static boolean isBatchTooLarge(RpcException e) {
        return !e.isRevert() && (e.code() == 413 || e.code() == RESPONSE_TOO_LARGE || says(e, BATCH_TOO_LARGE));
    }

    static boolean isTimeout(RpcException e) {
        return e.isTransient() && (e.code() == 408 || e.code() == 504 || says(e, List.of("did not answer in time")));
    }

    /** Whether the node may not have understood a block named by its hash (EIP-1898). */
    static boolean mayMissHashParameters(RpcException e) {
        return e.kind() == Kind.REJECTED
                && !e.isRevert()
                && !doesNotKnow(e)
                && (e.code() == INVALID_PARAMS
                        || e.code() == CANNOT_PARSE // ganache, of an object where it wants text
                        || says(
                                e,
                                List.of(
                                        "invalid argument",
                                        "invalid block",
                                        "blockhash",
                                        "block number",
                                        "invalid type",
                                        "expected")));
    }

    /** Whether nothing of the request can have reached the endpoint. */
    static boolean isBeforeSending(RpcException e) {
        return e.getCause() instanceof ConnectException
                || e.getCause() instanceof UnknownHostException
                || isUnsupported(e)
                || says(e, List.of(Member.OWN_LIMIT));
    }

    private static boolean says(RpcException e, List<String> any) {
        String words = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        return any.stream().anyMatch(words::contains);
    }
}
