package plimsoll.chain.key;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Map;
import plimsoll.units.Address;

/**
 * An identity that signs texts and owns nothing: relays and services know us by it. Never the key of a lane, whose signature
 * under a text could be taken for more than it says.
 */
public interface MessageSigner {

    Address address();

    /** The EIP-191 signature ("personal sign") of a text's UTF-8 bytes: r, s and v (27 or 28) as 0x hex of 65 bytes. */
    String signText(String text);

    /** The key in an environment variable: 32 bytes of hex, with or without 0x. */
    static MessageSigner fromEnvironment(String variable, Map<String, String> environment) {
        return KeySigner.fromEnvironment(variable, environment);
    }

    /** The key in a file that only its owner can read (chmod 600): 32 bytes of hex, with or without 0x. */
    static MessageSigner fromKeyFile(Path file) {
        return KeySigner.fromKeyFile(file);
    }

    /** A key given in the clear, for tests. */
    static MessageSigner fromPrivateKey(String hex) {
        return KeySigner.fromPrivateKey(hex, "the given key");
    }

    /** An identity of this process alone: enough for relays that ask for a signature and give nothing for a name. */
    static MessageSigner random() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        key[0] &= 0x7f; // below the order of the curve
        return KeySigner.fromPrivateKey(HexFormat.of().formatHex(key), "a random key");
    }
}
