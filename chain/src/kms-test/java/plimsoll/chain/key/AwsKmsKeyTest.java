package plimsoll.chain.key;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.SignedRawTransaction;
import org.web3j.crypto.TransactionDecoder;
import plimsoll.chain.key.KeyException.Kind;
import plimsoll.chain.testing.SimulatedKms;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.retry.RetryMode;
import software.amazon.awssdk.regions.Region;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The adapter against a server on this machine that speaks AWS KMS's JSON protocol and holds a real secp256k1 key. */
class AwsKmsKeyTest {

    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String SECRET = "an access secret of this test";
    private static final String ID = "arn:aws:kms:eu-central-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab";

    private final String privateKey = "%064x".formatted(new BigInteger(250, new Random(46)).setBit(249));
    private final SimulatedKms service = new SimulatedKms(privateKey, new Random(7));
    private final List<JsonNode> asked = Collections.synchronizedList(new ArrayList<>());
    private final List<String> authorizations = Collections.synchronizedList(new ArrayList<>());
    private String spec = "ECC_SECG_P256K1";
    private int failWith;
    private String failure = "";

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private KmsKey key;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
        key = new AwsKmsKey(
                AwsKmsProvider.client()
                        .region(Region.EU_CENTRAL_1)
                        .endpointOverride(URI.create(
                                "http://127.0.0.1:" + server.getAddress().getPort()))
                        .credentialsProvider(StaticCredentialsProvider.create(
                                AwsBasicCredentials.create("ACCESSKEYOFTHETEST", SECRET)))
                        .overrideConfiguration(it -> it.retryStrategy(RetryMode.LEGACY))
                        .build(),
                ID);
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void signsTransactionsThatRecoverToTheAddressOfItsPublicKey() throws SignatureException {
        Signer signer = Signer.fromKms(key);

        for (long seed = 0; seed < 20; seed++) {
            SignedTransaction signed = signer.sign(KeySamples.any(new Random(seed)));

            SignedRawTransaction decoded = (SignedRawTransaction) TransactionDecoder.decode(signed.bytes());
            assertThat(decoded.getFrom())
                    .as("seed %d", seed)
                    .isEqualTo(signer.address().hex());
        }
        assertThat(signer.address()).isEqualTo(Signer.fromPrivateKey(privateKey).address());
        assertThat(signer.sign(KeySamples.plain()))
                .isEqualTo(Signer.fromPrivateKey(privateKey).sign(KeySamples.plain()));
    }

    @Test
    void asksForASignatureOverTheDigestAsItIs() {
        byte[] digest = new byte[32];
        digest[0] = 7;

        key.sign(digest);

        JsonNode request = asked.getFirst();
        assertThat(request.path("KeyId").stringValue()).isEqualTo(ID);
        assertThat(request.path("MessageType").stringValue()).isEqualTo("DIGEST");
        assertThat(request.path("SigningAlgorithm").stringValue()).isEqualTo("ECDSA_SHA_256");
        assertThat(Base64.getDecoder().decode(request.path("Message").stringValue()))
                .isEqualTo(digest);
        assertThat(authorizations.getFirst())
                .startsWith("AWS4-HMAC-SHA256 Credential=ACCESSKEYOFTHETEST/")
                .contains("/eu-central-1/kms/aws4_request");
    }

    @Test
    void refusesAKeyOfAnotherKind() {
        spec = "ECC_NIST_P256";

        assertThatThrownBy(() -> Signer.fromKms(key))
                .isInstanceOf(KeyException.class)
                .hasMessage("Key is not one for Ethereum signatures: key=aws:" + ID
                        + " found=ECC_NIST_P256/SIGN_VERIFY expected=ECC_SECG_P256K1/SIGN_VERIFY");
    }

    @Test
    void tellsWhatPassesFromWhatDoesNot() {
        assertFails(400, "AccessDeniedException", Kind.REJECTED);
        assertFails(400, "NotFoundException", Kind.REJECTED);
        assertFails(400, "DisabledException", Kind.REJECTED);
        assertFails(400, "ThrottlingException", Kind.TRANSIENT);
        assertFails(500, "KMSInternalException", Kind.TRANSIENT);
        assertFails(503, "DependencyTimeoutException", Kind.TRANSIENT);
        server.stop(0);
        assertThatThrownBy(() -> key.sign(new byte[32]))
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT))
                .hasMessageStartingWith("AWS KMS did not answer: key=aws:" + ID)
                .hasMessageNotContaining(SECRET)
                .hasNoCause();
    }

    @Test
    void isFoundByItsNameInABuildThatHasIt() {
        assertThatThrownBy(() -> SignerSource.Kms.parse("other:key").open(Map.of()))
                .hasMessageContaining("has=[aws]");
        assertThat(AwsKmsProvider.region(ID)).hasValue(Region.EU_CENTRAL_1);
        assertThat(AwsKmsProvider.region("alias/keeper")).isEmpty();
    }

    private void assertFails(int status, String code, Kind kind) {
        failWith = status;
        failure = "{\"__type\":\"" + code + "\",\"message\":\"not now\"}";

        assertThatThrownBy(() -> key.sign(new byte[32]))
                .as(code)
                .isInstanceOfSatisfying(
                        KeyException.class, e -> assertThat(e.kind()).isEqualTo(kind))
                .hasMessage("AWS KMS refused: key=aws:" + ID + " code=" + code + " because=not now")
                .hasNoCause();
    }

    private void answer(HttpExchange exchange) throws IOException {
        JsonNode request = JSON.readTree(exchange.getRequestBody().readAllBytes());
        asked.add(request);
        authorizations.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
        String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
        boolean fails = failWith > 0;
        String text = fails
                ? failure
                : switch (target) {
                    case "TrentService.GetPublicKey" ->
                        "{\"KeyId\":\"" + ID + "\",\"PublicKey\":\"" + base64(service.publicKey())
                                + "\",\"KeySpec\":\"" + spec + "\",\"CustomerMasterKeySpec\":\"" + spec
                                + "\",\"KeyUsage\":\"SIGN_VERIFY\",\"SigningAlgorithms\":[\"ECDSA_SHA_256\"]}";
                    case "TrentService.Sign" ->
                        "{\"KeyId\":\"" + ID + "\",\"Signature\":\""
                                + base64(service.sign(Base64.getDecoder()
                                        .decode(request.path("Message").stringValue())))
                                + "\",\"SigningAlgorithm\":\"ECDSA_SHA_256\"}";
                    default -> throw new IOException("No such action: " + target);
                };
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.1");
        exchange.sendResponseHeaders(fails ? failWith : 200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String base64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
