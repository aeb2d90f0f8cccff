package plimsoll.chain.key;

import java.math.BigInteger;
import plimsoll.units.Address;

/** Signs with a key that a service keeps. Its signatures are checked against its public key, so that a wrong one never leaves. */
final class KmsSigner implements Signer {

    private final KmsKey key;
    private final BigInteger publicKey;
    private final Address address;

    private KmsSigner(KmsKey key, BigInteger publicKey) {
        this.key = key;
        this.publicKey = publicKey;
        this.address = Secp256k1.address(publicKey);
    }

    static Signer open(KmsKey key) {
        return new KmsSigner(key, Secp256k1.publicKey(key.publicKey(), key.name()));
    }

    @Override
    public Address address() {
        return address;
    }

    @Override
    public SignedTransaction sign(UnsignedTransaction tx) {
        byte[] digest = Eip1559.digest(tx);
        return Eip1559.signed(tx, Secp256k1.signature(key.sign(digest.clone()), digest, publicKey, key.name()));
    }

    @Override
    public String toString() {
        return "Signer[" + address + " in " + key.name() + "]";
    }
}
