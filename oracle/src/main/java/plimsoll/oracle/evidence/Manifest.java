package plimsoll.oracle.evidence;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Hash;

/**
 * What a calibration took in and gave out, with a hash that a proposal names.
 *
 * <p>The hash is keccak-256 over the canonical JSON of {@code content} alone, so that a contract can check it; the
 * environment (JDK, operating system, processors) stands beside it, unhashed.
 */
public final class Manifest {

    /** Raised when the same inputs would give other bytes than before. */
    public static final String FORMAT = "plimsoll.manifest/2";

    private final TreeMap<String, Object> content;
    private final String canonical;

    private Manifest(Map<String, Object> content) {
        this.content = new TreeMap<>(content);
        this.canonical = CanonicalJson.write(this.content);
    }

    public static Manifest of(Map<String, Object> content) {
        TreeMap<String, Object> whole = new TreeMap<>(content);
        whole.put("format", FORMAT);
        // Read back at once, so that a manifest made and a manifest read are the same values.
        return new Manifest(object(CanonicalJson.read(CanonicalJson.write(whole)), "content"));
    }

    /** Reads a manifest file; a content that does not give its stated hash is refused. */
    public static Manifest read(String file) {
        Claim claim = claim(file);
        if (!claim.isConsistent()) {
            throw new IllegalArgumentException("Manifest does not give its own hash: stated=" + claim.statedHash()
                    + " found=" + claim.manifest().hash());
        }
        return claim.manifest();
    }

    /** Reads a manifest file without believing its hash. */
    public static Claim claim(String file) {
        Map<String, Object> outer = object(CanonicalJson.read(file), "file");
        Map<String, Object> content = object(outer.get("content"), "content");
        if (!FORMAT.equals(content.get("format"))) {
            throw new IllegalArgumentException(
                    "Manifest has another format: found=" + content.get("format") + " allowed=" + FORMAT);
        }
        return new Claim(new Manifest(content), String.valueOf(outer.get("hash")));
    }

    /** What a file says that it is. */
    public record Claim(Manifest manifest, String statedHash) {

        public boolean isConsistent() {
            return manifest.hash().equals(statedHash);
        }
    }

    /** The file: content, its hash, and the machine that it was made on, itself canonical. */
    public String file(Map<String, Object> environment) {
        return CanonicalJson.write(Map.of("content", content, "hash", hash(), "environment", environment)) + "\n";
    }

    /** keccak-256 of the canonical bytes: 0x and 64 digits. */
    public String hash() {
        return Hash.sha3String(canonical);
    }

    public String canonical() {
        return canonical;
    }

    public byte[] bytes() {
        return canonical.getBytes(StandardCharsets.UTF_8);
    }

    public Map<String, Object> content() {
        return content;
    }

    /** Where another manifest first differs: a path such as {@code results[0].model.name} and both values. */
    public Optional<String> firstDifference(Manifest other) {
        return Difference.first("", content, other.content);
    }

    @SuppressWarnings("unchecked") // the reader makes only maps with string keys
    static Map<String, Object> object(@Nullable Object value, String name) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("Manifest has no object named " + name);
    }
}
