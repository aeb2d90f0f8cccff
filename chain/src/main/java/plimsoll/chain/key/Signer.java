package plimsoll.chain.key;

import java.nio.file.Path;
import java.util.Map;
import plimsoll.chain.rpc.JsonRpc;
import plimsoll.units.Address;

/** An account that can sign. */
public interface Signer {

    Address address();

    /**
     * Signs. A key in this process gives the same bytes for the same transaction each time (RFC 6979); a remote one or a
     * service need not, so nobody may count on it. Lanes do not: they store signed bytes before they send them, send only
     * stored bytes, and look for the hash of each stored attempt. A crash before the bytes were stored means that nobody
     * has seen them, and the next owner signs anew under the same nonce.
     *
     * @throws KeyException where the keeper of the key does not answer or refuses; an own key never throws
     */
    SignedTransaction sign(UnsignedTransaction transaction);

    /** The key of a V3 keystore file, opened with the first line of a password file; others may read neither (chmod 600). */
    static Signer fromKeystore(Path keystore, Path passwordFile) {
        return KeySigner.fromKeystore(keystore, passwordFile);
    }

    /** The key in an environment variable: 32 bytes of hex, with or without 0x. */
    static Signer fromEnvironment(String variable, Map<String, String> environment) {
        return KeySigner.fromEnvironment(variable, environment);
    }

    /** The key in a file that only its owner can read (chmod 600): 32 bytes of hex, with or without 0x. */
    static Signer fromKeyFile(Path file) {
        return KeySigner.fromKeyFile(file);
    }

    /** A key given in the clear, for local chains. */
    static Signer fromPrivateKey(String hex) {
        return KeySigner.fromPrivateKey(hex, "the given key");
    }

    /** A key that is made up now and stored nowhere: for trying how signing goes, with nothing at stake. */
    static Signer madeUp() {
        return KeySigner.madeUp();
    }

    /** An account of a remote signer, which must list it in {@code eth_accounts}; whatever it signs is checked. */
    static Signer remote(JsonRpc signer, Address account) {
        return RemoteSigner.open(signer, account);
    }

    /** A key that a service keeps; the account follows from its public key. */
    static Signer fromKms(KmsKey key) {
        return KmsSigner.open(key);
    }
}
