package plimsoll.chain.testing;

import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.util.HexFormat;
import java.util.random.RandomGenerator;
import org.web3j.crypto.ECDSASignature;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;
import plimsoll.chain.key.KmsKey;

/** A key service in memory, as real ones behave: DER, and an s in the upper half of the order as often as not. */
public final class SimulatedKms implements KmsKey {

    private static final byte[] SPKI = HexFormat.of().parseHex("3056301006072a8648ce3d020106052b8104000a03420004");

    private final ECKeyPair pair;
    private final RandomGenerator random;

    public SimulatedKms(String privateKey, RandomGenerator random) {
        this.pair = ECKeyPair.create(new BigInteger(privateKey, 16));
        this.random = random;
    }

    @Override
    public String name() {
        return "simulated:key";
    }

    @Override
    public byte[] publicKey() {
        ByteArrayOutputStream spki = new ByteArrayOutputStream();
        spki.writeBytes(SPKI);
        spki.writeBytes(Numeric.toBytesPadded(pair.getPublicKey(), 64));
        return spki.toByteArray();
    }

    @Override
    public byte[] sign(byte[] digest) {
        ECDSASignature signature = pair.sign(digest);
        boolean high = random.nextBoolean();
        return der(signature.r, high ? Sign.CURVE_PARAMS.getN().subtract(signature.s) : signature.s);
    }

    private static byte[] der(BigInteger r, BigInteger s) {
        byte[] rBytes = r.toByteArray();
        byte[] sBytes = s.toByteArray();
        ByteArrayOutputStream der = new ByteArrayOutputStream();
        der.write(0x30);
        der.write(rBytes.length + sBytes.length + 4);
        der.write(2);
        der.write(rBytes.length);
        der.writeBytes(rBytes);
        der.write(2);
        der.write(sBytes.length);
        der.writeBytes(sBytes);
        return der.toByteArray();
    }
}
