package plimsoll.keeper.notify;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.Optional;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

/** Posts JSON. Follows no redirect, because a signature or a token is for one receiver; tells of failures without naming the address. */
final class Web {

    private static final MediaType JSON = MediaType.get("application/json; charset=utf-8");
    private static final Duration PATIENCE = Duration.ofSeconds(10);
    private static final Duration LONGEST_WAIT = Duration.ofHours(1);

    private final OkHttpClient client = new OkHttpClient.Builder()
            .followRedirects(false)
            .followSslRedirects(false)
            .retryOnConnectionFailure(false)
            .callTimeout(PATIENCE)
            .build();

    Channel.Delivery post(Request.Builder request, String body) {
        try (Response response = client.newCall(
                        request.post(RequestBody.create(body, JSON)).build())
                .execute()) {
            return response.isSuccessful()
                    ? new Channel.Delivery.Delivered()
                    : new Channel.Delivery.Failed("receiver answers " + response.code(), retryAfter(response));
        } catch (IOException e) {
            // Not its message: OkHttp's names the address, which may hold a token.
            return new Channel.Delivery.Failed(
                    "receiver does not answer: " + e.getClass().getSimpleName());
        }
    }

    private static Optional<Duration> retryAfter(Response response) {
        return Optional.ofNullable(response.header("Retry-After"))
                .filter(text -> text.matches("[0-9]{1,9}"))
                .map(text -> Duration.ofSeconds(Long.parseLong(text)))
                .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
    }

    /**
     * An address that may be trusted with secrets: https, or plain http to this machine.
     *
     * @throws IllegalArgumentException without the address, which may hold a token
     */
    static String requireSafe(String url) {
        try {
            URI uri = new URI(url);
            String host = Optional.ofNullable(uri.getHost()).orElse("");
            boolean local = host.equals("127.0.0.1") || host.equals("localhost") || host.equals("[::1]");
            if (!host.isEmpty() && ("https".equals(uri.getScheme()) || ("http".equals(uri.getScheme()) && local))) {
                return url;
            }
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("Address is no URL", new URISyntaxException("***", "is no URL"));
        }
        throw new IllegalArgumentException("Address is neither https nor http to this machine");
    }
}
