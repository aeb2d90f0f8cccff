package plimsoll.devnet.fault;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** The honest node behind the proxy. */
final class Upstream implements AutoCloseable {

    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final URI target;
    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();

    /** Held in common by exchanges, alone by work that must not happen beside one; whoever waits longer goes first. */
    private final ReadWriteLock gate = new ReentrantReadWriteLock(true);

    Upstream(URI target) {
        this.target = target;
    }

    URI target() {
        return target;
    }

    HttpReply post(byte[] body) throws IOException {
        HttpRequest request = HttpRequest.newBuilder(target)
                .timeout(LIMIT)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body))
                .build();
        gate.readLock().lock();
        try {
            HttpResponse<byte[]> response = http.send(request, HttpResponse.BodyHandlers.ofByteArray());
            return HttpReply.of(response.statusCode(), response.body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted", e);
        } finally {
            gate.readLock().unlock();
        }
    }

    void whileNobodyAsks(Runnable work) {
        gate.writeLock().lock();
        try {
            work.run();
        } finally {
            gate.writeLock().unlock();
        }
    }

    /** A question of our own; absent where the node answers null, an error or nothing. */
    Optional<JsonNode> ask(String method, Object... params) throws IOException {
        ObjectNode request = Json.MAPPER.createObjectNode();
        request.put("jsonrpc", "2.0").put("id", 1).put("method", method);
        request.set("params", Json.MAPPER.valueToTree(List.of(params)));
        return Json.parse(post(Json.bytes(request)).body())
                .map(answer -> answer.path("result"))
                .filter(result -> !result.isMissingNode() && !result.isNull());
    }

    OptionalLong head() throws IOException {
        return ask("eth_blockNumber")
                .flatMap(Json::number)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    OptionalLong numberOf(String blockHash) throws IOException {
        return ask("eth_getBlockByHash", blockHash, false)
                .flatMap(block -> Json.number(block.path("number")))
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
