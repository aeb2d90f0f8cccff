package plimsoll.chain.key;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Map;
import org.web3j.crypto.Credentials;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.RawTransaction;
import org.web3j.crypto.Sign;
import org.web3j.crypto.TransactionEncoder;
import org.web3j.crypto.WalletUtils;
import org.web3j.crypto.exception.CipherException;
import org.web3j.utils.Numeric;
import plimsoll.units.Address;
import plimsoll.units.TxHash;
import tools.jackson.core.JacksonException;

/** Signs with a key in this process's memory. */
final class KeySigner implements Signer, MessageSigner {

    private final Credentials credentials;
    private final Address address;

    private KeySigner(Credentials credentials) {
        this.credentials = credentials;
        this.address = new Address(credentials.getAddress());
    }

    static KeySigner fromKeystore(Path keystore, Path passwordFile) {
        String json = KeyFile.read(keystore, "Keystore");
        String password =
                KeyFile.read(passwordFile, "Password file").lines().findFirst().orElse("");
        try {
            return new KeySigner(WalletUtils.loadJsonCredentials(password, json));
        } catch (CipherException e) {
            boolean wrongPassword = String.valueOf(e.getMessage()).contains("password");
            throw new KeyException(
                    wrongPassword
                            ? "Keystore password is wrong: keystore=" + keystore + " passwordFile=" + passwordFile
                            : "Keystore is not of a kind that can be opened: keystore=" + keystore);
        } catch (IOException | JacksonException | IllegalArgumentException | NullPointerException e) {
            // web3j dereferences what a malformed file lacks
            throw new KeyException("Keystore is not a V3 keystore file: keystore=" + keystore);
        }
    }

    static KeySigner fromEnvironment(String variable, Map<String, String> environment) {
        String text = environment.get(variable);
        if (text == null || text.isBlank()) {
            throw new KeyException("Environment variable holds no key: variable=" + variable);
        }
        return fromPrivateKey(text.strip(), "environment variable " + variable);
    }

    static KeySigner fromKeyFile(Path file) {
        return fromPrivateKey(KeyFile.read(file, "Key file").strip(), "key file " + file);
    }

    static KeySigner fromPrivateKey(String text, String source) {
        String hex = text.startsWith("0x") ? text.substring(2) : text;
        boolean wellFormed = hex.length() == 64 && hex.chars().allMatch(c -> c < 128 && Character.digit(c, 16) >= 0);
        BigInteger key = wellFormed ? new BigInteger(hex, 16) : BigInteger.ZERO;
        if (key.signum() == 0 || key.compareTo(Sign.CURVE_PARAMS.getN()) >= 0) {
            throw new KeyException("Private key is not 32 bytes of hex on the curve: source=" + source);
        }
        return new KeySigner(Credentials.create(ECKeyPair.create(key)));
    }

    static KeySigner madeUp() {
        try {
            return new KeySigner(Credentials.create(Keys.createEcKeyPair()));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("This Java cannot make keys", e);
        }
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public SignedTransaction sign(UnsignedTransaction tx) {
        RawTransaction raw = RawTransaction.createTransaction(
                tx.chain().value(),
                BigInteger.valueOf(tx.nonce().value()),
                BigInteger.valueOf(tx.gasLimit().units()),
                tx.to().hex(),
                tx.value().raw(),
                tx.data(),
                tx.maxPriorityFee().raw(),
                tx.maxFee().raw());
        byte[] bytes = TransactionEncoder.signMessage(raw, credentials);
        return new SignedTransaction(TxHash.parse(Numeric.toHexString(Hash.sha3(bytes))), Numeric.toHexString(bytes));
    }

    @Override
    public String signText(String text) {
        Sign.SignatureData signature =
                Sign.signPrefixedMessage(text.getBytes(StandardCharsets.UTF_8), credentials.getEcKeyPair());
        return Numeric.toHexString(signature.getR())
                + Numeric.toHexStringNoPrefix(signature.getS())
                + Numeric.toHexStringNoPrefix(signature.getV());
    }

    @Override
    public String toString() {
        return "Signer[" + address + "]";
    }
}
