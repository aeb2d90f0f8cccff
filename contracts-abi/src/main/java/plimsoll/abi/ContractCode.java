package plimsoll.abi;

import org.web3j.crypto.Hash;

/** The name of a contract's runtime code where it has no revision number: its keccak-256, as EXTCODEHASH gives it. */
public final class ContractCode {

    private ContractCode() {}

    /** The hash as 0x hex of {@code code}, which is 0x and hex as nodes answer it. */
    public static String hash(String code) {
        return HexBytes.text(Hash.sha3(HexBytes.bytes(code)));
    }
}
