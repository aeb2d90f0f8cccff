package plimsoll.chain.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;
import plimsoll.chain.key.MessageSigner;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcException.Kind;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;

class RelayClientTest {

    private static final MessageSigner IDENTITY = MessageSigner.fromPrivateKey("0123456789abcdef".repeat(4));
    private static final TxHash TX = TxHash.parse("0x" + "ab".repeat(32));

    private final MockWebServer server = new MockWebServer();

    @BeforeEach
    void start() throws IOException {
        server.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void signsTheVeryBytesThatItSends() throws Exception {
        answer("{\"bundleHash\":\"0x01\"}");

        Optional<String> hash = client().send(Bundle.of(List.of("0x02"), new BlockNumber(16)));

        RecordedRequest request = server.takeRequest();
        String header = String.valueOf(request.getHeaders().get("X-Flashbots-Signature"));
        assertThat(hash).hasValue("0x01");
        assertThat(header).matches("0x[0-9a-fA-F]{40}:0x[0-9a-f]{130}");
        assertThat(header).startsWith(IDENTITY.address().checksummed() + ":");
        assertThat(recovered(body(request), header.substring(43)))
                .isEqualTo(IDENTITY.address().hex());
    }

    @Test
    void writesAWholeBundleInTheReferenceClientsWords() throws Exception {
        answer("null");

        Optional<String> hash = client().send(Bundle.of(List.of("0x02aa", "0x02bb"), new BlockNumber(0xabcdef))
                .withTimes(
                        Optional.of(Instant.ofEpochSecond(1_700_000_000)),
                        Optional.of(Instant.ofEpochSecond(1_700_000_060)))
                .withMayRevert(List.of(TX))
                .withReplacement(UUID.fromString("01234567-89ab-4cde-8f01-23456789abcd")));

        assertThat(hash).isEmpty();
        assertThat(body(server.takeRequest()))
                .isEqualTo("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"eth_sendBundle\",\"params\":[{"
                        + "\"txs\":[\"0x02aa\",\"0x02bb\"],\"blockNumber\":\"0xabcdef\","
                        + "\"minTimestamp\":1700000000,\"maxTimestamp\":1700000060,"
                        + "\"revertingTxHashes\":[\"" + TX.hex() + "\"],"
                        + "\"replacementUuid\":\"01234567-89ab-4cde-8f01-23456789abcd\"}]}");
    }

    @Test
    void withdrawsByName() throws Exception {
        answer("[\"0x01\"]");

        client().cancel(UUID.fromString("01234567-89ab-4cde-8f01-23456789abcd"));

        assertThat(body(server.takeRequest()))
                .contains("\"eth_cancelBundle\"")
                .contains("[{\"replacementUuid\":\"01234567-89ab-4cde-8f01-23456789abcd\"}]");
    }

    @Test
    void readsATrialOfABundle() throws Exception {
        answer("{\"bundleGasPrice\":\"476190476193\",\"bundleHash\":\"0x01\",\"coinbaseDiff\":\"20000000000126000\","
                + "\"results\":[{\"txHash\":\"" + TX.hex() + "\",\"gasUsed\":21000,\"value\":\"0x\"},"
                + "{\"txHash\":\"" + TX.hex()
                + "\",\"gasUsed\":21001,\"error\":\"execution reverted\",\"revert\":\"no\"}],"
                + "\"stateBlockNumber\":5221585,\"totalGasUsed\":42001}");

        BundleSimulation trial =
                client().simulate(Bundle.of(List.of("0x02"), new BlockNumber(17)), new BlockNumber(16));

        assertThat(trial.succeeds()).isFalse();
        assertThat(trial.builderGains()).isEqualTo(Wei.ofRaw(20_000_000_000_126_000L));
        assertThat(trial.gasPrice()).isEqualTo(GasPrice.ofRaw(476_190_476_193L));
        assertThat(trial.gasUsed()).isEqualTo(new Gas(42_001));
        assertThat(trial.outcomes())
                .containsExactly(
                        new BundleSimulation.Outcome(TX, new Gas(21_000), Optional.empty()),
                        new BundleSimulation.Outcome(TX, new Gas(21_001), Optional.of("execution reverted")));
        assertThat(body(server.takeRequest()))
                .contains("{\"txs\":[\"0x02\"],\"blockNumber\":\"0x11\",\"stateBlockNumber\":\"0x10\"}");
    }

    @Test
    void readsWhatHasBecomeOfABundle() {
        answer("{\"isSimulated\":true,\"isHighPriority\":false,\"consideredByBuildersAt\":[{},{}],"
                + "\"sealedByBuildersAt\":[{}]}");

        assertThat(client().stats("0x01", new BlockNumber(16))).isEqualTo(new BundleStats(true, false, 2, 1));
    }

    @Test
    void callsATrialThatIsNoneCorrupt() {
        answer("{\"results\":[{\"txHash\":\"0x\"}]}");

        assertThatThrownBy(
                        () -> client().simulate(Bundle.of(List.of("0x02"), new BlockNumber(17)), new BlockNumber(16)))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.CORRUPT));
    }

    @Test
    void tellsARefusalFromAFailure() {
        server.enqueue(new MockResponse(403, okhttp3.Headers.of(), "signer address must match"));
        server.enqueue(new MockResponse(503, okhttp3.Headers.of(), ""));
        Bundle bundle = Bundle.of(List.of("0x02"), new BlockNumber(16));

        assertThatThrownBy(() -> client().send(bundle))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REJECTED));
        assertThatThrownBy(() -> client().send(bundle))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.kind()).isEqualTo(Kind.TRANSIENT));
    }

    private void answer(String result) {
        server.enqueue(new MockResponse(
                200, okhttp3.Headers.of(), "{\"jsonrpc\":\"2.0\",\"id\":1,\"result\":" + result + "}"));
    }

    private RelayClient client() {
        return new RelayClient(RpcSettings.of(server.url("/").toString()), IDENTITY);
    }

    private static String body(RecordedRequest request) {
        return request.getBody() == null ? "" : request.getBody().utf8();
    }

    /** Who signed, found as a relay finds it. */
    private static String recovered(String body, String signature) throws SignatureException {
        String text = Numeric.toHexString(Hash.sha3(body.getBytes(StandardCharsets.UTF_8)));
        BigInteger key = Sign.signedPrefixedMessageToKey(
                text.getBytes(StandardCharsets.UTF_8), Sign.signatureDataFromHex(signature));
        return "0x" + Keys.getAddress(key);
    }
}
