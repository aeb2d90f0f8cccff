package plimsoll.units;

import java.util.Arrays;
import java.util.Locale;

/** Fixed-length hexadecimal text, as addresses and hashes are written. */
final class Hex {

    private static final byte NOT_HEX = 0;
    private static final byte HEX = 1;
    private static final byte UPPER_CASE = 2;

    /** What each ASCII character is here: a backfill reads hundreds of millions of them. */
    private static final byte[] KINDS = kinds();

    private Hex() {}

    private static byte[] kinds() {
        byte[] kinds = new byte[128];
        Arrays.fill(kinds, '0', '9' + 1, HEX);
        Arrays.fill(kinds, 'a', 'f' + 1, HEX);
        Arrays.fill(kinds, 'A', 'F' + 1, UPPER_CASE);
        return kinds;
    }

    /** Returns the text in lower case if it is 0x and exactly {@code bytes} bytes, else throws naming the unit. */
    static String require(String text, int bytes, String unit) {
        boolean wellFormed = text.length() == 2 + 2 * bytes && text.startsWith("0x");
        int seen = 0;
        for (int i = 2; wellFormed && i < text.length(); i++) {
            char c = text.charAt(i);
            byte kind = c < KINDS.length ? KINDS[c] : NOT_HEX;
            wellFormed = kind != NOT_HEX;
            seen |= kind;
        }
        if (!wellFormed) {
            throw new IllegalArgumentException(unit + " is not 0x and " + bytes + " bytes of hex: found=" + text);
        }
        return (seen & UPPER_CASE) == 0 ? text : text.toLowerCase(Locale.ROOT);
    }
}
