package plimsoll.chain.key;

/** A key could not be had: a missing file, a wrong password, a malformed key. The message names the place and never the secret. */
public final class KeyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    KeyException(String message) {
        super(message); // without a cause: parsers quote what they choke on
    }
}
