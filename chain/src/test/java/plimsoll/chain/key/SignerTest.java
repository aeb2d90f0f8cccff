package plimsoll.chain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.web3j.crypto.ECKeyPair;
import org.web3j.crypto.Wallet;
import org.web3j.crypto.exception.CipherException;
import org.web3j.protocol.ObjectMapperFactory;
import plimsoll.units.Address;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.Wei;

class SignerTest {

    /** 32 bytes of 0x46, the key of EIP-155's example; its address is stated there. */
    private static final String KEY = "46".repeat(32);

    private static final Address ADDRESS = Address.parse("0x9d8A62f656a8d1615C1294fd71e9CFb3E4855A4F");
    private static final String PASSWORD = "correct horse battery";

    @TempDir
    Path folder;

    private Path keystore = Path.of("");
    private Path passwordFile = Path.of("");

    @BeforeEach
    void writeKeystore() throws IOException, CipherException {
        var wallet = Wallet.createLight(PASSWORD, ECKeyPair.create(new BigInteger(KEY, 16)));
        keystore = Files.writeString(
                folder.resolve("key.json"),
                ObjectMapperFactory.getObjectMapper().writeValueAsString(wallet));
        passwordFile = Files.writeString(folder.resolve("password"), PASSWORD + "\n");
        for (Path file : List.of(keystore, passwordFile)) {
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-------"));
        }
    }

    @Test
    void opensAKeystoreWithItsPasswordFile() {
        assertThat(Signer.fromKeystore(keystore, passwordFile).address()).isEqualTo(ADDRESS);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0x"})
    void readsAKeyFromTheEnvironment(String prefix) {
        assertThat(Signer.fromEnvironment("KEEPER_KEY", Map.of("KEEPER_KEY", prefix + KEY))
                        .address())
                .isEqualTo(ADDRESS);
    }

    @Test
    void signsTheSameTransactionToTheSameBytes() {
        Signer signer = Signer.fromPrivateKey(KEY);
        UnsignedTransaction tx = new UnsignedTransaction(
                new ChainId(31337),
                new Nonce(7),
                GasPrice.parse("1"),
                GasPrice.parse("30"),
                new Gas(21_000),
                ADDRESS,
                Wei.parse("1"),
                "0x");

        SignedTransaction signed = signer.sign(tx);

        assertThat(signed).isEqualTo(signer.sign(tx));
        assertThat(signed.bytes()).startsWith("0x02");
    }

    @Test
    void saysThatThePasswordIsWrongAndNeverThePassword() throws IOException {
        Files.writeString(passwordFile, "wrong " + PASSWORD);

        assertFailsWithoutSecrets(() -> Signer.fromKeystore(keystore, passwordFile), "password is wrong");
    }

    @Test
    void refusesAKeystoreOrPasswordThatOthersCanRead() throws IOException {
        Files.setPosixFilePermissions(passwordFile, PosixFilePermissions.fromString("rw-r--r--"));
        assertFailsWithoutSecrets(
                () -> Signer.fromKeystore(keystore, passwordFile), "Password file is open to others: file=");

        Files.setPosixFilePermissions(keystore, PosixFilePermissions.fromString("rw-r--r--"));
        assertFailsWithoutSecrets(
                () -> Signer.fromKeystore(keystore, passwordFile), "Keystore is open to others: file=");
    }

    @Test
    void namesAMissingFile() {
        assertFailsWithoutSecrets(() -> Signer.fromKeystore(folder.resolve("none.json"), passwordFile), "none.json");
        assertFailsWithoutSecrets(() -> Signer.fromKeystore(keystore, folder.resolve("nopass")), "nopass");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{}", "[1]", "{\"version\":3}", "{\"version\":3,\"crypto\":{}}", "not json"})
    void refusesAFileThatIsNoKeystore(String content) throws IOException {
        Files.writeString(keystore, content + " ".repeat(3) + (content.startsWith("not") ? KEY : ""));

        assertFailsWithoutSecrets(() -> Signer.fromKeystore(keystore, passwordFile), "key.json");
    }

    @Test
    void refusesAMalformedKeyWithoutRepeatingIt() {
        assertFailsWithoutSecrets(() -> Signer.fromEnvironment("K", Map.of("K", KEY + "zz")), "variable K");
        assertFailsWithoutSecrets(() -> Signer.fromEnvironment("K", Map.of()), "variable=K");
        assertFailsWithoutSecrets(() -> Signer.fromPrivateKey("0".repeat(64)), "Private key");
        assertFailsWithoutSecrets(() -> Signer.fromPrivateKey("f".repeat(64)), "Private key");
    }

    @Test
    void neverShowsTheKey() {
        assertThat(Signer.fromPrivateKey(KEY).toString()).doesNotContain(KEY).contains(ADDRESS.checksummed());
    }

    private static void assertFailsWithoutSecrets(ThrowingCallable action, String words) {
        assertThatThrownBy(action)
                .isInstanceOf(KeyException.class)
                .hasMessageContaining(words)
                .hasMessageNotContaining(KEY)
                .hasMessageNotContaining(PASSWORD)
                .hasNoCause();
    }
}
