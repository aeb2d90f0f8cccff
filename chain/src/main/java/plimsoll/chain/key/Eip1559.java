package plimsoll.chain.key;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import org.web3j.crypto.Hash;
import org.web3j.rlp.RlpEncoder;
import org.web3j.rlp.RlpList;
import org.web3j.rlp.RlpString;
import org.web3j.rlp.RlpType;
import org.web3j.utils.Numeric;
import plimsoll.units.TxHash;

/**
 * The bytes of an EIP-1559 transaction: 0x02 and then the RLP list of the nine fields below, followed by the signature's
 * parity, r and s in a signed one. Source: eips.ethereum.org/EIPS/eip-1559.
 */
final class Eip1559 {

    static final byte TYPE = 2;
    static final List<String> FIELDS = List.of(
            "chainId",
            "nonce",
            "maxPriorityFeePerGas",
            "maxFeePerGas",
            "gasLimit",
            "to",
            "value",
            "data",
            "accessList");

    private Eip1559() {}

    /** The hash that is signed. */
    static byte[] digest(UnsignedTransaction tx) {
        return Hash.sha3(typed(items(tx)));
    }

    static SignedTransaction signed(UnsignedTransaction tx, Signature signature) {
        List<RlpType> items = items(tx);
        items.add(RlpString.create(signature.parity()));
        items.add(RlpString.create(signature.r()));
        items.add(RlpString.create(signature.s()));
        byte[] bytes = typed(items);
        return new SignedTransaction(TxHash.parse(Numeric.toHexString(Hash.sha3(bytes))), Numeric.toHexString(bytes));
    }

    /** Each field of {@link #FIELDS} as RLP writes it. */
    static List<byte[]> encodedFields(UnsignedTransaction tx) {
        return items(tx).stream().map(RlpEncoder::encode).toList();
    }

    private static List<RlpType> items(UnsignedTransaction tx) {
        List<RlpType> items = new ArrayList<>();
        items.add(RlpString.create(tx.chain().value()));
        items.add(RlpString.create(tx.nonce().value()));
        items.add(RlpString.create(tx.maxPriorityFee().raw()));
        items.add(RlpString.create(tx.maxFee().raw()));
        items.add(RlpString.create(tx.gasLimit().units()));
        items.add(RlpString.create(Numeric.hexStringToByteArray(tx.to().hex())));
        items.add(RlpString.create(tx.value().raw()));
        items.add(RlpString.create(Numeric.hexStringToByteArray(tx.data())));
        items.add(new RlpList());
        return items;
    }

    private static byte[] typed(List<RlpType> items) {
        byte[] list = RlpEncoder.encode(new RlpList(items));
        byte[] bytes = new byte[list.length + 1];
        bytes[0] = TYPE;
        System.arraycopy(list, 0, bytes, 1, list.length);
        return bytes;
    }

    /** An ECDSA signature over secp256k1 with what tells which of two public keys made it. */
    record Signature(BigInteger parity, BigInteger r, BigInteger s) {}
}
