package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every exchange that was recorded from geth passes the client without loss: provenance in the data folder's README. */
class RecordedExchangesTest {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    private record Exchange(String file, JsonNode request, JsonNode response) {}

    @Test
    void passesEveryRecordedAnswerOnAsItCame() throws IOException {
        Path folder = Path.of(System.getProperty("plimsoll.root", ".."), "..", "shared", "data", "json-rpc");
        assumeTrue(Files.isDirectory(folder), "skipped: no shared data");
        List<Exchange> exchanges = exchanges(folder);

        try (MockWebServer server = new MockWebServer()) {
            server.start();
            try (RpcClient client = RpcClient.to(server.url("/").toString())) {
                for (int i = 0; i < exchanges.size(); i++) {
                    verify(server, client, exchanges.get(i), i + 1);
                }
            }
        }

        assertThat(exchanges).hasSizeGreaterThan(100);
    }

    private static void verify(MockWebServer server, RpcClient client, Exchange exchange, long id) {
        JsonNode recorded = exchange.response();
        // Recordings carry their own ids; the client's are counted from 1.
        String replay = JSON.writeValueAsString(((ObjectNode) recorded.deepCopy()).put("id", id));
        server.enqueue(new MockResponse.Builder().body(replay).build());
        List<Object> params = new ArrayList<>();
        exchange.request().path("params").forEach(params::add);
        RpcRequest request = new RpcRequest(exchange.request().get("method").stringValue(), params);
        try {
            assertThat(client.call(request)).as(exchange.file()).isEqualTo(recorded.get("result"));
        } catch (RpcException e) {
            JsonNode error = recorded.get("error");
            assertThat(error).as(exchange.file() + " " + e.getMessage()).isNotNull();
            assertThat(e.code()).as(exchange.file()).isEqualTo(error.get("code").intValue());
            assertThat(e.data().isPresent()).as(exchange.file()).isEqualTo(error.has("data"));
            if (error.path("data").isString()) {
                assertThat(e.data())
                        .as(exchange.file())
                        .contains(error.get("data").stringValue());
            }
        }
    }

    private static List<Exchange> exchanges(Path folder) throws IOException {
        List<Exchange> exchanges = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".io"))
                    .sorted()
                    .toList()) {
                JsonNode request = JSON.nullNode();
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith(">> ")) {
                        request = JSON.readTree(line.substring(3));
                    } else if (line.startsWith("<< ")) {
                        exchanges.add(new Exchange(
                                folder.relativize(file).toString(), request, JSON.readTree(line.substring(3))));
                    }
                }
            }
        }
        return exchanges;
    }
}
