package plimsoll.runtime.web;

import jakarta.ws.rs.ForbiddenException;
import java.net.URI;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells a request of this machine's operator from one that only passes through it: another host, a name that was rebound
 * to this address, or a foreign page in the operator's browser.
 */
public final class Loopback {

    private static final Set<String> NAMES = Set.of("127.0.0.1", "localhost", "[::1]", "::1", "0:0:0:0:0:0:0:1");

    private Loopback() {}

    /**
     * Lets an order through that comes from this machine.
     *
     * @throws ForbiddenException where it does not come from this machine's operator
     */
    public static void require(@Nullable String remote, @Nullable String host, @Nullable String origin) {
        if (remote == null || !NAMES.contains(remote.replaceFirst("%.*$", ""))) {
            throw new ForbiddenException("Only this machine may give orders: found=" + remote);
        }
        if (host == null || !NAMES.contains(host.replaceFirst(":\\d+$", ""))) {
            throw new ForbiddenException("Order came under a foreign name: found=" + host);
        }
        if (origin != null && !isLocal(origin)) {
            throw new ForbiddenException("Order came from a foreign page: found=" + origin);
        }
    }

    private static boolean isLocal(String origin) {
        try {
            String host = URI.create(origin).getHost();
            return host != null && NAMES.contains(host);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
