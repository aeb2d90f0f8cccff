package plimsoll.chain.rpc;

import java.util.ArrayList;
import java.util.List;
import okhttp3.Credentials;
import okhttp3.HttpUrl;
import okhttp3.Request;

/** A node's URL with everything that may be a credential kept out of sight. */
final class Endpoint {

    /** Shorter parts, such as "v3" or "rpc", are names and not keys; hiding them would garble messages. */
    private static final int SHORTEST_SECRET = 8;

    private final HttpUrl url;
    private final boolean socket;
    private final List<String> secrets;

    private Endpoint(HttpUrl url, boolean socket) {
        this.url = url;
        this.socket = socket;
        List<String> parts = new ArrayList<>(url.pathSegments());
        parts.add(url.password());
        for (int i = 0; i < url.querySize(); i++) {
            String value = url.queryParameterValue(i);
            parts.add(value == null ? url.queryParameterName(i) : value);
        }
        secrets =
                parts.stream().filter(part -> part.length() >= SHORTEST_SECRET).toList();
    }

    /** A node that is asked over HTTP. */
    static Endpoint of(String text) {
        return new Endpoint(parsed(text, "an http or https URL"), false);
    }

    /** A node that is asked over a WebSocket: many serve both at one address, so http stands for ws and https for wss. */
    static Endpoint ofSocket(String text) {
        boolean plain = text.regionMatches(true, 0, "ws:", 0, 3);
        boolean secure = text.regionMatches(true, 0, "wss:", 0, 4);
        String http = plain ? "http:" + text.substring(3) : secure ? "https:" + text.substring(4) : text;
        return new Endpoint(parsed(http, "a ws, wss, http or https URL"), true);
    }

    /** The URL of either kind as it may be shown. */
    static String shown(String text) {
        return (text.regionMatches(true, 0, "ws", 0, 2) ? ofSocket(text) : of(text)).toString();
    }

    private static HttpUrl parsed(String text, String kind) {
        HttpUrl url = HttpUrl.parse(text);
        if (url == null) {
            // The text is not repeated: a mistyped URL may still hold a key.
            throw new IllegalArgumentException("RPC URL is not " + kind);
        }
        return url;
    }

    Request.Builder request() {
        Request.Builder request = new Request.Builder().url(url);
        if (!url.username().isEmpty() || !url.password().isEmpty()) {
            request.header("Authorization", Credentials.basic(url.username(), url.password()));
        }
        return request;
    }

    /** One line without credentials, short enough for a log. */
    String clean(String text) {
        String line = text.replaceAll("[\\p{Cntrl}\\s]+", " ").strip();
        for (String secret : secrets) {
            line = line.replace(secret, "***");
        }
        return line.length() <= 400 ? line : line.substring(0, 400) + "...";
    }

    @Override
    public String toString() {
        String host = url.host().contains(":") ? "[" + url.host() + "]" : url.host();
        String scheme = !socket ? url.scheme() : url.isHttps() ? "wss" : "ws";
        return scheme + "://" + host + ":" + url.port();
    }
}
