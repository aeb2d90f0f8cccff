package plimsoll.chain.key;

import java.math.BigInteger;
import java.util.Arrays;

/** Reads RLP items from the front, one after the other, in the one form that RLP allows for each. Never recurses. */
final class RlpReader {

    /** The bytes are not RLP. */
    static final class Malformed extends Exception {
        private static final long serialVersionUID = 1L;
    }

    private final byte[] bytes;
    private int at;

    RlpReader(byte[] bytes, int from) {
        this.bytes = bytes;
        this.at = from;
    }

    boolean isAtEnd() {
        return at == bytes.length;
    }

    /** Steps into a list that must reach to the end of the bytes. */
    void enterLastList() throws Malformed {
        if (bytes.length - at < 1 || (bytes[at] & 0xff) < 0xc0) {
            throw new Malformed();
        }
        int length = length(0xc0);
        if (length != bytes.length - at) {
            throw new Malformed();
        }
    }

    /** The whole next item, its prefix included; a list's items are not looked into. */
    byte[] item() throws Malformed {
        if (isAtEnd()) {
            throw new Malformed();
        }
        int from = at;
        int first = bytes[at] & 0xff;
        int length = first < 0x80 ? 1 : length(first < 0xc0 ? 0x80 : 0xc0);
        if (length > bytes.length - at) {
            throw new Malformed();
        }
        at += length;
        return Arrays.copyOfRange(bytes, from, at);
    }

    /** The next item as a number of at most 32 bytes without leading zeros. */
    BigInteger number() throws Malformed {
        byte[] item = item();
        int first = item[0] & 0xff;
        if (first < 0x80) {
            if (first == 0) {
                throw new Malformed(); // zero is the empty string
            }
            return BigInteger.valueOf(first);
        }
        if (item.length > 33 || first > 0xa0 || (item.length > 1 && item[1] == 0)) {
            throw new Malformed();
        }
        if (item.length == 2 && item[1] > 0) {
            throw new Malformed(); // a byte below 128 stands for itself
        }
        return new BigInteger(1, item, 1, item.length - 1);
    }

    /** The payload's length behind a prefix based on {@code base}; steps over the prefix. */
    private int length(int base) throws Malformed {
        int code = (bytes[at] & 0xff) - base;
        at++;
        if (code < 56) {
            return code;
        }
        int digits = code - 55;
        if (digits > 4 || digits > bytes.length - at || bytes[at] == 0) {
            throw new Malformed();
        }
        long length = new BigInteger(1, bytes, at, digits).longValueExact();
        at += digits;
        if (length < 56 || length > bytes.length) {
            throw new Malformed();
        }
        return (int) length;
    }
}
