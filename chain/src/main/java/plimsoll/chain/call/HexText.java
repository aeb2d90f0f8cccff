package plimsoll.chain.call;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/** Whether a text is 0x and hexadecimal digits, eight characters at a time: a backfill asks of hundreds of millions. */
final class HexText {

    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ONES = 0x0101010101010101L;
    private static final long HIGHS = 0x8080808080808080L;

    private HexText() {}

    static boolean isHex(String text) {
        if (!text.startsWith("0x")) {
            return false;
        }
        // What is no Latin letter becomes a question mark, which is no digit either.
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int i = 2;
        for (; i + 8 <= bytes.length; i += 8) {
            if (!areDigits((long) EIGHT.get(bytes, i))) {
                return false;
            }
        }
        for (; i < bytes.length; i++) {
            if (Character.digit(bytes[i], 16) < 0) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether each of eight bytes is a digit. With all bytes below 128 a sum shows in a byte's highest bit whether that byte
     * reaches a bound, and carries nothing to its neighbour.
     */
    private static boolean areDigits(long eight) {
        long lower = eight | 0x20 * ONES;
        long decimal = atLeast(eight, '0') & ~atLeast(eight, '9' + 1);
        long letter = atLeast(lower, 'a') & ~atLeast(lower, 'f' + 1);
        return (eight & HIGHS) == 0 && ((decimal | letter) & HIGHS) == HIGHS;
    }

    private static long atLeast(long eight, int bound) {
        return eight + (0x80 - bound) * ONES;
    }
}
