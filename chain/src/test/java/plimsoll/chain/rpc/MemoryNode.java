package plimsoll.chain.rpc;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import okhttp3.MediaType;
import okhttp3.Protocol;
import okhttp3.Response;
import okhttp3.ResponseBody;
import okio.Buffer;

/** Makes clients whose answers come from memory: everything of {@link RpcClient} but the socket. */
public final class MemoryNode {

    private static final MediaType JSON = MediaType.get("application/json");

    private MemoryNode() {}

    /** What the node says to a request body. */
    @FunctionalInterface
    public interface Answering {
        Answer answer(String request);
    }

    @SuppressWarnings("ArrayRecordComponent") // handed over once
    public record Answer(int status, byte[] body) {}

    public static RpcClient client(Answering answering) {
        return new RpcClient(RpcSettings.of("http://memory"), body -> Map.of(), List.of(chain -> {
            Answer answer = answering.answer(text(chain.request()));
            return new Response.Builder()
                    .request(chain.request())
                    .protocol(Protocol.HTTP_1_1)
                    .code(answer.status())
                    .message("")
                    .body(ResponseBody.create(answer.body(), JSON))
                    .build();
        }));
    }

    private static String text(okhttp3.Request request) throws IOException {
        Buffer buffer = new Buffer();
        if (request.body() != null) {
            request.body().writeTo(buffer);
        }
        return buffer.readString(StandardCharsets.UTF_8);
    }
}
