package plimsoll.chain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import plimsoll.chain.testing.SimulatedKms;

class KmsSignerTest {

    private static final String PRIVATE = "46".repeat(32);
    private static final Signer KEY = Signer.fromPrivateKey(PRIVATE);

    /** The public key of 0x46…46 as OpenSSL 3.0 writes it: {@code openssl ec -inform DER -pubout -outform DER}. */
    private static final String OPENSSL = "3056301006072a8648ce3d020106052b8104000a03420004"
            + "4bc2a31265153f07e70e0bab08724e6b85e217f8cd628ceb62974247bb493382"
            + "ce28cab79ad7119ee1ad3ebcdb98a16805211530ecc6cfefa1b88e6dff99232a";

    @Test
    void hasTheAddressOfItsPublicKey() {
        byte[] spki = HexFormat.of().parseHex(OPENSSL);

        assertThat(Signer.fromKms(key(spki, digest -> digest)).address()).isEqualTo(KEY.address());
        assertThat(new SimulatedKms(PRIVATE, new Random(1)).publicKey()).isEqualTo(spki);
    }

    @Test
    void signsToTheBytesOfTheKeyItselfWhicheverHalfTheServiceChose() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            UnsignedTransaction tx = KeySamples.any(random);

            // The simulated service uses RFC 6979 too, so that only its choice of s differs.
            assertThat(Signer.fromKms(new SimulatedKms(PRIVATE, random)).sign(tx))
                    .as("seed %d", seed)
                    .isEqualTo(KEY.sign(tx));
        }
    }

    @Test
    void refusesASignatureOfAnotherKeyOrDigest() {
        KmsKey mine = new SimulatedKms(PRIVATE, new Random(1));
        KmsKey other = new SimulatedKms("47".repeat(32), new Random(1));

        assertRefusesSignature(
                _ -> other.sign(new byte[32]), "Signature was made by another key or over another digest");
        assertRefusesSignature(
                _ -> mine.sign(new byte[32]), "Signature was made by another key or over another digest");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "", // nothing
                "30", // cut off
                "3000", // no numbers
                "300602010102", // one number, and half of one
                "3006020101020101ff", // something behind
                "3081060201010201" + "01", // a long length where a short one does
                "30060201810201" + "01", // negative
                "300702020001020101", // padded
                "3006030101020101", // a bit string
                "300602010002" + "0101", // r = 0
                "3080020101020101" + "0000", // indefinite length
                "310602010102" + "0101", // a set
                "3046022100fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141"
                        + "022100fffffffffffffffffffffffffffffffebaaedce6af48a03bbfd25e8cd0364141", // r = s = n
            })
    void refusesWhatIsNoDerSignature(String hex) {
        assertRefusesSignature(_ -> HexFormat.of().parseHex(hex), "Signature");
    }

    @Test
    void neverTakesAMutatedSignature() {
        for (long seed = 0; seed < 500; seed++) {
            Random random = new Random(seed);
            assertRefusesSignature(
                    der -> {
                        byte[] mutated = der.clone();
                        mutated[random.nextInt(der.length)] ^= (byte) (1 << random.nextInt(8));
                        return mutated;
                    },
                    "Signature");
        }
    }

    @Test
    void refusesAKeyOfAnotherCurveOrForm() {
        byte[] right = new SimulatedKms(PRIVATE, new Random(1)).publicKey();
        byte[] p256 = right.clone();
        p256[18] = 0x07; // another object identifier
        byte[] offCurve = right.clone();
        offCurve[right.length - 1] ^= 1;
        byte[] compressed = Arrays.copyOf(right, right.length - 32);

        assertRefusesKey(p256, "Key is not an uncompressed secp256k1 key: key=test bytes=88");
        assertRefusesKey(compressed, "Key is not an uncompressed secp256k1 key: key=test bytes=56");
        assertRefusesKey(new byte[0], "Key is not an uncompressed secp256k1 key: key=test bytes=0");
        assertRefusesKey(offCurve, "Public key is not a point of secp256k1: key=test");
    }

    @Test
    void saysThatABuildHasNoSuchService() {
        assertThatThrownBy(() -> SignerSource.Kms.parse("nokms:some/key").open(Map.of()))
                .isInstanceOf(KeyException.class)
                .hasMessageStartingWith("This build has no such key service: provider=nokms has=[")
                .hasMessageEndingWith("; build with -Pkms");
        assertThatThrownBy(() -> SignerSource.Kms.parse("alias"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("KMS key is not PROVIDER:KEY: found=alias");
    }

    private static void assertRefusesSignature(UnaryOperator<byte[]> change, String words) {
        SimulatedKms service = new SimulatedKms(PRIVATE, new Random(1));
        Signer signer = Signer.fromKms(key(service.publicKey(), digest -> change.apply(service.sign(digest))));

        assertThatThrownBy(() -> signer.sign(KeySamples.plain()))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(KeyException.Kind.CORRUPT))
                .hasMessageStartingWith(words);
    }

    private static void assertRefusesKey(byte[] spki, String message) {
        assertThatThrownBy(() -> Signer.fromKms(key(spki, digest -> digest)))
                .isInstanceOf(KeyException.class)
                .hasMessage(message);
    }

    private static KmsKey key(byte[] spki, UnaryOperator<byte[]> signing) {
        return new KmsKey() {
            @Override
            public String name() {
                return "test";
            }

            @Override
            public byte[] publicKey() {
                return spki.clone();
            }

            @Override
            public byte[] sign(byte[] digest) {
                return signing.apply(digest);
            }
        };
    }
}
