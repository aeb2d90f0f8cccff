package plimsoll.chain.rpc;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** A request and geth's answer to it, as they were recorded: provenance in the data folder's README. */
public record RecordedExchange(String file, JsonNode request, JsonNode response) {

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS)
            .build();

    /** All that were recorded; the test is skipped where they are not at hand. */
    public static List<RecordedExchange> all() throws IOException {
        Path folder = Path.of(System.getProperty("plimsoll.root", ".."), "..", "shared", "data", "json-rpc");
        assumeTrue(Files.isDirectory(folder), "skipped: no shared data");
        List<RecordedExchange> exchanges = new ArrayList<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".io"))
                    .sorted()
                    .toList()) {
                JsonNode request = JSON.nullNode();
                for (String line : Files.readAllLines(file)) {
                    if (line.startsWith(">> ")) {
                        request = JSON.readTree(line.substring(3));
                    } else if (line.startsWith("<< ")) {
                        exchanges.add(new RecordedExchange(
                                folder.relativize(file).toString(), request, JSON.readTree(line.substring(3))));
                    }
                }
            }
        }
        return exchanges;
    }

    public String method() {
        return request.get("method").stringValue();
    }

    /** Lets the server give this answer from now on, alone or as a batch of one, under the id that is asked. */
    public void replayOn(MockWebServer server) {
        server.setDispatcher(new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest asked) {
                JsonNode body =
                        JSON.readTree(Objects.requireNonNull(asked.getBody()).utf8());
                JsonNode id = (body.isArray() ? body.get(0) : body).get("id");
                String answer = JSON.writeValueAsString(((ObjectNode) response.deepCopy()).set("id", id));
                return new MockResponse.Builder()
                        .body(body.isArray() ? "[" + answer + "]" : answer)
                        .build();
            }
        });
    }

    @Override
    public String toString() {
        return file;
    }
}
