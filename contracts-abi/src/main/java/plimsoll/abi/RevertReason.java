package plimsoll.abi;

import java.math.BigInteger;
import java.util.Locale;

/** Why a contract refused: the data of a reverted call, read as far as we know the contract's words. */
public sealed interface RevertReason {

    /** {@code require(…, "text")}. */
    record Message(String text) implements RevertReason {
        @Override
        public String describe() {
            return text;
        }
    }

    /** A failed check of the compiler, such as an overflow. */
    record Panic(BigInteger code) implements RevertReason {
        @Override
        public String describe() {
            String meaning = switch (code.bitLength() > 31 ? -1 : code.intValue()) {
                case 0x01 -> "assertion failed";
                case 0x11 -> "arithmetic overflow";
                case 0x12 -> "division by zero";
                case 0x21 -> "value outside its enum";
                case 0x31 -> "pop of an empty array";
                case 0x32 -> "array index out of bounds";
                case 0x41 -> "too much memory";
                case 0x51 -> "call of an unset function";
                default -> "unknown";
            };
            return "Panic(0x" + code.toString(16) + "): " + meaning;
        }
    }

    /** A custom error that {@code plimsoll.abi} knows, with its arguments. */
    record Custom(String name, AbiValues arguments) implements RevertReason {
        @Override
        public String describe() {
            return arguments.isEmpty() ? name : name + arguments;
        }
    }

    /** Data that fits nothing we know; shown as it came. */
    record Unknown(String data) implements RevertReason {
        @Override
        public String describe() {
            return "unknown reason " + HexBytes.shortened(data);
        }
    }

    /** A revert that says nothing, as an empty {@code revert()} or running out of gas does. */
    record Silent() implements RevertReason {
        @Override
        public String describe() {
            return "no reason given";
        }
    }

    /** The reason in words, for a message to an operator. */
    String describe();

    /** Reads the data of a revert; never throws, because what a contract says here is anybody's text. */
    static RevertReason decode(String data) {
        String hex = data.toLowerCase(Locale.ROOT);
        if (hex.isEmpty() || hex.equals("0x")) {
            return new Silent();
        }
        try {
            return KnownErrors.read(hex);
        } catch (IllegalArgumentException e) {
            return new Unknown(hex);
        }
    }
}
