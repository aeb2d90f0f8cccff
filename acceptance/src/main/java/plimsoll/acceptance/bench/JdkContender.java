package plimsoll.acceptance.bench;

import java.io.IOException;
import java.math.BigInteger;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What one would write with the JDK's client and Jackson alone: nothing is checked but that there is a result. */
final class JdkContender implements RpcContender {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final AtomicLong ids = new AtomicLong();
    private final URI uri;

    JdkContender(String url) {
        uri = URI.create(url);
    }

    @Override
    public String name() {
        return "JDK HttpClient";
    }

    @Override
    public int balance(String account) throws IOException, InterruptedException {
        JsonNode answer = exchange(request("eth_getBalance", account, "latest"));
        return Hex.number(answer.get("result").stringValue()).signum() >= 0 ? 1 : 0;
    }

    @Override
    public int call(String to, String data) throws IOException, InterruptedException {
        JsonNode answer = exchange(request("eth_call", Map.of("to", to, "data", data), "latest"));
        return answer.get("result").stringValue().startsWith("0x") ? 1 : 0;
    }

    @Override
    public int balances(List<String> accounts) throws IOException, InterruptedException {
        ArrayNode batch = JSON.createArrayNode();
        accounts.forEach(account -> batch.add(request("eth_getBalance", account, "latest")));
        List<BigInteger> balances = new ArrayList<>(accounts.size());
        for (JsonNode answer : exchange(batch)) {
            balances.add(Hex.number(answer.get("result").stringValue()));
        }
        return balances.size();
    }

    @Override
    public int logs(String emitter, long last) {
        throw new UnsupportedOperationException("The JDK knows no logs");
    }

    private ObjectNode request(String method, Object... params) {
        ObjectNode request = JSON.createObjectNode();
        request.put("jsonrpc", "2.0").put("id", ids.incrementAndGet()).put("method", method);
        request.set("params", JSON.valueToTree(params));
        return request;
    }

    private JsonNode exchange(JsonNode body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(uri)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body)))
                .build();
        return JSON.readTree(
                http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    }

    @Override
    public void close() {
        http.close();
    }
}
