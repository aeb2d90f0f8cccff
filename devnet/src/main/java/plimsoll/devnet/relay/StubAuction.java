package plimsoll.devnet.relay;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.web3j.crypto.Hash;
import plimsoll.chain.call.Call;
import plimsoll.chain.key.SignedTransaction;
import plimsoll.chain.rpc.JsonRpc;

/**
 * An MEV-Share node on this machine, and the builder behind it. It hides transactions, tells everybody who listens as much of each as it is
 * told to, takes bids of one transaction behind one of them, and builds blocks when told.
 */
public final class StubAuction implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockBuilder builder;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final List<HttpExchange> listeners = new CopyOnWriteArrayList<>();
    private final Map<String, String> hidden = new LinkedHashMap<>();
    private final List<HeldBundle> bids = new ArrayList<>();
    private int forgeries;

    private StubAuction(HttpServer server, JsonRpc node) {
        this.server = server;
        this.builder = new BlockBuilder(node);
    }

    /** Listens on a free port of this machine; {@code node} is an anvil that mines only when told. */
    public static StubAuction start(JsonRpc node) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            StubAuction auction = new StubAuction(server, node);
            server.createContext("/hints", auction::listen);
            server.createContext("/bundles", auction::take);
            server.setExecutor(auction.threads);
            server.start();
            return auction;
        } catch (IOException e) {
            throw new UncheckedIOException("Stub auction cannot listen", e);
        }
    }

    public String hintsUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/hints";
    }

    public String bundlesUrl() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/bundles";
    }

    /** How many listen; whoever comes later does not hear what was offered before. */
    public int listeners() {
        return listeners.size();
    }

    /** Hides a transaction, and tells its receiver and data, and its sender where {@code told} has one. */
    public void offer(SignedTransaction transaction, Call told) {
        String reference = Hash.sha3(transaction.hash().hex());
        synchronized (this) {
            hidden.put(reference, transaction.bytes());
        }
        var hint = JSON.createObjectNode().put("to", told.to().hex());
        hint.put("functionSelector", told.data().substring(0, 10));
        hint.put("callData", told.data());
        told.from().ifPresent(sender -> hint.put("from", sender.hex()));
        var event = JSON.createObjectNode().put("hash", reference);
        event.putNull("logs");
        event.putArray("txs").add(hint);
        byte[] text = ("data: " + event + "\n\n").getBytes(StandardCharsets.UTF_8);
        for (HttpExchange listener : List.copyOf(listeners)) {
            try {
                listener.getResponseBody().write(text);
                listener.getResponseBody().flush();
            } catch (IOException e) {
                listeners.remove(listener);
            }
        }
    }

    /** The bids for the next block, each the hidden transaction and the bidder's. */
    public synchronized List<HeldBundle> bids() {
        long next = builder.nextBlock();
        return bids.stream().filter(bid -> bid.target() == next).toList();
    }

    /** How many bids came, for whatever block. */
    public synchronized int taken() {
        return bids.size();
    }

    /** How many bids came without a right signature. */
    public synchronized int forgeries() {
        return forgeries;
    }

    /** Builds the next block with the newest bid for it; how many bids are in it. */
    public synchronized int mine() {
        List<HeldBundle> candidates = new ArrayList<>();
        bids().stream().reduce((_, newest) -> newest).ifPresent(candidates::add);
        int won = builder.build(candidates);
        if (won == 0) {
            throw new IllegalStateException("No bid could be won: bids=" + candidates.size());
        }
        hidden.clear();
        return won;
    }

    /** Builds the next block with what is hidden, and without any bid, as if somebody who is not seen had not used the place. */
    public synchronized void mineWithoutBids() {
        long next = builder.nextBlock();
        List<HeldBundle> alone = hidden.values().stream()
                .map(bytes -> new HeldBundle("", bytes, next, List.of(bytes), List.of()))
                .toList();
        builder.build(alone);
        hidden.clear();
    }

    private void listen(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getResponseHeaders().set("Content-Type", "text/event-stream");
            exchange.sendResponseHeaders(200, 0);
            exchange.getResponseBody().write(":ping\n\n".getBytes(StandardCharsets.UTF_8));
            exchange.getResponseBody().flush();
            listeners.add(exchange);
            closing.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } finally {
            listeners.remove(exchange);
        }
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<String> identity =
                    StubRelay.signer(exchange.getRequestHeaders().getFirst("X-Flashbots-Signature"), body);
            JsonNode request = JSON.readTree(body);
            var answer = JSON.createObjectNode().put("jsonrpc", "2.0");
            answer.set("id", request.path("id"));
            Optional<String> bundle = identity.flatMap(us -> held(request, us));
            if (bundle.isPresent()) {
                answer.putObject("result").put("bundleHash", bundle.get());
            } else {
                answer.putObject("error").put("code", -32_000).put("message", "bundle is not understood");
            }
            byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    /** Empty where it is no bundle of version v0.1, of one block, and of one transaction behind a hidden one. */
    private synchronized Optional<String> held(JsonNode request, String identity) {
        JsonNode fields = request.path("params").path(0);
        JsonNode body = fields.path("body");
        String theirs = hidden.get(body.path(0).path("hash").asText(""));
        String block = fields.path("inclusion").path("block").asText("");
        boolean isUnderstood = request.path("method").asText("").equals("mev_sendBundle")
                && fields.path("version").asText("").equals("v0.1")
                && fields.path("inclusion").path("maxBlock").asText(block).equals(block)
                && body.size() == 2
                && body.path(1).path("canRevert").isBoolean()
                && theirs != null;
        if (!isUnderstood) {
            forgeries++;
            return Optional.empty();
        }
        String ours = body.path(1).path("tx").asText("");
        bids.add(new HeldBundle(identity, "bid " + bids.size(), Long.decode(block), List.of(theirs, ours), List.of()));
        return Optional.of(Hash.sha3(ours));
    }

    @Override
    public void close() {
        closing.countDown();
        server.stop(0);
        threads.close();
    }
}
