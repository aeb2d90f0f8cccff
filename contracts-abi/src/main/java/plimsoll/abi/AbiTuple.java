package plimsoll.abi;

import java.util.Arrays;
import plimsoll.abi.AbiType.TupleType;

/** A list of values without a selector: constructor arguments, and bytes that a contract decodes itself. */
public final class AbiTuple {

    private final TupleType type;

    private AbiTuple(TupleType type) {
        this.type = type;
    }

    /** The types in parentheses, for example {@code (address,uint256[])}. */
    public static AbiTuple of(String types) {
        return new AbiTuple(SignatureParser.tuple(types));
    }

    /** As {@code abi.encode} does, as 0x hex. */
    public String encode(Object... values) {
        return HexBytes.text(AbiEncoder.encode(type, Arrays.asList(values)));
    }

    /** As {@code abi.decode} does; throws {@link IllegalArgumentException} where the payload is malformed. */
    public AbiValues decode(String payload) {
        return AbiDecoder.decode(type, HexBytes.bytes(payload));
    }

    @Override
    public String toString() {
        return type.canonical();
    }
}
