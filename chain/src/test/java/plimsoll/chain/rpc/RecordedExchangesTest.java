package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import mockwebserver3.MockWebServer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Every exchange that was recorded from geth passes the client without loss. */
class RecordedExchangesTest {

    @Test
    void passesEveryRecordedAnswerOnAsItCame() throws IOException {
        List<RecordedExchange> exchanges = RecordedExchange.all();

        try (MockWebServer server = new MockWebServer()) {
            server.start();
            try (RpcClient client = RpcClient.to(server.url("/").toString())) {
                for (RecordedExchange exchange : exchanges) {
                    exchange.replayOn(server);
                    verify(client, exchange);
                }
            }
        }

        assertThat(exchanges).hasSizeGreaterThan(100);
    }

    private static void verify(RpcClient client, RecordedExchange exchange) {
        JsonNode recorded = exchange.response();
        List<Object> params = new ArrayList<>();
        exchange.request().path("params").forEach(params::add);
        RpcRequest request = new RpcRequest(exchange.method(), params);
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
}
