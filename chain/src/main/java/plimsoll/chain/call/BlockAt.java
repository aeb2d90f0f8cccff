package plimsoll.chain.call;

import java.util.Map;
import plimsoll.units.BlockHash;
import plimsoll.units.BlockNumber;

/** The block whose state a read sees. Only a hash names one state for certain; a number or a tag may mean another block a moment later. */
public sealed interface BlockAt permits BlockAt.ByHash, BlockAt.ByNumber, BlockTag {

    record ByHash(BlockHash hash) implements BlockAt {}

    record ByNumber(BlockNumber number) implements BlockAt {}

    static BlockAt hash(BlockHash hash) {
        return new ByHash(hash);
    }

    static BlockAt number(BlockNumber number) {
        return new ByNumber(number);
    }

    static BlockAt number(long number) {
        return new ByNumber(new BlockNumber(number));
    }

    /** The block parameter of a state query; a hash must be canonical (EIP-1898), so that a reorg is an error and not an old answer. */
    default Object parameter() {
        return switch (this) {
            case ByHash at -> Map.of("blockHash", at.hash().hex(), "requireCanonical", true);
            case ByNumber at -> "0x" + Long.toHexString(at.number().value());
            case BlockTag tag -> tag.word();
        };
    }
}
