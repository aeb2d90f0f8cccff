package plimsoll.devnet.artefact;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Names a cache folder by what went into it. */
final class ContentHash {

    private static final int KEY_DIGITS = 16;

    private final MessageDigest digest = algorithm("SHA-256");

    /** Adds one part; its length goes in first, so that moving a letter between parts changes the hash. */
    ContentHash add(String part) {
        byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
        digest.update((bytes.length + ":").getBytes(StandardCharsets.UTF_8));
        digest.update(bytes);
        return this;
    }

    String key() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, KEY_DIGITS);
    }

    static byte[] digest(String algorithm, InputStream bytes) throws IOException {
        DigestInputStream stream = new DigestInputStream(bytes, algorithm(algorithm));
        stream.transferTo(OutputStream.nullOutputStream());
        return stream.getMessageDigest().digest();
    }

    private static MessageDigest algorithm(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has " + name, e);
        }
    }
}
