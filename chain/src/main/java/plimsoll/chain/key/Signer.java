package plimsoll.chain.key;

import java.nio.file.Path;
import java.util.Map;
import plimsoll.units.Address;

/** An account that can sign. */
public interface Signer {

    Address address();

    /** Signs; the same transaction always gives the same bytes (RFC 6979), so signing again after a crash is harmless. */
    SignedTransaction sign(UnsignedTransaction transaction);

    /** The key of a V3 keystore file, opened with the first line of a password file. */
    static Signer fromKeystore(Path keystore, Path passwordFile) {
        return KeySigner.fromKeystore(keystore, passwordFile);
    }

    /** The key in an environment variable: 32 bytes of hex, with or without 0x. */
    static Signer fromEnvironment(String variable, Map<String, String> environment) {
        return KeySigner.fromEnvironment(variable, environment);
    }

    /** A key given in the clear, for local chains. */
    static Signer fromPrivateKey(String hex) {
        return KeySigner.fromPrivateKey(hex, "the given key");
    }
}
