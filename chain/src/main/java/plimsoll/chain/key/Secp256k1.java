package plimsoll.chain.key;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;
import plimsoll.units.Address;

/** Public keys and signatures as key services write them, read strictly. */
final class Secp256k1 {

    private static final BigInteger ORDER = Sign.CURVE_PARAMS.getN();
    private static final BigInteger HALF_ORDER = ORDER.shiftRight(1);

    /**
     * What stands before the two coordinates of an uncompressed secp256k1 key in a SubjectPublicKeyInfo (RFC 5480): the
     * sequence, the algorithm id-ecPublicKey, the curve 1.3.132.0.10 (SEC 2), the bit string, 04.
     */
    private static final byte[] SPKI = HexFormat.of().parseHex("3056301006072a8648ce3d020106052b8104000a034200" + "04");

    private static final int KEY_BYTES = 64;

    private Secp256k1() {}

    /** The two coordinates of a DER SubjectPublicKeyInfo as one number of 64 bytes. */
    static BigInteger publicKey(byte[] spki, String owner) {
        boolean ofThisCurve =
                spki.length == SPKI.length + KEY_BYTES && Arrays.equals(spki, 0, SPKI.length, SPKI, 0, SPKI.length);
        if (!ofThisCurve) {
            throw new KeyException("Key is not an uncompressed secp256k1 key: key=" + owner + " bytes=" + spki.length);
        }
        byte[] point = Arrays.copyOfRange(spki, SPKI.length - 1, spki.length); // 04 and the coordinates
        try {
            Sign.CURVE_PARAMS.getCurve().decodePoint(point);
        } catch (IllegalArgumentException e) {
            throw KeyException.corrupt("Public key is not a point of secp256k1: key=" + owner);
        }
        return new BigInteger(1, Arrays.copyOfRange(point, 1, point.length));
    }

    static Address address(BigInteger publicKey) {
        return new Address(Numeric.prependHexPrefix(Keys.getAddress(publicKey)));
    }

    /**
     * A DER signature over {@code digest} made fit for a transaction: s is brought to the lower half of the order (EIP-2;
     * its negative is as valid), and the parity is the one of the two that gives {@code publicKey} back.
     */
    static Eip1559.Signature signature(byte[] der, byte[] digest, BigInteger publicKey, String owner) {
        Der reader = new Der(der, owner);
        reader.sequence();
        BigInteger r = inRange(reader.integer(), owner);
        BigInteger s = inRange(reader.integer(), owner);
        reader.end();
        BigInteger low = s.compareTo(HALF_ORDER) > 0 ? ORDER.subtract(s) : s;
        for (int parity = 0; parity <= 1; parity++) {
            Eip1559.Signature signature = new Eip1559.Signature(BigInteger.valueOf(parity), r, low);
            if (recover(signature, digest).filter(publicKey::equals).isPresent()) {
                return signature;
            }
        }
        throw KeyException.corrupt("Signature was made by another key or over another digest: key=" + owner);
    }

    /** The public key that made a signature; absent where none can have. */
    static Optional<BigInteger> recover(Eip1559.Signature signature, byte[] digest) {
        boolean possible = isInRange(signature.r())
                && isInRange(signature.s())
                && signature.parity().bitLength() <= 1;
        if (!possible) {
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(Sign.recoverFromSignature(
                    signature.parity().intValue(), new ECDSASignature(signature.r(), signature.s()), digest));
        } catch (RuntimeException e) {
            return Optional.empty(); // no point of the curve has this r
        }
    }

    static boolean isLow(BigInteger s) {
        return s.compareTo(HALF_ORDER) <= 0;
    }

    private static boolean isInRange(BigInteger number) {
        return number.signum() > 0 && number.compareTo(ORDER) < 0;
    }

    private static BigInteger inRange(BigInteger number, String owner) {
        if (!isInRange(number)) {
            throw KeyException.corrupt("Signature's numbers are outside the order of secp256k1: key=" + owner);
        }
        return number;
    }

    /** Reads the one form that DER allows for a sequence of two integers of at most 33 bytes. */
    private static final class Der {

        private final byte[] bytes;
        private final String owner;
        private int at;

        Der(byte[] bytes, String owner) {
            this.bytes = bytes;
            this.owner = owner;
        }

        void sequence() {
            if (tagged(0x30) != bytes.length - at) {
                throw malformed();
            }
        }

        BigInteger integer() {
            int length = tagged(0x02);
            if (length == 0 || length > bytes.length - at) {
                throw malformed();
            }
            boolean negative = bytes[at] < 0;
            boolean padded = length > 1 && bytes[at] == 0 && bytes[at + 1] >= 0;
            if (negative || padded) {
                throw malformed();
            }
            at += length;
            return new BigInteger(bytes, at - length, length);
        }

        void end() {
            if (at != bytes.length) {
                throw malformed();
            }
        }

        /** The length behind a tag; every length here is below 128 and so has its short form. */
        private int tagged(int tag) {
            if (bytes.length - at < 2 || bytes[at] != tag || bytes[at + 1] < 0) {
                throw malformed();
            }
            at += 2;
            return bytes[at - 1];
        }

        private KeyException malformed() {
            return KeyException.corrupt("Signature is not DER: key=" + owner + " bytes=" + bytes.length);
        }
    }
}
