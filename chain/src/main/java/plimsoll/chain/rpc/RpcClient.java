package plimsoll.chain.rpc;

import io.reactivex.Flowable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import okhttp3.ConnectionPool;
import okhttp3.Interceptor;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.web3j.protocol.ObjectMapperFactory;
import org.web3j.protocol.Web3jService;
import org.web3j.protocol.core.BatchRequest;
import org.web3j.protocol.core.BatchResponse;
import org.web3j.protocol.core.Request;
import org.web3j.protocol.websocket.events.Notification;
import plimsoll.chain.rpc.RpcException.Kind;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * One node over HTTP. Blocking and safe for many threads; request types of web3j work on it too.
 *
 * <p>An answer is believed only if it is strict JSON within the size limit and carries the ids that were asked.
 */
public final class RpcClient implements JsonRpc, Web3jService, AutoCloseable {

    private static final MediaType JSON = MediaType.get("application/json");

    private final RpcSettings settings;
    private final Endpoint endpoint;
    private final Wire wire;
    private final OkHttpClient http;
    private final BodyHeaders headers;

    public RpcClient(RpcSettings settings) {
        this(settings, body -> Map.of());
    }

    /** A client whose every exchange carries headers made for it. */
    public RpcClient(RpcSettings settings, BodyHeaders headers) {
        this(settings, headers, List.of());
    }

    /** Interceptors may answer in the network's place, for tests. */
    RpcClient(RpcSettings settings, BodyHeaders headers, List<Interceptor> interceptors) {
        this.settings = settings;
        this.headers = headers;
        endpoint = Endpoint.of(settings.url());
        wire = new Wire(endpoint);
        OkHttpClient.Builder builder = new OkHttpClient.Builder();
        interceptors.forEach(builder::addInterceptor);
        http = builder.socketFactory(new NoDelaySocketFactory())
                .connectionPool(new ConnectionPool(16, 1, TimeUnit.MINUTES))
                .connectTimeout(settings.connectTimeout())
                .readTimeout(settings.requestTimeout())
                .writeTimeout(settings.requestTimeout())
                .callTimeout(settings.requestTimeout())
                .followRedirects(false) // a redirect would carry the request, and its key, to another host
                .followSslRedirects(false)
                .build();
    }

    public static RpcClient to(String url) {
        return new RpcClient(RpcSettings.of(url));
    }

    @Override
    public String endpoint() {
        return endpoint.toString();
    }

    @Override
    public JsonNode call(RpcRequest request) {
        return wire.read(single(request)).orThrow();
    }

    @Override
    public List<RpcAnswer> callAll(List<RpcRequest> requests) {
        return envelopes(requests).stream().map(wire::read).toList();
    }

    private Wire.Envelope single(RpcRequest request) {
        long id = wire.nextId();
        return wire.single(exchange(wire.encode(id, request), request.method()), id);
    }

    private List<Wire.Envelope> envelopes(List<RpcRequest> requests) {
        List<Wire.Envelope> envelopes = new ArrayList<>(requests.size());
        for (int from = 0; from < requests.size(); from += settings.maxBatch()) {
            List<RpcRequest> page = requests.subList(from, Math.min(requests.size(), from + settings.maxBatch()));
            List<Long> ids = page.stream().map(request -> wire.nextId()).toList();
            String what = page.getFirst().method() + " and " + (page.size() - 1) + " more";
            envelopes.addAll(wire.batch(exchange(wire.encode(ids, page), what), ids));
        }
        return envelopes;
    }

    private JsonNode exchange(byte[] body, String what) {
        okhttp3.Request.Builder request = endpoint.request().post(RequestBody.create(body, JSON));
        headers.of(body).forEach(request::header);
        try (Response response = http.newCall(request.build()).execute()) {
            if (response.isSuccessful()) {
                return read(response, what);
            }
            return refusal(response, what);
        } catch (IOException e) {
            throw Outage.of(e, "method=" + what, endpoint);
        }
    }

    /** Some nodes explain an HTTP error with a proper JSON-RPC error; anything else is judged by its status. */
    private JsonNode refusal(Response response, String what) throws IOException {
        int status = response.code();
        if (Verdict.ofHttp(status) == Kind.REJECTED || status == 500) {
            try {
                JsonNode answer = read(response, what);
                if (answer.path("error").isObject() || answer.isArray()) {
                    return answer;
                }
            } catch (RpcException e) {
                // Not JSON: an error page of whatever stands before the node.
            }
        }
        throw new RpcException(
                Verdict.ofHttp(status),
                status,
                "Node refused the exchange: http=" + status + " method=" + what + " node=" + endpoint,
                Optional.empty());
    }

    private JsonNode read(Response response, String what) throws IOException {
        try {
            return wire.parse(new BoundedStream(response.body().byteStream(), settings.maxResponseBytes()));
        } catch (BoundedStream.TooLargeException e) {
            throw new RpcException(
                    Kind.REJECTED,
                    "Answer is larger than allowed: limit=" + settings.maxResponseBytes() + " bytes method=" + what
                            + " node=" + endpoint);
        }
    }

    @Override
    @SuppressWarnings({"rawtypes"}) // web3j's own signature
    public <T extends org.web3j.protocol.core.Response> T send(Request request, Class<T> responseType) {
        return web3j(single(plain(request)), request, responseType);
    }

    @Override
    @SuppressWarnings({"rawtypes"})
    public <T extends org.web3j.protocol.core.Response> CompletableFuture<T> sendAsync(
            Request request, Class<T> responseType) {
        return CompletableFuture.supplyAsync(() -> send(request, responseType), VIRTUAL);
    }

    @Override
    public BatchResponse sendBatch(BatchRequest batch) {
        var requests = batch.getRequests();
        List<RpcRequest> plain = new ArrayList<>();
        requests.forEach(request -> plain.add(plain(request)));
        List<Wire.Envelope> envelopes = envelopes(plain);
        List<org.web3j.protocol.core.Response<?>> responses = new ArrayList<>();
        for (int i = 0; i < envelopes.size(); i++) {
            var request = requests.get(i);
            responses.add(web3j(envelopes.get(i), request, request.getResponseType()));
        }
        return new BatchResponse(requests, responses);
    }

    @Override
    public CompletableFuture<BatchResponse> sendBatchAsync(BatchRequest batch) {
        return CompletableFuture.supplyAsync(() -> sendBatch(batch), VIRTUAL);
    }

    /** HTTP carries no subscriptions; poll instead. */
    @Override
    @SuppressWarnings({"rawtypes"})
    public <T extends Notification<?>> Flowable<T> subscribe(
            Request request, String unsubscribeMethod, Class<T> responseType) {
        throw new UnsupportedOperationException("Subscriptions need a WebSocket: node=" + endpoint);
    }

    private static final Executor VIRTUAL = task -> Thread.ofVirtual().start(task);

    private static RpcRequest plain(Request<?, ?> request) {
        return new RpcRequest(request.getMethod(), request.getParams());
    }

    private <T extends org.web3j.protocol.core.Response<?>> T web3j(
            Wire.Envelope envelope, Request<?, ?> request, Class<T> responseType) {
        try {
            T response = ObjectMapperFactory.getObjectMapper().treeToValue(envelope.json(), responseType);
            response.setId(request.getId());
            return response;
        } catch (JacksonException e) {
            throw wire.corrupt("Result has the wrong type: method=" + request.getMethod());
        }
    }

    @Override
    public void close() {
        http.dispatcher().cancelAll();
        http.connectionPool().evictAll();
    }

    @Override
    public String toString() {
        return "RpcClient[" + endpoint + "]";
    }
}
