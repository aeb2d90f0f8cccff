package plimsoll.units;

/** The keccak-256 hash that names one transaction: 32 bytes, kept as lower-case hex with 0x. */
public record TxHash(String hex) {

    public TxHash {
        hex = Hex.require(hex, 32, "TxHash");
    }

    public static TxHash parse(String text) {
        return new TxHash(text);
    }

    @Override
    public String toString() {
        return hex;
    }
}
