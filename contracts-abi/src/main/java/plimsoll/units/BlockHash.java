package plimsoll.units;

/** The keccak-256 hash that names one block: 32 bytes, kept as lower-case hex with 0x. */
public record BlockHash(String hex) {

    public BlockHash {
        hex = Hex.require(hex, 32, "BlockHash");
    }

    public static BlockHash parse(String text) {
        return new BlockHash(text);
    }

    @Override
    public String toString() {
        return hex;
    }
}
