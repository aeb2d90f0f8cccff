package plimsoll.units;

import org.web3j.crypto.Keys;

/** The 20-byte name of an account or contract, kept as lower-case hex with 0x; a mixed-case text must carry a right EIP-55 checksum. */
public record Address(String hex) implements Comparable<Address> {

    public static final Address ZERO = new Address("0x0000000000000000000000000000000000000000");

    public Address {
        hex = Hex.require(hex, 20, "Address");
    }

    /** Reads an address; mixed case is checked against EIP-55, so that a mistyped digit is found. */
    public static Address parse(String text) {
        Address address = new Address(text);
        String digits = text.substring(2);
        boolean mixed = digits.chars().anyMatch(c -> c >= 'a' && c <= 'f')
                && digits.chars().anyMatch(c -> c >= 'A' && c <= 'F');
        if (mixed && !address.checksummed().equals(text)) {
            throw new IllegalArgumentException(
                    "Address fails its EIP-55 checksum: found=" + text + " expected=" + address.checksummed());
        }
        return address;
    }

    public String checksummed() {
        return Keys.toChecksumAddress(hex);
    }

    @Override
    public int compareTo(Address other) {
        return hex.compareTo(other.hex);
    }

    @Override
    public String toString() {
        return checksummed();
    }
}
