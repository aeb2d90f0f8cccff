package plimsoll.chain.key;

/**
 * A key could not be had or did not sign. The kind says what to do; the message names the place and never the secret, and
 * there is no cause: parsers quote what they choke on.
 */
public final class KeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public enum Kind {
        /** The keeper of the key did not answer; the same request may succeed later. */
        TRANSIENT,
        /** No, and asking again is useless: a missing file, a wrong password, an open mode, a refusal by the keeper of the key. */
        REJECTED,
        /** The keeper of the key answered something else than what was asked. Use nothing of it. */
        CORRUPT
    }

    private final Kind kind;

    public KeyException(Kind kind, String message) {
        super(message);
        this.kind = kind;
    }

    KeyException(String message) {
        this(Kind.REJECTED, message);
    }

    static KeyException corrupt(String message) {
        return new KeyException(Kind.CORRUPT, message);
    }

    public Kind kind() {
        return kind;
    }
}
