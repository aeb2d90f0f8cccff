package plimsoll.chain.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.chain.key.MessageSigner;
import plimsoll.chain.key.Signer;
import plimsoll.chain.key.UnsignedTransaction;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.devnet.artefact.ReferenceClient;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;
import plimsoll.units.Gas;
import plimsoll.units.GasPrice;
import plimsoll.units.Nonce;
import plimsoll.units.TxHash;
import plimsoll.units.Wei;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * What we send to a relay beside what the reference client sends: @flashbots/ethers-provider-bundle 1.0.0 on ethers 6.7.1,
 * the same bundle and the same identity.
 */
class ReferenceSigningTest {

    private static final String KEY = "0x" + "0123456789abcdef".repeat(4);
    private static final MessageSigner IDENTITY = MessageSigner.fromPrivateKey(KEY);
    private static final UUID NAME = UUID.fromString("01234567-89ab-4cde-8f01-23456789abcd");
    private static final BlockNumber TARGET = new BlockNumber(0xabcdef);
    private static final String LETTERS = "{}[]\",:0xäß漢 ";
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private record Heard(String header, String body) {

        /** The request without its number, which each client counts for itself. */
        JsonNode request() {
            ObjectNode json = (ObjectNode) JSON.readTree(body);
            json.remove("id");
            return json;
        }
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    private final List<Heard> heard = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", this::answer);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    @Test
    void sendsTheSameRequestsUnderTheSameSignature() throws Exception {
        ReferenceClient reference = ReferenceClient.prepare();
        List<String> txs = List.of(transaction(0), transaction(1));
        TxHash mayRevert = TxHash.parse("0x" + "ab".repeat(32));
        String bundle = "{\"txs\":[\"" + txs.get(0) + "\",\"" + txs.get(1) + "\"],\"block\":" + TARGET
                + ",\"state\":1,\"options\":{\"minTimestamp\":1700000000,\"maxTimestamp\":1700000060,"
                + "\"revertingTxHashes\":[\"" + mayRevert.hex() + "\"],\"replacementUuid\":\"" + NAME + "\"}}";

        reference.send(folder, url(), KEY, bundle);
        List<Heard> theirs = List.copyOf(heard);
        heard.clear();
        try (RelayClient client = new RelayClient(RpcSettings.of(url()), IDENTITY)) {
            Bundle same = Bundle.of(txs, TARGET)
                    .withTimes(
                            Optional.of(Instant.ofEpochSecond(1_700_000_000)),
                            Optional.of(Instant.ofEpochSecond(1_700_000_060)))
                    .withMayRevert(List.of(mayRevert))
                    .withReplacement(NAME);
            client.send(same);
            client.simulate(same, new BlockNumber(1));
            client.cancel(NAME);
        }

        assertThat(theirs).hasSize(3);
        assertThat(heard)
                .extracting(Heard::request)
                .containsExactlyElementsOf(theirs.stream().map(Heard::request).toList());
        assertThat(theirs)
                .allSatisfy(request -> assertThat(signed(request.body())).isEqualTo(request.header()));
        for (Heard ours : heard) {
            assertThat(ours.header()).isEqualTo(reference.header(folder, KEY, ours.body()));
        }
    }

    @Test
    void signsAnyBodyToTheSameHeader() throws Exception {
        ReferenceClient reference = ReferenceClient.prepare();
        for (long seed = 0; seed < 5; seed++) {
            Random random = new Random(seed);
            StringBuilder body = new StringBuilder();
            for (int i = 0; i < random.nextInt(200); i++) {
                body.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
            }

            assertThat(signed(body.toString()))
                    .as("seed %d", seed)
                    .isEqualTo(reference.header(folder, KEY, body.toString()));
        }
    }

    private static String signed(String body) {
        return RelayClient.signature(body.getBytes(StandardCharsets.UTF_8), IDENTITY);
    }

    private String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        heard.add(new Heard(String.valueOf(exchange.getRequestHeaders().getFirst("X-Flashbots-Signature")), body));
        String result =
                "{\"bundleHash\":\"0x01\",\"bundleGasPrice\":\"1\",\"coinbaseDiff\":\"1\",\"ethSentToCoinbase\":\"0\","
                        + "\"gasFees\":\"1\",\"results\":[],\"stateBlockNumber\":1,\"totalGasUsed\":1}";
        byte[] answer = ("{\"jsonrpc\":\"2.0\",\"id\":" + JSON.readTree(body).get("id") + ",\"result\":" + result + "}")
                .getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", "application/json");
        exchange.sendResponseHeaders(200, answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    private static String transaction(long nonce) {
        return Signer.fromPrivateKey("46".repeat(32))
                .sign(new UnsignedTransaction(
                        new ChainId(31337),
                        new Nonce(nonce),
                        GasPrice.parse("1"),
                        GasPrice.parse("30"),
                        new Gas(21_000),
                        Address.ZERO,
                        Wei.parse("1"),
                        "0x"))
                .bytes();
    }
}
