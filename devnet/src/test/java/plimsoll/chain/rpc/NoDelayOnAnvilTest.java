package plimsoll.chain.rpc;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import plimsoll.chain.fork.LocalNode;
import plimsoll.chain.fork.LocalNodeSettings;
import plimsoll.devnet.artefact.Artefacts;

/** The 40 ms that Nagle's algorithm costs a plain OkHttp client on a large body, and that we must not pay. */
class NoDelayOnAnvilTest {

    private static final int BATCH = 100;
    private static final int EXCHANGES = 15;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    Path folder;

    @Test
    void doesNotWaitForDelayedAcknowledgements() throws IOException {
        try (LocalNode node = LocalNode.start(new LocalNodeSettings(
                        Artefacts.prepare(sentence -> {}).anvil(), 0, folder.resolve("anvil.log"), List.of()));
                RpcClient ours = RpcClient.to(node.rpcUrl())) {
            OkHttpClient plain = new OkHttpClient();
            List<RpcRequest> requests = requests();
            RequestBody body = RequestBody.create(
                    new Wire(Endpoint.of(node.rpcUrl())).encode(ids(), requests), MediaType.get("application/json"));
            assertThat(body.contentLength()).as("beyond OkHttp's buffer").isGreaterThan(8 << 10);

            List<Long> ourNanos = new ArrayList<>();
            List<Long> plainNanos = new ArrayList<>();
            for (int i = 0; i < EXCHANGES; i++) {
                long started = System.nanoTime();
                ours.callAll(requests);
                long between = System.nanoTime();
                assertThat(exchange(plain, node.rpcUrl(), body)).hasSizeGreaterThan(BATCH);
                ourNanos.add(between - started);
                plainNanos.add(System.nanoTime() - between);
            }

            // A low quartile: what else the machine does falls on neither.
            assertThat(2 * quartile(ourNanos))
                    .as("ours=%s plain=%s", ourNanos, plainNanos)
                    .isLessThan(quartile(plainNanos));
        }
    }

    private static String exchange(OkHttpClient client, String url, RequestBody body) throws IOException {
        Request request = new Request.Builder().url(url).post(body).build();
        try (Response response = client.newCall(request).execute()) {
            return new String(response.body().bytes(), StandardCharsets.UTF_8);
        }
    }

    private static long quartile(List<Long> nanos) {
        return nanos.stream().sorted().toList().get(nanos.size() / 4);
    }

    private static List<RpcRequest> requests() {
        List<RpcRequest> requests = new ArrayList<>();
        for (int i = 0; i < BATCH; i++) {
            requests.add(RpcRequest.of("eth_getBalance", "0x%040x".formatted(i), "latest"));
        }
        return requests;
    }

    private static List<Long> ids() {
        List<Long> ids = new ArrayList<>();
        for (long i = 0; i < BATCH; i++) {
            ids.add(i);
        }
        return ids;
    }
}
