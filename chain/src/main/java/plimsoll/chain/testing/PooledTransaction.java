package plimsoll.chain.testing;

import java.math.BigInteger;
import java.security.SignatureException;
import java.util.Locale;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.transaction.type.Transaction1559;
import org.web3j.utils.Numeric;
import plimsoll.units.Address;

/**
 * A signed transaction as a node reads it.
 *
 * @param hash 0x hex
 * @param data 0x hex
 */
public record PooledTransaction(
        long chainId,
        Address from,
        long nonce,
        Address to,
        String data,
        BigInteger value,
        long gasLimit,
        BigInteger maxFee,
        BigInteger maxPriorityFee,
        String hash) {

    static PooledTransaction decode(String raw) {
        if (!(TransactionDecoder.decode(raw) instanceof SignedRawTransaction signed)
                || !(signed.getTransaction() instanceof Transaction1559 tx)) {
            throw new IllegalArgumentException("Transaction is not a signed EIP-1559 transaction");
        }
        try {
            BigInteger key =
                    Sign.signedMessageToKey(TransactionEncoder.encode(signed), legacyForm(signed.getSignatureData()));
            return new PooledTransaction(
                    tx.getChainId(),
                    new Address("0x" + Keys.getAddress(key)),
                    tx.getNonce().longValueExact(),
                    new Address(tx.getTo()),
                    Numeric.prependHexPrefix(tx.getData()).toLowerCase(Locale.ROOT),
                    tx.getValue(),
                    tx.getGasLimit().longValueExact(),
                    tx.getMaxFeePerGas(),
                    tx.getMaxPriorityFeePerGas(),
                    Numeric.toHexString(Hash.sha3(Numeric.hexStringToByteArray(raw))));
        } catch (SignatureException e) {
            throw new IllegalArgumentException("Transaction's signature is wrong", e);
        }
    }

    /** Typed transactions carry the parity as 0 or 1, web3j recovers from 27 or 28. */
    private static Sign.SignatureData legacyForm(Sign.SignatureData data) {
        byte v = data.getV()[0];
        return new Sign.SignatureData(v < 27 ? (byte) (v + 27) : v, data.getR(), data.getS());
    }

    /** What only one transaction can have: a nonce of an account. */
    String slot() {
        return from.hex() + "/" + nonce;
    }

    boolean replaces(PooledTransaction rival) {
        return isTenPercentMore(maxFee, rival.maxFee) && isTenPercentMore(maxPriorityFee, rival.maxPriorityFee);
    }

    private static boolean isTenPercentMore(BigInteger offered, BigInteger before) {
        return offered.multiply(BigInteger.TEN).compareTo(before.multiply(BigInteger.valueOf(11))) >= 0;
    }
}
