package plimsoll.chain.auction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import plimsoll.chain.key.MessageSigner;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.units.BlockNumber;
import plimsoll.units.TxHash;

/** MEV-Share's two sides over real sockets: the stream of hints and the bundles, in the words of docs.flashbots.net. */
class MevShareAuctionTest {

    private static final MessageSigner IDENTITY = MessageSigner.fromPrivateKey("0123456789abcdef".repeat(4));
    private static final String KEY = "s3cr3t-k3y-of-ours";
    private static final int LARGEST = 4_096;

    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockingQueue<String> script = new LinkedBlockingQueue<>();
    private final List<String> bodies = new ArrayList<>();
    private final List<String> signatures = new ArrayList<>();
    private final Semaphore news = new Semaphore(0);
    private volatile String answer = "";
    private volatile int status = 200;

    @SuppressWarnings("NullAway.Init")
    private HttpServer server;

    @SuppressWarnings("NullAway.Init")
    private MevShareAuction auction;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/hints", this::stream);
        server.createContext("/bundles", this::bundle);
        server.setExecutor(threads);
        server.start();
        String url = "http://127.0.0.1:" + server.getAddress().getPort();
        auction = new MevShareAuction(
                RpcSettings.of(url + "/hints/" + KEY).withMaxResponseBytes(LARGEST),
                RpcSettings.of(url + "/bundles/" + KEY),
                IDENTITY,
                InstantSource.system());
    }

    @AfterEach
    void stop() {
        auction.close();
        script.add("end");
        server.stop(0);
        threads.close();
    }

    @Test
    void tellsWhatIsOfferedInItsOrder() throws InterruptedException {
        auction.listen(news::release);

        script.add(":ping\n\n");
        script.add("data: " + hint(1) + "\n\n");
        script.add("event: message\r\nid: 7\r\ndata:" + hint(2) + "\r\n\r\n");
        await(2);

        assertThat(auction.take()).extracting(OfferedUpdate::reference).containsExactly(hash(1), hash(2));
        assertThat(auction.take()).isEmpty();
        assertThat(auction.tally()).isEqualTo(new AuctionTally(2, 0, 0, 0));
    }

    @Test
    void passesOverWhatCannotBeReadAndWhatIsTooLarge() throws InterruptedException {
        auction.listen(news::release);

        script.add("data: not json\n\n");
        script.add("data: {\"hash\":\"" + "0".repeat(LARGEST) + "\"}\n\n");
        script.add("data: {\n".repeat(LARGEST) + "\n");
        script.add("data: {\"hash\":\"" + hash(9).hex() + "\",\"logs\":null,\"txs\":null}\n\n"); // tells nothing
        script.add("data: " + hint(1) + "\n\n");
        await(1);

        assertThat(auction.take()).extracting(OfferedUpdate::reference).containsExactly(hash(1));
        assertThat(auction.tally()).isEqualTo(new AuctionTally(5, 3, 0, 0));
    }

    @Test
    void listensAgainAfterTheStreamBroke() throws InterruptedException {
        auction.listen(news::release);
        script.add("data: " + hint(1) + "\n\n");
        await(1);

        script.add("end");
        script.add("data: " + hint(2) + "\n\n");
        await(1);

        assertThat(auction.take()).extracting(OfferedUpdate::reference).containsExactly(hash(1), hash(2));
        assertThat(auction.tally().outages()).isEqualTo(1);
    }

    @Test
    void forgetsTheOldestOffersWhereNobodyTakes() throws InterruptedException {
        auction.listen(news::release);
        StringBuilder many = new StringBuilder();
        for (int i = 0; i < 1_030; i++) {
            many.append("data: ").append(hint(i)).append("\n\n");
        }

        script.add(many.toString());
        await(1_030);

        List<OfferedUpdate> left = auction.take();
        assertThat(left).hasSize(1_024);
        assertThat(left.getFirst().reference()).isEqualTo(hash(6));
        assertThat(auction.tally().forgotten()).isEqualTo(6);
    }

    @Test
    void bidsWithTheReferenceAndOneTransactionForOneBlock() {
        answer = "\"result\":{\"bundleHash\":\"0x" + "be".repeat(32) + "\"}";

        BidAnswer given = auction.bid(new SignedBid(hash(1), "0x02aa", new BlockNumber(0x10)));

        assertThat(given).isEqualTo(new BidAnswer.Accepted(Optional.of("0x" + "be".repeat(32))));
        assertThat(bodies)
                .containsExactly("{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"mev_sendBundle\",\"params\":[{"
                        + "\"version\":\"v0.1\",\"inclusion\":{\"block\":\"0x10\",\"maxBlock\":\"0x10\"},"
                        + "\"body\":[{\"hash\":\"" + hash(1).hex() + "\"},{\"tx\":\"0x02aa\",\"canRevert\":false}]}]}");
        assertThat(signatures.getFirst()).startsWith(IDENTITY.address().checksummed() + ":0x");
    }

    @Test
    void saysWhyABidIsRefused() {
        answer = "\"error\":{\"code\":-32000,\"message\":\"invalid inclusion\"}";

        assertThat(auction.bid(new SignedBid(hash(1), "0x02aa", new BlockNumber(16))))
                .isEqualTo(new BidAnswer.Refused("Node refused: invalid inclusion (code -32000)"));
    }

    @Test
    void failsWhereNobodyKnowsWhetherTheBidArrived() {
        status = 503;

        assertThatThrownBy(() -> auction.bid(new SignedBid(hash(1), "0x02aa", new BlockNumber(16))))
                .isInstanceOfSatisfying(
                        RpcException.class, e -> assertThat(e.isTransient()).isTrue())
                .message()
                .doesNotContain(KEY);
    }

    @Test
    void neverShowsTheKeyInItsAddresses() {
        assertThat(auction.name() + auction).doesNotContain(KEY);
    }

    private void await(int offers) throws InterruptedException {
        assertThat(news.tryAcquire(offers, 20, TimeUnit.SECONDS)).isTrue();
    }

    private static TxHash hash(int number) {
        return TxHash.parse("0x" + "%064x".formatted(number));
    }

    private static String hint(int number) {
        return "{\"hash\":\"" + hash(number).hex() + "\",\"logs\":null,\"txs\":[{\"to\":"
                + "\"0x45ab36b69e02e59d3c49b863b31f530c991dd554\",\"functionSelector\":\"0x6fadcf72\","
                + "\"callData\":\"0x6fadcf72\"}]}";
    }

    /** Writes what the script says until it says that the stream ends. */
    private void stream(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            for (String next = script.take(); !next.equals("end"); next = script.take()) {
                exchange.getResponseBody().write(next.getBytes(StandardCharsets.UTF_8));
                exchange.getResponseBody().flush();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void bundle(HttpExchange exchange) {
        try (exchange) {
            bodies.add(new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
            signatures.add(exchange.getRequestHeaders().getFirst("X-Flashbots-Signature"));
            byte[] bytes = ("{\"jsonrpc\":\"2.0\",\"id\":1," + answer + "}").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, bytes.length);
            exchange.getResponseBody().write(bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
