package plimsoll.devnet.relay;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SignatureException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.web3j.crypto.Hash;
import org.web3j.crypto.Keys;
import org.web3j.crypto.Sign;
import org.web3j.utils.Numeric;
import plimsoll.chain.rpc.JsonRpc;

/**
 * A relay on this machine, and the builder behind it. It believes nobody whose header is not signed over the very body, holds
 * bundles of one identity and name in each other's place whatever their block, and builds blocks when told. It can refuse
 * and be silent, and counts how often.
 */
public final class StubRelay implements AutoCloseable {

    private static final JsonMapper JSON = new JsonMapper();

    private sealed interface Mood {
        record Willing() implements Mood {}

        record Refusing(String words) implements Mood {}

        record Silent(CountDownLatch over) implements Mood {}
    }

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final BlockBuilder builder;
    private final Map<String, HeldBundle> held = new LinkedHashMap<>();
    private Mood mood = new Mood.Willing();
    private int faults;
    private int forgeries;
    private int withdrawals;
    private long numbered;

    private StubRelay(HttpServer server, JsonRpc node) {
        this.server = server;
        this.builder = new BlockBuilder(node);
    }

    /** Listens on a free port of this machine; {@code node} is an anvil that mines only when told. */
    public static StubRelay start(JsonRpc node) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            StubRelay relay = new StubRelay(server, node);
            server.createContext("/", relay::serve);
            server.setExecutor(relay.threads);
            server.start();
            return relay;
        } catch (IOException e) {
            throw new UncheckedIOException("Stub relay cannot listen", e);
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
    }

    /** Answers every bundle with an error from now on. */
    public synchronized void refuses(String words) {
        become(new Mood.Refusing(words));
    }

    /** Takes requests and answers none from now on. */
    public synchronized void goesSilent() {
        become(new Mood.Silent(new CountDownLatch(1)));
    }

    public synchronized void recovers() {
        become(new Mood.Willing());
    }

    private void become(Mood next) {
        if (mood instanceof Mood.Silent(CountDownLatch over)) {
            over.countDown();
        }
        mood = next;
    }

    /** How many requests it has refused or left unanswered because it was told to. */
    public synchronized int faults() {
        return faults;
    }

    /** How many requests came without a right signature. */
    public synchronized int forgeries() {
        return forgeries;
    }

    /** How many bundles it held were withdrawn. */
    public synchronized int withdrawals() {
        return withdrawals;
    }

    /** What it holds for blocks that are still to come. */
    public synchronized List<HeldBundle> held() {
        long next = builder.nextBlock();
        held.values().removeIf(bundle -> bundle.target() < next);
        return List.copyOf(held.values());
    }

    /** Builds the next block; how many bundles are in it. */
    public synchronized int mine() {
        return builder.build(List.copyOf(held.values()));
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            Optional<String> identity = signer(exchange.getRequestHeaders().getFirst("X-Flashbots-Signature"), body);
            String answer = identity.isPresent() ? answer(JSON.readTree(body), identity.get()) : forged();
            if (!answer.isEmpty()) {
                byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
                exchange.getResponseHeaders().set("Content-Type", "application/json");
                exchange.sendResponseHeaders(identity.isPresent() ? 200 : 403, bytes.length);
                exchange.getResponseBody().write(bytes);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (JsonProcessingException e) {
            exchange.sendResponseHeaders(400, -1);
        }
    }

    private synchronized String forged() {
        forgeries++;
        return "{\"error\":\"signature does not fit the body\"}";
    }

    /** The answer's text; empty where there is none. */
    private String answer(JsonNode request, String identity) throws InterruptedException {
        Mood now;
        synchronized (this) {
            now = mood;
            if (!(now instanceof Mood.Willing)) {
                faults++;
            }
        }
        return switch (now) {
            case Mood.Willing _ -> envelope(request, "result", act(request, identity));
            case Mood.Refusing(String words) ->
                envelope(
                        request,
                        "error",
                        JSON.createObjectNode().put("code", -32000).put("message", words));
            case Mood.Silent(CountDownLatch over) -> {
                over.await();
                yield "";
            }
        };
    }

    private synchronized JsonNode act(JsonNode request, String identity) {
        JsonNode fields = request.path("params").path(0);
        switch (request.path("method").asText()) {
            case "eth_sendBundle" -> {
                HeldBundle bundle = HeldBundle.read(fields, identity, "unnamed " + numbered++);
                held.remove(identity + bundle.name());
                held.put(identity + bundle.name(), bundle);
                return JSON.createObjectNode()
                        .put("bundleHash", Hash.sha3String(String.join("", bundle.transactions())));
            }
            case "eth_cancelBundle" -> {
                if (held.remove(identity + fields.path("replacementUuid").asText()) != null) {
                    withdrawals++;
                }
            }
            default -> throw new IllegalArgumentException("Stub relay knows no such method: " + request.path("method"));
        }
        return JSON.nullNode();
    }

    private static String envelope(JsonNode request, String part, JsonNode content) {
        var envelope = JSON.createObjectNode().put("jsonrpc", "2.0");
        envelope.set("id", request.path("id"));
        envelope.set(part, content);
        return envelope.toString();
    }

    /** The address of the header, if its signature over the text 0x… of the body's keccak-256 is that address's. */
    static Optional<String> signer(@Nullable String header, byte[] body) {
        if (header == null || !header.matches("0x[0-9a-fA-F]{40}:0x[0-9a-fA-F]{130}")) {
            return Optional.empty();
        }
        String claimed = header.substring(0, 42).toLowerCase(Locale.ROOT);
        byte[] text = Numeric.toHexString(Hash.sha3(body)).getBytes(StandardCharsets.UTF_8);
        try {
            BigInteger key = Sign.signedPrefixedMessageToKey(text, Sign.signatureDataFromHex(header.substring(43)));
            return Optional.of(claimed).filter(address -> address.equals("0x" + Keys.getAddress(key)));
        } catch (SignatureException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        recovers();
        server.stop(0);
        threads.close();
    }
}
