package plimsoll.abi;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
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

/**
 * Reads values out of a payload that may lie: every offset and length is checked against the payload, and what is decoded
 * in all may not be more than about twice the payload, so that offsets pointing at one another cannot multiply work.
 *
 * <p>Ours rather than web3j's, whose decoder builds structs only from generated classes by reflection and trusts lengths.
 */
final class AbiDecoder {

    /** Words beyond twice the payload that a decoding may read; covers payloads of a few words. */
    private static final int SPARE_WORDS = 64;

    private final byte[] payload;
    private int wordsLeft;
    private int end;

    private AbiDecoder(byte[] payload) {
        this.payload = payload;
        this.wordsLeft = 2 * (payload.length / AbiType.WORD) + SPARE_WORDS;
    }

    /** The payload from {@code from} on as one tuple; bytes that belong to no value are refused. */
    static AbiValues decode(TupleType type, byte[] payload) {
        AbiDecoder decoder = new AbiDecoder(payload);
        AbiValues values = decoder.tuple(type, 0);
        long wholeWords = (long) Math.ceilDiv(decoder.end, AbiType.WORD) * AbiType.WORD;
        if (payload.length > wholeWords) {
            throw new IllegalArgumentException(
                    "Payload goes on after its values: bytes=" + payload.length + " used=" + decoder.end);
        }
        return values;
    }

    private AbiValues tuple(TupleType type, int start) {
        return new AbiValues(sequence(type.elements(), start), type.names());
    }

    /** Consecutive values whose offsets count from {@code start}. */
    private List<Object> sequence(List<AbiType> types, int start) {
        List<Object> values = new ArrayList<>(Math.min(types.size(), payload.length / AbiType.WORD + 1));
        int head = start;
        for (AbiType type : types) {
            if (type.isDynamic()) {
                values.add(value(type, plus(start, size(head, "offset"))));
            } else {
                values.add(value(type, head));
            }
            head = plus(head, type.headBytes());
        }
        return values;
    }

    private Object value(AbiType type, int at) {
        return switch (type) {
            case UintType uint -> unsigned(uint, at);
            case IntType signed -> signed(signed, at);
            case AddressType _ -> address(at);
            case BoolType _ -> bool(at);
            case FixedBytesType fixed -> fixedBytes(fixed, at);
            case BytesType _ -> {
                int length = blobLength(at);
                yield HexBytes.text(payload, at + AbiType.WORD, length);
            }
            case StringType _ -> string(at);
            case FixedArrayType array -> {
                List<AbiType> types = Collections.nCopies(array.length(), array.element());
                yield new AbiValues(sequence(types, at), List.of());
            }
            case ArrayType array -> array(array, at);
            case TupleType tuple -> tuple(tuple, at);
        };
    }

    private AbiValues array(ArrayType array, int at) {
        int count = size(at, "count");
        int start = at + AbiType.WORD;
        if ((long) count * array.element().headBytes() > payload.length - start) {
            throw new IllegalArgumentException("Payload is too short for its array: count=" + count + " bytes="
                    + (payload.length - start) + " position=" + at);
        }
        return new AbiValues(sequence(Collections.nCopies(count, array.element()), start), List.of());
    }

    private BigInteger unsigned(UintType type, int at) {
        BigInteger value = word(at);
        if (value.bitLength() > type.bits()) {
            throw new IllegalArgumentException(
                    "Payload has a number beyond its type: type=" + type.canonical() + " position=" + at);
        }
        return value;
    }

    private BigInteger signed(IntType type, int at) {
        word(at);
        BigInteger value = new BigInteger(payload, at, AbiType.WORD);
        if (value.bitLength() >= type.bits()) {
            throw new IllegalArgumentException(
                    "Payload has a number beyond its type: type=" + type.canonical() + " position=" + at);
        }
        return value;
    }

    private Address address(int at) {
        if (word(at).bitLength() > 160) {
            throw new IllegalArgumentException("Payload has more than an address: position=" + at);
        }
        return new Address(HexBytes.text(payload, at + 12, 20));
    }

    private Boolean bool(int at) {
        BigInteger value = word(at);
        if (value.bitLength() > 1) {
            throw new IllegalArgumentException("Payload has neither true nor false: position=" + at);
        }
        return value.signum() != 0;
    }

    private String fixedBytes(FixedBytesType type, int at) {
        word(at);
        for (int i = type.size(); i < AbiType.WORD; i++) {
            if (payload[at + i] != 0) {
                throw new IllegalArgumentException(
                        "Payload has bytes beyond their type: type=" + type.canonical() + " position=" + at);
            }
        }
        return HexBytes.text(payload, at, type.size());
    }

    private String string(int at) {
        int length = blobLength(at);
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(payload, at + AbiType.WORD, length))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException("Payload has text that is not UTF-8: position=" + at, e);
        }
    }

    private int blobLength(int at) {
        int length = size(at, "length");
        if (length > payload.length - at - AbiType.WORD) {
            throw new IllegalArgumentException("Payload is too short for its bytes: length=" + length + " bytes="
                    + (payload.length - at - AbiType.WORD) + " position=" + at);
        }
        spend(Math.ceilDiv(length, AbiType.WORD));
        end = Math.max(end, at + AbiType.WORD + length);
        return length;
    }

    /** A word that counts something inside this payload, so never more than its size. */
    private int size(int at, String what) {
        BigInteger value = word(at);
        if (value.bitLength() > 31 || value.intValue() > payload.length) {
            throw new IllegalArgumentException("Payload points outside itself: " + what + "=" + value + " bytes="
                    + payload.length + " position=" + at);
        }
        return value.intValue();
    }

    private BigInteger word(int at) {
        if (at > payload.length - AbiType.WORD) {
            throw new IllegalArgumentException(
                    "Payload is too short: bytes=" + payload.length + " needed=" + ((long) at + AbiType.WORD));
        }
        spend(1);
        end = Math.max(end, at + AbiType.WORD);
        return new BigInteger(1, payload, at, AbiType.WORD);
    }

    private void spend(int words) {
        wordsLeft -= words;
        if (wordsLeft < 0) {
            throw new IllegalArgumentException("Payload unfolds to more than its own size: bytes=" + payload.length);
        }
    }

    private int plus(int base, int offset) {
        return Math.min(base + offset, payload.length);
    }
}
