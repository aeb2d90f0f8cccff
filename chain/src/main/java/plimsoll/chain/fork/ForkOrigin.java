package plimsoll.chain.fork;

import java.net.URI;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import plimsoll.units.BlockNumber;

/**
 * The live chain that a local node continues. Its URL may hold credentials, in any part but the host, and is never shown.
 *
 * @param url of a node of that chain
 * @param block the last block that is shared; absent means the newest at the start
 */
public record ForkOrigin(String url, Optional<BlockNumber> block) {

    /** Shorter parts, such as "v3" or "rpc", are names and not keys; hiding them would garble messages. */
    private static final int SHORTEST_SECRET = 8;

    public ForkOrigin {
        if (host(url).isEmpty()) {
            // The text is not repeated: a mistyped URL may still hold a key.
            throw new IllegalArgumentException("Fork URL is not an http, https, ws or wss URL");
        }
    }

    public static ForkOrigin newest(String url) {
        return new ForkOrigin(url, Optional.empty());
    }

    public static ForkOrigin at(String url, BlockNumber block) {
        return new ForkOrigin(url, Optional.of(block));
    }

    /** The same text without what may be a credential. */
    String clean(String text) {
        String cleaned = text.replace(url, toString());
        for (String secret : secrets()) {
            cleaned = cleaned.replace(secret, "***");
        }
        return cleaned;
    }

    private List<String> secrets() {
        URI uri = URI.create(url);
        List<String> parts = new ArrayList<>();
        // As written and as decoded: whoever prints a URL may do either.
        Stream.of(
                        uri.getRawUserInfo(),
                        uri.getUserInfo(),
                        uri.getRawPath(),
                        uri.getPath(),
                        uri.getRawQuery(),
                        uri.getQuery())
                .filter(part -> part != null)
                .forEach(part -> parts.addAll(Arrays.asList(part.split("[:/&=]"))));
        return parts.stream()
                .filter(part -> part.length() >= SHORTEST_SECRET)
                .distinct()
                .sorted(Comparator.comparingInt(String::length).reversed())
                .toList();
    }

    private static Optional<String> host(String url) {
        try {
            URI uri = new URI(url);
            boolean known = uri.getScheme() != null
                    && List.of("http", "https", "ws", "wss").contains(uri.getScheme());
            return known ? Optional.ofNullable(uri.getHost()) : Optional.empty();
        } catch (java.net.URISyntaxException e) {
            return Optional.empty();
        }
    }

    @Override
    public String toString() {
        URI uri = URI.create(url);
        String port = uri.getPort() < 0 ? "" : ":" + uri.getPort();
        return uri.getScheme() + "://" + uri.getHost() + port
                + block.map(number -> " at block " + number).orElse("");
    }
}
