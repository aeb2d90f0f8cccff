package plimsoll.devnet.fault;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * As much of HTTP/1.1 as JSON-RPC needs. (The JDK's server can neither reset a connection in mid-answer nor hand it over to
 * a WebSocket.)
 *
 * @param headers by lower-case name
 * @param head the request line and the headers as they came, for a tunnel
 */
@SuppressWarnings("ArrayRecordComponent") // travels from one method to the next and is never compared
record HttpRequest(String method, Map<String, String> headers, String head, byte[] body) {

    private static final int MOST_HEAD = 64 << 10;
    private static final int MOST_BODY = 256 << 20;

    /** The next request of a connection; absent where the client has closed it. */
    static Optional<HttpRequest> read(InputStream in, OutputStream out) throws IOException {
        StringBuilder head = new StringBuilder();
        String first = line(in, head);
        if (first.isEmpty()) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in, head); !line.isEmpty(); line = line(in, head)) {
            int colon = line.indexOf(':');
            if (colon > 0) {
                headers.put(
                        line.substring(0, colon).toLowerCase(Locale.ROOT),
                        line.substring(colon + 1).strip());
            }
        }
        if (headers.getOrDefault("expect", "").equalsIgnoreCase("100-continue")) {
            out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            out.flush();
        }
        String method = first.substring(0, Math.max(0, first.indexOf(' ')));
        return Optional.of(new HttpRequest(method, Map.copyOf(headers), head.toString(), body(in, headers)));
    }

    boolean isWebSocket() {
        return headers.getOrDefault("upgrade", "").equalsIgnoreCase("websocket");
    }

    boolean wantsClose() {
        return headers.getOrDefault("connection", "").equalsIgnoreCase("close");
    }

    private static byte[] body(InputStream in, Map<String, String> headers) throws IOException {
        if (headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked")) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            for (int size = chunk(in); size > 0; size = chunk(in)) {
                body.write(exactly(in, size));
                if (body.size() > MOST_BODY) {
                    throw new IOException("Request is too large");
                }
                line(in, new StringBuilder());
            }
            line(in, new StringBuilder());
            return body.toByteArray();
        }
        return exactly(in, number(headers.getOrDefault("content-length", "0"), 10));
    }

    private static int chunk(InputStream in) throws IOException {
        return number(line(in, new StringBuilder()).replaceFirst(";.*", "").strip(), 16);
    }

    private static int number(String text, int radix) throws IOException {
        try {
            int number = Integer.parseInt(text, radix);
            if (number >= 0 && number <= MOST_BODY) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IOException("Request has no proper length", e);
        }
        throw new IOException("Request is too large");
    }

    private static byte[] exactly(InputStream in, int length) throws IOException {
        byte[] bytes = in.readNBytes(length);
        if (bytes.length < length) {
            throw new EOFException("Request ends early");
        }
        return bytes;
    }

    private static String line(InputStream in, StringBuilder head) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c >= 0; c = in.read()) {
            head.append((char) c);
            if (c == '\n') {
                break;
            }
            if (c != '\r') {
                line.append((char) c);
            }
            if (head.length() > MOST_HEAD) {
                throw new IOException("Request has too long a head");
            }
        }
        return line.toString();
    }
}
