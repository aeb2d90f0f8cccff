package plimsoll.chain.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/** Spoils bytes as networks, buggy nodes and enemies do. */
final class Mutation {

    private static final String[] FRAGMENTS = {
        "null",
        "true",
        "[]",
        "{}",
        "\"\"",
        "\"0x\"",
        "\"0x0\"",
        "0",
        "-1",
        "1e999999999",
        "1E-999999999",
        "0x1",
        "\"0x" + "f".repeat(64) + "\"",
        "\"0x1" + "0".repeat(64) + "\"",
        "\"0x8000000000000000\"",
        "\"0x7fffffffffffffff\"",
        "\"0xffffffffffffffff\"",
        "\"0x-1\"",
        "\"latest\"",
        "\"\\u0030x1\"",
        "\"\\ud800\"",
        "9".repeat(99),
        "9".repeat(1_000),
        "0.1",
        "{\"jsonrpc\":\"2.0\"}",
        "\"0x" + "00".repeat(5_000) + "\"",
        "NaN",
        "'",
        "//",
        "\ufeff",
        "[[[[[[[[",
        "]",
        "}",
        ",",
        ":",
        "\"id\":1,",
        "\"result\":\"0x2\",",
        "\"error\":{\"code\":3,\"message\":\"execution reverted\",\"data\":\"0x08c379a0\"},",
        "\"error\":null,",
        "\"hash\":null,",
        "\"number\":\"0x5\",",
        "\"logs\":{},"
    };

    private Mutation() {}

    static byte[] of(byte[] original, SplittableRandom random) {
        byte[] bytes = original;
        for (int times = 1 + random.nextInt(3); times > 0; times--) {
            bytes = once(bytes, random);
        }
        return bytes;
    }

    private static byte[] once(byte[] bytes, SplittableRandom random) {
        if (bytes.length == 0) {
            return new byte[] {(byte) random.nextInt(256)};
        }
        int at = random.nextInt(bytes.length);
        return switch (random.nextInt(9)) {
            case 0 -> flipped(bytes, at, random.nextInt(8));
            case 1 -> spliced(bytes, at, bytes.length, new byte[0]);
            case 2 -> spliced(bytes, at, at, random(random));
            case 3 -> spliced(bytes, at, Math.min(bytes.length, at + 1 + random.nextInt(40)), new byte[0]);
            case 4 -> {
                int end = Math.min(bytes.length, at + 1 + random.nextInt(200));
                yield spliced(bytes, at, at, java.util.Arrays.copyOfRange(bytes, at, end));
            }
            case 5 -> spliced(bytes, at, at, fragment(random));
            case 6 -> digit(bytes, at, random);
            case 7 -> valueReplaced(bytes, at, fragment(random));
            default -> spliced(bytes, at, at, nesting(random));
        };
    }

    private static byte[] flipped(byte[] bytes, int at, int bit) {
        byte[] changed = bytes.clone();
        changed[at] ^= (byte) (1 << bit);
        return changed;
    }

    private static byte[] digit(byte[] bytes, int at, SplittableRandom random) {
        byte[] changed = bytes.clone();
        changed[at] = (byte) "0123456789abcdefx\"".charAt(random.nextInt(18));
        return changed;
    }

    /** The JSON value behind the next colon becomes another one. */
    private static byte[] valueReplaced(byte[] bytes, int from, byte[] value) {
        int start = from;
        while (start < bytes.length && bytes[start] != ':') {
            start++;
        }
        int end = start + 1;
        while (end < bytes.length && bytes[end] != ',' && bytes[end] != '}' && bytes[end] != ']') {
            end++;
        }
        return start >= bytes.length ? bytes : spliced(bytes, start + 1, end, value);
    }

    private static byte[] fragment(SplittableRandom random) {
        return FRAGMENTS[random.nextInt(FRAGMENTS.length)].getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] nesting(SplittableRandom random) {
        int depth = 1 << random.nextInt(14);
        return (random.nextBoolean() ? "[" : "{\"a\":").repeat(depth).getBytes(StandardCharsets.UTF_8);
    }

    private static byte[] random(SplittableRandom random) {
        byte[] bytes = new byte[1 + random.nextInt(8)];
        random.nextBytes(bytes);
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int from, int to, byte[] with) {
        byte[] changed = new byte[bytes.length - (to - from) + with.length];
        System.arraycopy(bytes, 0, changed, 0, from);
        System.arraycopy(with, 0, changed, from, with.length);
        System.arraycopy(bytes, to, changed, from + with.length, bytes.length - to);
        return changed;
    }
}
