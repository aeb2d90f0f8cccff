package plimsoll.chain.rpc;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import okhttp3.Call;
import okhttp3.OkHttpClient;
import okhttp3.Response;
import okhttp3.ResponseBody;
import plimsoll.chain.rpc.RpcException.Kind;

/**
 * Server-sent events over HTTP, listened to until closed: what breaks is opened again after a wait that doubles. Only the data of events
 * is told; their names, numbers and comments are not.
 *
 * <p>Source: WHATWG, HTML Living Standard, section 9.2 "Server-sent events".
 */
public final class EventStream implements AutoCloseable {

    /** Streams that have nothing to tell send a comment every 15 s; three that do not come are a broken connection. */
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(45);

    private static final Duration FIRST_WAIT = Duration.ofMillis(200);
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(15);

    private final Endpoint endpoint;
    private final int maxEventBytes;
    private final OkHttpClient http;
    private final Listener listener;
    private final Backoff backoff;
    private final CountDownLatch closing = new CountDownLatch(1);
    private volatile Optional<Call> call = Optional.empty();

    /** Told in order, on a thread of the stream's. */
    public interface Listener {

        /** The stream stands. */
        void connected();

        /** One event's data; lines of it are joined by line feeds. */
        void event(String data);

        /** An event was larger than allowed and is left out. */
        void oversized();

        /** The stream broke, or could not be opened; it is opened again. */
        void lost(RpcException reason);
    }

    /** @param settings of these the URL, the time to connect and the largest answer count, which is here the largest event */
    public EventStream(RpcSettings settings, Listener listener, RandomGenerator random) {
        this.endpoint = Endpoint.of(settings.url());
        this.maxEventBytes = settings.maxResponseBytes();
        this.listener = listener;
        this.backoff = new Backoff(FIRST_WAIT, LONGEST_WAIT, random);
        this.http = new OkHttpClient.Builder()
                .connectTimeout(settings.connectTimeout())
                .readTimeout(LONGEST_SILENCE)
                .followRedirects(false)
                .followSslRedirects(false)
                .build();
    }

    /** Where it listens, fit for a log. */
    public String endpoint() {
        return endpoint.toString();
    }

    /** Listens from now on, in the background. */
    public void start() {
        Thread.ofVirtual().name("event stream").start(this::listen);
    }

    private void listen() {
        int failures = 0;
        while (closing.getCount() > 0) {
            boolean stood = false;
            try {
                Call next = http.newCall(endpoint.request()
                        .header("Accept", "text/event-stream")
                        .header("Cache-Control", "no-cache")
                        .build());
                call = Optional.of(next);
                if (closing.getCount() == 0) {
                    return;
                }
                try (Response response = next.execute();
                        ResponseBody body = response.body()) {
                    if (!response.isSuccessful()) {
                        throw new RpcException(
                                Verdict.ofHttp(response.code()),
                                "Stream was refused: http=" + response.code() + " node=" + endpoint);
                    }
                    stood = true;
                    listener.connected();
                    read(new BufferedInputStream(body.byteStream()));
                }
                throw new RpcException(Kind.TRANSIENT, "Stream was ended by the server: node=" + endpoint);
            } catch (IOException e) {
                lost(Outage.of(e, "stream", endpoint));
            } catch (RpcException e) {
                lost(e);
            }
            failures = stood ? 1 : failures + 1;
            pause(backoff.after(failures));
        }
    }

    private void lost(RpcException reason) {
        if (closing.getCount() > 0) {
            listener.lost(reason);
        }
    }

    private void read(InputStream in) throws IOException {
        StringBuilder data = new StringBuilder();
        boolean isTooLarge = false;
        Line line = new Line(maxEventBytes);
        while (line.next(in)) {
            String text = line.text();
            if (text.isEmpty() && !line.isCut()) {
                if (isTooLarge) {
                    listener.oversized();
                } else if (!data.isEmpty()) {
                    listener.event(data.substring(1));
                }
                data.setLength(0);
                isTooLarge = false;
            } else if (line.isCut()) {
                isTooLarge = true;
            } else if (text.equals("data") || text.startsWith("data:")) {
                String value = text.length() <= 5 ? "" : text.substring(text.charAt(5) == ' ' ? 6 : 5);
                isTooLarge |= data.length() + value.length() > maxEventBytes;
                if (!isTooLarge) {
                    data.append('\n').append(value);
                }
            }
        }
    }

    private void pause(Duration time) {
        try {
            boolean _ = closing.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closing.countDown();
        call.ifPresent(Call::cancel);
        http.connectionPool().evictAll();
    }

    /** Reads line by line; of one that is too long the rest is passed over. */
    private static final class Line {

        private final int limit;
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        private boolean cut;
        private boolean afterReturn;

        Line(int limit) {
            this.limit = limit;
        }

        /** False where the stream ends; an unfinished line is no line. */
        boolean next(InputStream in) throws IOException {
            bytes.reset();
            cut = false;
            for (int read = in.read(); read >= 0; read = in.read()) {
                boolean isSecondHalf = read == '\n' && afterReturn;
                afterReturn = read == '\r';
                if (isSecondHalf) {
                    continue;
                }
                if (read == '\n' || read == '\r') {
                    return true;
                }
                if (bytes.size() < limit) {
                    bytes.write(read);
                } else {
                    cut = true;
                }
            }
            return false;
        }

        boolean isCut() {
            return cut;
        }

        String text() {
            return bytes.toString(StandardCharsets.UTF_8);
        }
    }
}
