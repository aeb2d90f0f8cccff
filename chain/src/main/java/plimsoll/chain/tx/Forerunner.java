package plimsoll.chain.tx;

import java.util.Locale;
import org.web3j.crypto.Hash;
import org.web3j.utils.Numeric;
import plimsoll.units.Address;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;

/**
 * Another's signed transaction that no block holds yet and that one of ours must stand behind.
 *
 * @param sender whose it is
 * @param nonce the sender's, by which it is known whether it can still happen
 * @param bytes the signed transaction as 0x hex
 */
public record Forerunner(Address sender, Nonce nonce, String bytes) {

    public Forerunner {
        if (!bytes.matches("0x([0-9a-fA-F]{2})+")) {
            throw new IllegalArgumentException(
                    "Forerunner's bytes are not 0x hex: sender=" + sender + " nonce=" + nonce);
        }
        bytes = bytes.toLowerCase(Locale.ROOT);
    }

    public TxHash hash() {
        return new TxHash(Numeric.toHexString(Hash.sha3(Numeric.hexStringToByteArray(bytes))));
    }
}
