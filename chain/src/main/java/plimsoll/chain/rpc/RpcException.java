package plimsoll.chain.rpc;

import java.util.Locale;
import java.util.Optional;

/** A node did not answer properly. The kind says what to do; the message is one line without credentials. */
public final class RpcException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** The code of failures that are not JSON-RPC errors of the node. */
    public static final int NO_CODE = 0;

    public enum Kind {
        /** The same request may succeed later: timeouts, refused connections, rate limits, errors inside the node. */
        TRANSIENT,
        /** The node understood and said no: a revert, a bad nonce, an unknown method. Asking again is useless. */
        REJECTED,
        /** The answer is not what the protocol allows: broken JSON, a foreign id, a wrong type. Trust nothing of it. */
        CORRUPT
    }

    private final Kind kind;
    private final int code;
    private final String data;

    public RpcException(Kind kind, int code, String message, Optional<String> data) {
        super(message);
        this.kind = kind;
        this.code = code;
        this.data = data.orElse("");
    }

    public RpcException(Kind kind, String message) {
        this(kind, NO_CODE, message, Optional.empty());
    }

    public RpcException(Kind kind, String message, Throwable cause) {
        super(message, cause);
        this.kind = kind;
        this.code = NO_CODE;
        this.data = "";
    }

    public static RpcException corrupt(String message) {
        return new RpcException(Kind.CORRUPT, message);
    }

    public Kind kind() {
        return kind;
    }

    /** The JSON-RPC error code or HTTP status, {@link #NO_CODE} where there is none. */
    public int code() {
        return code;
    }

    /** The error's data as text; for a revert the ABI-encoded reason as 0x hex. */
    public Optional<String> data() {
        return data.isEmpty() ? Optional.empty() : Optional.of(data);
    }

    public boolean isTransient() {
        return kind == Kind.TRANSIENT;
    }

    /** Whether the answer would be too large, so that only a smaller question gets one. */
    public boolean asksForLess() {
        return kind == Kind.REJECTED && Verdict.isAskForLess(String.valueOf(getMessage()));
    }

    /** Whether a contract reverted, as opposed to the node refusing the request. */
    public boolean isRevert() {
        return kind == Kind.REJECTED
                && (code == 3
                        || String.valueOf(getMessage()).toLowerCase(Locale.ROOT).contains("revert"));
    }
}
