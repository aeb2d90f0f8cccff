package plimsoll.keeper.app;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import plimsoll.keeper.api.StatusView;

/** How long it takes from seeing a block to a node's having the transaction for it. Safe for many threads. */
final class Latencies {

    private static final int REMEMBERED = 10_000;

    private final Map<String, Instant> seen = new HashMap<>();
    private final Map<String, Instant> sent = new HashMap<>();
    private final Map<String, Double> measured = new HashMap<>();
    private final Deque<Double> recent = new ArrayDeque<>();
    private long count;

    /** The transaction with this reason answers a block that was seen then. It may have been sent already. */
    synchronized void answers(String reason, Instant blockSeen) {
        if (seen.putIfAbsent(reason, blockSeen) == null) {
            measure(reason);
        }
    }

    /** A node has taken it; later attempts for the same reason do not count. */
    synchronized void sent(String reason, Instant at) {
        if (sent.putIfAbsent(reason, at) == null) {
            measure(reason);
        }
    }

    private void measure(String reason) {
        Instant from = seen.get(reason);
        Instant to = sent.get(reason);
        if (from == null || to == null) {
            return;
        }
        double millis = Duration.between(from, to).toNanos() / 1e6;
        measured.put(reason, millis);
        recent.addLast(millis);
        count++;
        if (recent.size() > REMEMBERED) {
            recent.removeFirst();
        }
    }

    synchronized Optional<Double> of(String reason) {
        return Optional.ofNullable(measured.get(reason));
    }

    synchronized StatusView.Latency summary() {
        double[] sorted =
                recent.stream().mapToDouble(Double::doubleValue).sorted().toArray();
        return new StatusView.Latency(count, quantile(sorted, 0.5), quantile(sorted, 0.99), quantile(sorted, 1));
    }

    /** The smallest value that at least this share does not exceed. */
    private static double quantile(double[] sorted, double share) {
        return sorted.length == 0 ? 0 : sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }
}
