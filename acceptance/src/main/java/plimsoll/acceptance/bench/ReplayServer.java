package plimsoll.acceptance.bench;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import tools.jackson.databind.json.JsonMapper;

/** A node that gives every request the same result, so that only the client's work is measured. */
final class ReplayServer implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpServer server;
    private final ExecutorService workers = Executors.newCachedThreadPool();
    private final byte[] result;

    private ReplayServer(HttpServer server, String result) {
        this.server = server;
        this.result = (result + "}").getBytes(StandardCharsets.UTF_8);
    }

    static ReplayServer of(String result) {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 16);
            ReplayServer replay = new ReplayServer(server, result);
            server.setExecutor(replay.workers);
            server.createContext("/", replay::answer);
            server.start();
            return replay;
        } catch (IOException e) {
            throw new UncheckedIOException("The replay server cannot be started: " + e.getMessage(), e);
        }
    }

    String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            String id = JSON.readTree(exchange.getRequestBody()).get("id").toString();
            byte[] head = ("{\"jsonrpc\":\"2.0\",\"id\":" + id + ",\"result\":").getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, head.length + (long) result.length);
            try (OutputStream body = exchange.getResponseBody()) {
                body.write(head);
                body.write(result);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
