package plimsoll.units;

import java.util.Locale;

/** Fixed-length hexadecimal text, as addresses and hashes are written. */
final class Hex {

    private Hex() {}

    /** Returns the text in lower case if it is 0x and exactly {@code bytes} bytes, else throws naming the unit. */
    static String require(String text, int bytes, String unit) {
        boolean wellFormed = text.length() == 2 + 2 * bytes && text.startsWith("0x");
        for (int i = 2; wellFormed && i < text.length(); i++) {
            wellFormed = Character.digit(text.charAt(i), 16) >= 0 && text.charAt(i) < 128;
        }
        if (!wellFormed) {
            throw new IllegalArgumentException(unit + " is not 0x and " + bytes + " bytes of hex: found=" + text);
        }
        return text.toLowerCase(Locale.ROOT);
    }
}
