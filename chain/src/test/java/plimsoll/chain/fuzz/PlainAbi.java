package plimsoll.chain.fuzz;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A second opinion on ABI payloads, written for this test after the specification: types by their canonical text, values
 * made from chance, and a reader that follows offsets wherever they lead inside the payload. Integers and addresses are
 * {@link BigInteger}, everything dynamic or fixed is text or hex, structs and arrays are lists.
 */
final class PlainAbi {

    private PlainAbi() {}

    static boolean isList(String type) {
        return type.endsWith("]") || type.startsWith("(");
    }

    /** The types in a tuple such as {@code (uint256,(address,bytes)[])}. */
    static List<String> elements(String tuple) {
        List<String> elements = new ArrayList<>();
        int depth = 0;
        int start = 1;
        for (int i = 1; i < tuple.length(); i++) {
            char c = tuple.charAt(i);
            if (c == '(') {
                depth++;
            } else if ((c == ',' && depth == 0) || i == tuple.length() - 1) {
                if (i > start) {
                    elements.add(tuple.substring(start, i));
                }
                start = i + 1;
            } else if (c == ')') {
                depth--;
            }
        }
        return elements;
    }

    /** Element type and length, -1 for one that the payload tells. */
    private record Repeated(String element, int length) {

        static Repeated of(String type) {
            int open = type.lastIndexOf('[');
            String length = type.substring(open + 1, type.length() - 1);
            return new Repeated(type.substring(0, open), length.isEmpty() ? -1 : Integer.parseInt(length));
        }
    }

    /** A value that {@code ContractFunction.encode} takes. */
    static Object value(String type, SplittableRandom random) {
        if (type.endsWith("]")) {
            Repeated repeated = Repeated.of(type);
            List<Object> values = new ArrayList<>();
            for (int i = repeated.length() < 0 ? random.nextInt(4) : repeated.length(); i > 0; i--) {
                values.add(value(repeated.element(), random));
            }
            return values;
        }
        if (type.startsWith("(")) {
            return elements(type).stream().map(it -> value(it, random)).toList();
        }
        if (type.startsWith("uint")) {
            return number(Integer.parseInt(type.substring(4)), random);
        }
        if (type.startsWith("int")) {
            BigInteger number = number(Integer.parseInt(type.substring(3)) - 1, random);
            return random.nextBoolean() ? number : number.not();
        }
        return switch (type) {
            case "address" -> "0x" + "%040x".formatted(number(160, random));
            case "bool" -> random.nextBoolean();
            case "string" -> "text é ".repeat(random.nextInt(8));
            case "bytes" -> hex(random.nextInt(70), random);
            default -> hex(Integer.parseInt(type.substring("bytes".length())), random);
        };
    }

    private static BigInteger number(int bits, SplittableRandom random) {
        byte[] bytes = new byte[32];
        random.nextBytes(bytes);
        return new BigInteger(1, bytes).shiftRight(256 - (random.nextBoolean() ? bits : random.nextInt(bits + 1)));
    }

    private static String hex(int length, SplittableRandom random) {
        byte[] bytes = new byte[length];
        random.nextBytes(bytes);
        return "0x" + HexFormat.of().formatHex(bytes);
    }

    static boolean isDynamic(String type) {
        if (type.endsWith("]")) {
            Repeated repeated = Repeated.of(type);
            return repeated.length() < 0 || isDynamic(repeated.element());
        }
        return type.startsWith("(")
                ? elements(type).stream().anyMatch(PlainAbi::isDynamic)
                : type.equals("string") || type.equals("bytes");
    }

    private static int headBytes(String type) {
        if (isDynamic(type)) {
            return 32;
        }
        if (type.endsWith("]")) {
            Repeated repeated = Repeated.of(type);
            return repeated.length() * headBytes(repeated.element());
        }
        return type.startsWith("(")
                ? elements(type).stream().mapToInt(PlainAbi::headBytes).sum()
                : 32;
    }

    /** What the payload says; any exception where it says nothing of this type. */
    static List<Object> read(String tuple, byte[] payload) {
        return sequence(elements(tuple), payload, 0);
    }

    private static List<Object> sequence(List<String> types, byte[] payload, int start) {
        List<Object> values = new ArrayList<>();
        int head = start;
        for (String type : types) {
            int at = isDynamic(type) ? start + word(payload, head).intValueExact() : head;
            values.add(value(type, payload, at));
            head += headBytes(type);
        }
        return values;
    }

    private static Object value(String type, byte[] payload, int at) {
        if (type.endsWith("]")) {
            Repeated repeated = Repeated.of(type);
            boolean told = repeated.length() < 0;
            int count = told ? word(payload, at).intValueExact() : repeated.length();
            List<String> types = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                types.add(repeated.element());
            }
            return sequence(types, payload, told ? at + 32 : at);
        }
        if (type.startsWith("(")) {
            return sequence(elements(type), payload, at);
        }
        if (type.startsWith("int")) {
            return new BigInteger(Arrays.copyOfRange(payload, at, at + 32));
        }
        if (type.equals("string") || type.equals("bytes")) {
            int length = word(payload, at).intValueExact();
            byte[] content = slice(payload, at + 32, length);
            return type.equals("bytes")
                    ? "0x" + HexFormat.of().formatHex(content)
                    : new String(content, StandardCharsets.UTF_8);
        }
        if (type.startsWith("bytes")) {
            return "0x"
                    + HexFormat.of().formatHex(slice(payload, at, Integer.parseInt(type.substring("bytes".length()))));
        }
        BigInteger word = word(payload, at);
        return type.equals("bool") ? (Object) (word.signum() != 0) : word;
    }

    private static BigInteger word(byte[] payload, int at) {
        return new BigInteger(1, slice(payload, at, 32));
    }

    private static byte[] slice(byte[] payload, int at, int length) {
        if (at < 0 || length < 0 || at + length > payload.length) {
            throw new IllegalArgumentException("outside");
        }
        return Arrays.copyOfRange(payload, at, at + length);
    }
}
