package plimsoll.abi;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
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
import plimsoll.units.Address;

/** Lays values out as the contract ABI specification says: heads first, dynamic content behind offsets. */
final class AbiEncoder {

    private AbiEncoder() {}

    static byte[] encode(TupleType type, List<?> values) {
        return content(type.elements(), values);
    }

    private static byte[] content(List<AbiType> types, List<?> values) {
        if (types.size() != values.size()) {
            throw new IllegalArgumentException(
                    "Arguments differ in number: found=" + values.size() + " expected=" + types.size());
        }
        int headBytes = types.stream().mapToInt(AbiType::headBytes).sum();
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        ByteArrayOutputStream tail = new ByteArrayOutputStream();
        for (int i = 0; i < types.size(); i++) {
            byte[] encoded = encode(types.get(i), values.get(i));
            if (types.get(i).isDynamic()) {
                head.writeBytes(word(BigInteger.valueOf(headBytes + tail.size())));
                tail.writeBytes(encoded);
            } else {
                head.writeBytes(encoded);
            }
        }
        head.writeBytes(tail.toByteArray());
        return head.toByteArray();
    }

    /** The content of one value, without the offset that points at it. */
    static byte[] encode(AbiType type, Object value) {
        return switch (type) {
            case UintType uint -> word(unsigned(uint, integer(uint, value)));
            case IntType signed -> word(signed(signed, integer(signed, value)));
            case AddressType address ->
                word(new BigInteger(address(address, value).hex().substring(2), 16));
            case BoolType bool -> word(bool(bool, value) ? BigInteger.ONE : BigInteger.ZERO);
            case FixedBytesType fixed -> padded(bytes(fixed, value, fixed.size()));
            case BytesType blob -> withLength(bytes(blob, value, -1));
            case StringType text -> withLength(text(text, value).getBytes(StandardCharsets.UTF_8));
            case FixedArrayType array ->
                content(Collections.nCopies(array.length(), array.element()), list(array, value));
            case ArrayType array -> withCount(array, list(array, value));
            case TupleType tuple -> content(tuple.elements(), list(tuple, value));
        };
    }

    private static byte[] withCount(ArrayType array, List<?> values) {
        byte[] content = content(Collections.nCopies(values.size(), array.element()), values);
        byte[] all = Arrays.copyOf(word(BigInteger.valueOf(values.size())), AbiType.WORD + content.length);
        System.arraycopy(content, 0, all, AbiType.WORD, content.length);
        return all;
    }

    private static byte[] withLength(byte[] bytes) {
        byte[] padded = padded(bytes);
        byte[] all = Arrays.copyOf(word(BigInteger.valueOf(bytes.length)), AbiType.WORD + padded.length);
        System.arraycopy(padded, 0, all, AbiType.WORD, padded.length);
        return all;
    }

    /** Zero bytes on the right up to the next whole word. */
    private static byte[] padded(byte[] bytes) {
        return Arrays.copyOf(bytes, Math.ceilDiv(bytes.length, AbiType.WORD) * AbiType.WORD);
    }

    /** Two's complement in 32 bytes, most significant first. */
    private static byte[] word(BigInteger value) {
        byte[] word = new byte[AbiType.WORD];
        if (value.signum() < 0) {
            Arrays.fill(word, (byte) 0xff);
        }
        byte[] bytes = value.toByteArray();
        int used = Math.min(bytes.length, AbiType.WORD);
        System.arraycopy(bytes, bytes.length - used, word, AbiType.WORD - used, used);
        return word;
    }

    private static BigInteger unsigned(UintType type, BigInteger value) {
        if (value.signum() < 0 || value.bitLength() > type.bits()) {
            throw new IllegalArgumentException(
                    "Argument does not fit its type: type=" + type.canonical() + " found=" + value);
        }
        return value;
    }

    private static BigInteger signed(IntType type, BigInteger value) {
        if (value.bitLength() >= type.bits()) {
            throw new IllegalArgumentException(
                    "Argument does not fit its type: type=" + type.canonical() + " found=" + value);
        }
        return value;
    }

    private static BigInteger integer(AbiType type, Object value) {
        return switch (value) {
            case BigInteger number -> number;
            case Integer number -> BigInteger.valueOf(number);
            case Long number -> BigInteger.valueOf(number);
            default -> throw mismatch(type, value);
        };
    }

    private static Address address(AbiType type, Object value) {
        return switch (value) {
            case Address address -> address;
            case String text -> Address.parse(text);
            default -> throw mismatch(type, value);
        };
    }

    private static boolean bool(AbiType type, Object value) {
        if (value instanceof Boolean bool) {
            return bool;
        }
        throw mismatch(type, value);
    }

    private static String text(AbiType type, Object value) {
        if (value instanceof String text) {
            return text;
        }
        throw mismatch(type, value);
    }

    private static byte[] bytes(AbiType type, Object value, int size) {
        byte[] bytes = switch (value) {
            case byte[] raw -> raw;
            case String hex -> HexBytes.bytes(hex);
            default -> throw mismatch(type, value);
        };
        if (size >= 0 && bytes.length != size) {
            throw new IllegalArgumentException(
                    "Argument differs in length: type=" + type.canonical() + " bytes=" + bytes.length);
        }
        return bytes;
    }

    private static List<?> list(AbiType type, Object value) {
        if (value instanceof List<?> list) {
            return list;
        }
        throw mismatch(type, value);
    }

    private static IllegalArgumentException mismatch(AbiType type, Object value) {
        return new IllegalArgumentException("Argument is of a wrong kind: type=" + type.canonical() + " found="
                + value.getClass().getSimpleName());
    }
}
