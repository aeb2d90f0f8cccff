package plimsoll.abi;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.web3j.crypto.Hash;

/** Payloads between their text on the wire (0x and hex) and bytes, with a bound on what may come in. */
final class HexBytes {

    /** Largest payload that is looked at; a node's answer beyond this is not one that we asked for. */
    static final int MAX_BYTES = 16 << 20;

    private static final HexFormat FORMAT = HexFormat.of();

    private HexBytes() {}

    static String text(byte[] bytes) {
        return text(bytes, 0, bytes.length);
    }

    static String text(byte[] bytes, int from, int length) {
        return "0x" + FORMAT.formatHex(bytes, from, from + length);
    }

    static byte[] bytes(String hex) {
        if (!hex.startsWith("0x") || hex.length() % 2 != 0) {
            throw new IllegalArgumentException("Payload is not 0x and whole bytes of hex: found=" + shortened(hex));
        }
        if (hex.length() > 2L * MAX_BYTES) {
            throw new IllegalArgumentException(
                    "Payload is too large: bytes=" + (hex.length() / 2 - 1) + " allowed=" + MAX_BYTES);
        }
        try {
            return FORMAT.parseHex(hex, 2, hex.length());
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("Payload has a digit that is not hex: found=" + shortened(hex), e);
        }
    }

    static byte[] keccak(String ascii) {
        return Hash.sha3(ascii.getBytes(StandardCharsets.US_ASCII));
    }

    static String shortened(String text) {
        return text.length() <= 80 ? text : text.substring(0, 80) + "... (" + text.length() + " characters)";
    }
}
