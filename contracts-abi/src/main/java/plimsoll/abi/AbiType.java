package plimsoll.abi;

import java.util.List;
import java.util.stream.Collectors;

/** A Solidity type as the contract ABI specification knows it; each tells its canonical text and how its head is laid out. */
sealed interface AbiType {

    int WORD = 32;

    /** The text that enters a selector: no names, no aliases. */
    String canonical();

    /** Whether the value lives behind an offset. */
    boolean isDynamic();

    /** Bytes that the value takes where it is listed: its own size, or one word of offset. */
    int headBytes();

    record UintType(int bits) implements Word {
        @Override
        public String canonical() {
            return "uint" + bits;
        }
    }

    record IntType(int bits) implements Word {
        @Override
        public String canonical() {
            return "int" + bits;
        }
    }

    record FixedBytesType(int size) implements Word {
        @Override
        public String canonical() {
            return "bytes" + size;
        }
    }

    record AddressType() implements Word {
        @Override
        public String canonical() {
            return "address";
        }
    }

    record BoolType() implements Word {
        @Override
        public String canonical() {
            return "bool";
        }
    }

    record BytesType() implements Blob {
        @Override
        public String canonical() {
            return "bytes";
        }
    }

    record StringType() implements Blob {
        @Override
        public String canonical() {
            return "string";
        }
    }

    /** {@code element[length]}: at least one element, so that nothing of size zero can be repeated without end. */
    record FixedArrayType(AbiType element, int length) implements AbiType {
        @Override
        public String canonical() {
            return element.canonical() + "[" + length + "]";
        }

        @Override
        public boolean isDynamic() {
            return element.isDynamic();
        }

        @Override
        public int headBytes() {
            return isDynamic() ? WORD : Math.multiplyExact(element.headBytes(), length);
        }
    }

    record ArrayType(AbiType element) implements AbiType {
        @Override
        public String canonical() {
            return element.canonical() + "[]";
        }

        @Override
        public boolean isDynamic() {
            return true;
        }

        @Override
        public int headBytes() {
            return WORD;
        }
    }

    /** A struct, or the whole argument list of a function. */
    record TupleType(List<AbiType> elements, List<String> names) implements AbiType {
        public TupleType {
            elements = List.copyOf(elements);
            names = List.copyOf(names);
        }

        @Override
        public String canonical() {
            return elements.stream().map(AbiType::canonical).collect(Collectors.joining(",", "(", ")"));
        }

        @Override
        public boolean isDynamic() {
            return elements.stream().anyMatch(AbiType::isDynamic);
        }

        @Override
        public int headBytes() {
            return isDynamic() ? WORD : contentHeadBytes();
        }

        /** Bytes of the heads of all elements, which open the tuple's own content. */
        int contentHeadBytes() {
            return elements.stream().mapToInt(AbiType::headBytes).sum();
        }
    }

    /** A value of exactly one word. */
    sealed interface Word extends AbiType {
        @Override
        default boolean isDynamic() {
            return false;
        }

        @Override
        default int headBytes() {
            return WORD;
        }
    }

    /** A run of bytes with its length in front. */
    sealed interface Blob extends AbiType {
        @Override
        default boolean isDynamic() {
            return true;
        }

        @Override
        default int headBytes() {
            return WORD;
        }
    }
}
