package plimsoll.keeper.notify;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;

/** A receiver on this machine that fails as told. */
public final class LocalServer implements AutoCloseable {

    private final HttpServer server;
    private final List<Received> received = new CopyOnWriteArrayList<>();
    private final Behaviour behaviour;

    /** What it answers to the request of this number, from 1: a status, or 0 for hanging up. */
    public interface Behaviour {
        int answer(int request);
    }

    /** One request. */
    public record Received(String path, Map<String, String> headers, String body, int answered) {}

    public LocalServer(Behaviour behaviour) {
        this.behaviour = behaviour;
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", this::handle);
        server.start();
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            Map<String, String> headers = new HashMap<>();
            exchange.getRequestHeaders()
                    .forEach((name, values) -> headers.put(name.toLowerCase(java.util.Locale.ROOT), values.getFirst()));
            int answer;
            synchronized (this) {
                answer = behaviour.answer(received.size() + 1);
                received.add(new Received(exchange.getRequestURI().getPath(), headers, body, answer));
            }
            if (answer == 302) {
                exchange.getResponseHeaders().set("Location", url() + "/elsewhere");
            }
            if (answer == 429) {
                exchange.getResponseHeaders().set("Retry-After", "120");
            }
            if (answer > 0) {
                exchange.sendResponseHeaders(answer, -1);
            }
        }
    }

    public String url() {
        return "http://127.0.0.1:" + server.getAddress().getPort();
    }

    public List<Received> received() {
        return List.copyOf(received);
    }

    /** The requests that were answered with 200. */
    public List<Received> accepted() {
        return received.stream().filter(it -> it.answered == 200).toList();
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
