package plimsoll.devnet.fault;

import java.math.BigInteger;
import java.util.function.UnaryOperator;

/** The 32-byte words of a contract's answer. */
final class Words {

    private static final int DIGITS = 64;

    private Words() {}

    static int count(String hex) {
        return (hex.length() - 2) / DIGITS;
    }

    /** The answer with one word changed, cut to 32 bytes; as it is where it has no such word. */
    static String changed(String hex, int word, UnaryOperator<BigInteger> change) {
        if (word >= count(hex)) {
            return hex;
        }
        int start = 2 + word * DIGITS;
        BigInteger found = new BigInteger(hex.substring(start, start + DIGITS), 16);
        BigInteger changed = change.apply(found).mod(BigInteger.ONE.shiftLeft(4 * DIGITS));
        return hex.substring(0, start) + "%064x".formatted(changed) + hex.substring(start + DIGITS);
    }
}
