package plimsoll.abi;

import java.util.Arrays;
import plimsoll.abi.AbiType.TupleType;

/**
 * One function of a contract: what its call looks like on the wire, and how its answer reads.
 *
 * <p>Arguments are {@code BigInteger}, {@code Integer} or {@code Long} for numbers, {@code Address} or text for addresses,
 * {@code Boolean}, {@code String} for text, {@code byte[]} or 0x hex for bytes, and {@code List} for structs and arrays.
 */
public final class ContractFunction {

    private final String signature;
    private final String selector;
    private final TupleType inputs;
    private final TupleType outputs;

    private ContractFunction(String signature, String selector, TupleType inputs, TupleType outputs) {
        this.signature = signature;
        this.selector = selector;
        this.inputs = inputs;
        this.outputs = outputs;
    }

    /** A function by its signature and its results, for example {@code ("balanceOf(address owner)", "(uint256)")}. */
    public static ContractFunction of(String signature, String outputs) {
        SignatureParser.Signature parsed = SignatureParser.signature(signature);
        String canonical = parsed.name() + parsed.inputs().canonical();
        String selector = HexBytes.text(HexBytes.keccak(canonical), 0, 4);
        return new ContractFunction(canonical, selector, parsed.inputs(), SignatureParser.tuple(outputs));
    }

    /** A function that returns nothing. */
    public static ContractFunction of(String signature) {
        return of(signature, "()");
    }

    /** The canonical signature, for example {@code balanceOf(address)}. */
    public String signature() {
        return signature;
    }

    /** The canonical result types, for example {@code (uint256)}. */
    public String outputs() {
        return outputs.canonical();
    }

    /** The first four bytes of the call, as 0x hex. */
    public String selector() {
        return selector;
    }

    /** The call data for these arguments, as 0x hex. */
    public String encode(Object... arguments) {
        try {
            return selector
                    + HexBytes.text(AbiEncoder.encode(inputs, Arrays.asList(arguments)))
                            .substring(2);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " function=" + signature, e);
        }
    }

    /** The results in the payload of an answer; throws {@link IllegalArgumentException} where it is malformed. */
    public AbiValues decode(String payload) {
        try {
            byte[] bytes = HexBytes.bytes(payload);
            if (bytes.length == 0 && !outputs.elements().isEmpty()) {
                throw new IllegalArgumentException("Answer is empty, as from an address without a contract:");
            }
            return AbiDecoder.decode(outputs, bytes);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " function=" + signature, e);
        }
    }

    /** The arguments of a call to this function; throws {@link IllegalArgumentException} where it is another's or malformed. */
    public AbiValues decodeCall(String calldata) {
        if (!calldata.startsWith(selector)) {
            throw new IllegalArgumentException("Call is to another function: found="
                    + HexBytes.shortened(calldata.substring(0, Math.min(10, calldata.length()))) + " expected="
                    + selector
                    + " function=" + signature);
        }
        try {
            return AbiDecoder.decode(inputs, HexBytes.bytes("0x" + calldata.substring(selector.length())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(e.getMessage() + " function=" + signature, e);
        }
    }

    @Override
    public String toString() {
        return signature;
    }
}
