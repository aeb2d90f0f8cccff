package plimsoll.chain.key;

/** A secp256k1 key inside a service that signs digests with it and never shows it. */
public interface KmsKey {

    /** How people call the key, fit for a log. */
    String name();

    /**
     * The public key as DER SubjectPublicKeyInfo (RFC 5480).
     *
     * @throws KeyException where the service has none to give
     */
    byte[] publicKey();

    /**
     * A DER ECDSA signature over 32 bytes that are already a hash; two signatures over the same bytes may differ.
     *
     * @throws KeyException where the service does not answer, or refuses
     */
    byte[] sign(byte[] digest);
}
