package plimsoll.chain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.chain.testing.SimulatedKms;
import plimsoll.chain.testing.SimulatedSigner;
import plimsoll.units.ChainId;

/** Every way in which a signer can fail, with its secrets at hand; none may show in a message, a trace or a text form. */
class SecrecyTest {

    private static final String KEY = "4c0883a69102937d6231471b5dbb6204fe5129617082792ae468d01a3f362318";
    private static final String PASSWORD = "correct-horse-battery-staple";
    private static final String TOKEN = "s3cretTokenOfTheSigner";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void noFailureShowsASecret() throws IOException {
        Map<String, ThrowingCallable> failures = new LinkedHashMap<>();
        files(failures);
        variables(failures);
        remotes(failures);
        services(failures);

        failures.forEach((what, action) -> {
            Throwable failure = catchThrowable(action);
            assertThat(failure).as(what).isNotNull();
            assertSecret(what, printed(failure));
        });
        assertThat(failures).hasSizeGreaterThan(20);
    }

    @Test
    void noTextFormShowsASecret() {
        Signer key = Signer.fromPrivateKey(KEY);
        RpcSettings rpc = RpcSettings.of("https://user:" + PASSWORD + "@localhost:9/" + TOKEN + "?key=" + KEY);
        SignerSource remote = new SignerSource.Remote(rpc, key.address());

        for (Object shown : List.of(
                key,
                MessageSigner.fromPrivateKey(KEY),
                Signer.fromKms(new SimulatedKms(KEY, new Random(1))),
                Signer.remote(new SimulatedSigner(new ChainId(1), key), key.address()),
                remote,
                new SignerSource.Variable("KEEPER_KEY"))) {
            assertSecret(shown.getClass().getSimpleName(), shown.toString());
        }
    }

    private void files(Map<String, ThrowingCallable> failures) throws IOException {
        Path open = file("open", KEY, "rw-r--r--");
        Path password = file("password", PASSWORD + "\n", "rw-------");
        failures.put("open key file", () -> Signer.fromKeyFile(open));
        for (String content :
                List.of(KEY + "00", KEY.substring(1), KEY + "\n" + KEY, "0x0x" + KEY, "key=" + KEY, "{" + KEY)) {
            Path key = file("key" + failures.size(), content, "rw-------");
            failures.put("malformed key file " + failures.size(), () -> Signer.fromKeyFile(key));
            failures.put("malformed identity " + failures.size(), () -> MessageSigner.fromKeyFile(key));
            failures.put("key file as keystore " + failures.size(), () -> Signer.fromKeystore(key, password));
        }
        for (String json : List.of(
                "{\"version\":3,\"crypto\":{\"ciphertext\":\"" + KEY + "\"}}",
                "{\"version\":3,\"crypto\":\"" + KEY + "\"}",
                "{\"version\":\"" + KEY + "\"}",
                "[\"" + KEY + "\"",
                "{\"version\":3,\"id\":\"" + KEY + "\",\"crypto\":{\"cipher\":\"" + KEY + "\",\"kdf\":\"" + KEY
                        + "\"}}")) {
            Path keystore = file("keystore" + failures.size(), json, "rw-------");
            failures.put("malformed keystore " + failures.size(), () -> Signer.fromKeystore(keystore, password));
        }
        failures.put("missing password", () -> Signer.fromKeystore(password, folder.resolve("none")));
    }

    private static void variables(Map<String, ThrowingCallable> failures) {
        for (String text : List.of(KEY + "1", KEY.toUpperCase(Locale.ROOT) + "zz", "0x", "'" + KEY + "'")) {
            failures.put("malformed variable " + failures.size(), () -> Signer.fromEnvironment("K", Map.of("K", text)));
        }
        failures.put("malformed given key", () -> Signer.fromPrivateKey(KEY + KEY));
    }

    private static void remotes(Map<String, ThrowingCallable> failures) {
        Signer key = Signer.fromPrivateKey(KEY);
        UnsignedTransaction tx = KeySamples.plain();
        for (RpcException.Kind kind : RpcException.Kind.values()) {
            SimulatedSigner remote = new SimulatedSigner(tx.chain(), key);
            Signer signer = Signer.remote(remote, key.address());
            remote.failing(new RpcException(kind, -32000, "Node refused: no", Optional.empty()));
            failures.put("remote " + kind, () -> signer.sign(tx));
        }
        failures.put(
                "remote that signs with another key",
                () -> Signer.remote(
                                new SimulatedSigner(tx.chain(), key)
                                        .signingWith(Signer.fromPrivateKey("46".repeat(32))),
                                key.address())
                        .sign(tx));
        // Port 9 of this machine: nobody listens, and the address holds three secrets.
        failures.put("remote behind a secret address", () -> {
            String url = "http://user:" + PASSWORD + "@127.0.0.1:9/" + TOKEN + "?key=" + KEY;
            try (RpcClient client = new RpcClient(RpcSettings.of(url))) {
                Signer.remote(client, key.address());
            }
        });
    }

    private static void services(Map<String, ThrowingCallable> failures) {
        SimulatedKms service = new SimulatedKms(KEY, new Random(1));
        failures.put(
                "service with a wrong signature",
                () -> Signer.fromKms(new KmsKey() {
                            @Override
                            public String name() {
                                return service.name();
                            }

                            @Override
                            public byte[] publicKey() {
                                return service.publicKey();
                            }

                            @Override
                            public byte[] sign(byte[] digest) {
                                return HexFormat.of().parseHex(KEY);
                            }
                        })
                        .sign(KeySamples.plain()));
        failures.put("unknown service", () -> new SignerSource.Kms("nobody", "alias/x").open(Map.of("K", KEY)));
    }

    private Path file(String name, String content, String mode) throws IOException {
        Path file = Files.writeString(folder.resolve(name), content);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(mode));
        return file;
    }

    /** Message and trace, with every cause and everything suppressed. */
    private static String printed(Throwable failure) {
        StringWriter text = new StringWriter();
        failure.printStackTrace(new PrintWriter(text, true));
        return text.toString();
    }

    private static void assertSecret(String what, String shown) {
        byte[] key = HexFormat.of().parseHex(KEY);
        assertThat(shown.toLowerCase(Locale.ROOT))
                .as(what)
                .doesNotContain(KEY.substring(1, 63))
                .doesNotContain(PASSWORD)
                .doesNotContain(TOKEN.toLowerCase(Locale.ROOT));
        assertThat(shown)
                .as(what)
                .doesNotContain(new BigInteger(1, key).toString())
                .doesNotContain(Base64.getEncoder().encodeToString(key));
    }
}
