package plimsoll.abi;

import java.util.ArrayList;
import java.util.List;
import plimsoll.abi.AbiType.AddressType;
import plimsoll.abi.AbiType.ArrayType;
import plimsoll.abi.AbiType.BoolType;
import plimsoll.abi.AbiType.BytesType;
import plimsoll.abi.AbiType.FixedArrayType;
import plimsoll.abi.AbiType.FixedBytesType;
import plimsoll.abi.AbiType.IntType;
import plimsoll.abi.AbiType.StringType;
import plimsoll.abi.AbiType.TupleType;
import plimsoll.abi.AbiType.UintType;

/**
 * Reads the text form of a signature: {@code name(type [indexed] [name], …)} with structs written as nested parentheses.
 *
 * <p>Our own constants are its only input, so it stops at the first mistake and names the place.
 */
final class SignatureParser {

    /** A parsed signature; {@code indexed} runs parallel to the elements of {@code inputs}. */
    record Signature(String name, TupleType inputs, List<Boolean> indexed) {
        Signature {
            indexed = List.copyOf(indexed);
        }
    }

    private static final int MAX_DEPTH = 16;
    private static final int MAX_FIXED_LENGTH = 4_096;

    private final String text;
    private int at;
    private int depth;

    private SignatureParser(String text) {
        this.text = text;
    }

    static Signature signature(String text) {
        SignatureParser parser = new SignatureParser(text);
        String name = parser.word();
        if (name.isEmpty()) {
            throw parser.mistake("Signature has no name");
        }
        List<Boolean> indexed = new ArrayList<>();
        TupleType inputs = parser.tuple(indexed);
        parser.requireEnd();
        return new Signature(name, inputs, indexed);
    }

    static TupleType tuple(String text) {
        SignatureParser parser = new SignatureParser(text);
        TupleType type = parser.tuple(new ArrayList<>());
        parser.requireEnd();
        return type;
    }

    private TupleType tuple(List<Boolean> indexed) {
        expect('(');
        if (++depth > MAX_DEPTH) {
            throw mistake("Signature nests too deeply");
        }
        List<AbiType> types = new ArrayList<>();
        List<String> names = new ArrayList<>();
        skipSpace();
        while (peek() != ')') {
            if (!types.isEmpty()) {
                expect(',');
            }
            types.add(type());
            String word = word();
            boolean isIndexed = word.equals("indexed");
            indexed.add(isIndexed);
            names.add(isIndexed ? word() : word);
            skipSpace();
        }
        expect(')');
        depth--;
        return new TupleType(types, names);
    }

    private AbiType type() {
        skipSpace();
        AbiType type;
        if (peek() == '(') {
            TupleType tuple = tuple(new ArrayList<>());
            if (tuple.elements().isEmpty()) {
                throw mistake("Struct has no fields");
            }
            type = tuple;
        } else {
            type = elementary(word());
        }
        while (peek() == '[') {
            at++;
            String length = word();
            expect(']');
            type = length.isEmpty()
                    ? new ArrayType(type)
                    : new FixedArrayType(type, number(length, 1, MAX_FIXED_LENGTH, 1));
        }
        return type;
    }

    private AbiType elementary(String name) {
        return switch (name) {
            case "address" -> new AddressType();
            case "bool" -> new BoolType();
            case "bytes" -> new BytesType();
            case "string" -> new StringType();
            default -> sized(name);
        };
    }

    private AbiType sized(String name) {
        if (name.startsWith("uint")) {
            return new UintType(number(name.substring(4), 8, 256, 8));
        }
        if (name.startsWith("int")) {
            return new IntType(number(name.substring(3), 8, 256, 8));
        }
        if (name.startsWith("bytes")) {
            return new FixedBytesType(number(name.substring(5), 1, 32, 1));
        }
        throw mistake("Signature has an unknown type: found=" + name);
    }

    private int number(String digits, int low, int high, int step) {
        boolean wellFormed =
                !digits.isEmpty() && digits.length() <= 4 && digits.chars().allMatch(Character::isDigit);
        int number = wellFormed ? Integer.parseInt(digits) : -1;
        if (number < low || number > high || number % step != 0) {
            throw mistake("Signature has a size outside " + low + ".." + high + ": found=" + digits);
        }
        return number;
    }

    private String word() {
        skipSpace();
        int start = at;
        while (at < text.length() && Character.isJavaIdentifierPart(text.charAt(at))) {
            at++;
        }
        return text.substring(start, at);
    }

    private void skipSpace() {
        while (at < text.length() && text.charAt(at) == ' ') {
            at++;
        }
    }

    private char peek() {
        return at < text.length() ? text.charAt(at) : '\0';
    }

    private void expect(char wanted) {
        skipSpace();
        if (peek() != wanted) {
            throw mistake("Signature lacks '" + wanted + "'");
        }
        at++;
    }

    private void requireEnd() {
        skipSpace();
        if (at != text.length()) {
            throw mistake("Signature goes on after its end");
        }
    }

    private IllegalArgumentException mistake(String what) {
        return new IllegalArgumentException(what + ": signature=" + text + " position=" + at);
    }
}
