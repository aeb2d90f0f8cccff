package plimsoll.keeper.liquidation.guard;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedSet;
import java.util.stream.Stream;
import plimsoll.units.Address;

/**
 * Remembers how our transactions fared: which accounts' liquidations reverted, how many of the last ones did, and how long nodes took
 * to accept them. Outcomes count for ten minutes, delays for one. Safe for many threads.
 */
public final class SendRecord {

    private static final Duration OUTCOMES_COUNT = Duration.ofMinutes(10);
    private static final Duration DELAYS_COUNT = Duration.ofMinutes(1);

    private static final int MOST_EARLY = 1_000;

    private record Conclusion(boolean succeeded, Instant at) {}

    private record Acceptance(Duration took, Instant at) {}

    private final Map<Address, Failures> failures = new HashMap<>();
    private final Deque<Conclusion> conclusions = new ArrayDeque<>();
    private final Deque<Acceptance> acceptances = new ArrayDeque<>();
    private final Map<String, Instant> waiting = new HashMap<>();
    /** Accepted before we were told that they are being sent. */
    private final SequencedSet<String> early = new LinkedHashSet<>();

    /** The account's liquidation with this reason has an outcome. */
    public synchronized void concluded(Address account, String reason, boolean succeeded, Instant at) {
        waiting.remove(reason);
        conclusions.addLast(new Conclusion(succeeded, at));
        if (succeeded) {
            failures.remove(account);
        } else {
            failures.merge(account, new Failures(1, at), (before, _) -> new Failures(before.reverts() + 1, at));
        }
    }

    /** A transaction with this reason is on its way to a node. */
    public synchronized void sending(String reason, Instant at) {
        if (!early.remove(reason)) {
            waiting.putIfAbsent(reason, at);
        }
    }

    /** A node has accepted it. */
    public synchronized void accepted(String reason, Instant at) {
        Instant since = waiting.remove(reason);
        if (since == null) {
            early.add(reason);
            if (early.size() > MOST_EARLY) {
                early.removeFirst();
            }
        } else {
            Duration took = Duration.between(since, at);
            acceptances.addLast(new Acceptance(took.isNegative() ? Duration.ZERO : took, at));
        }
    }

    public synchronized SendHealth health(Instant now) {
        conclusions.removeIf(it -> it.at.isBefore(now.minus(OUTCOMES_COUNT)));
        acceptances.removeIf(it -> it.at.isBefore(now.minus(DELAYS_COUNT)));
        Optional<Duration> slowest = Stream.concat(
                        acceptances.stream().map(Acceptance::took),
                        waiting.values().stream().map(since -> Duration.between(since, now)))
                .max(Duration::compareTo);
        return new SendHealth(
                failures,
                conclusions.size(),
                (int) conclusions.stream().filter(it -> !it.succeeded).count(),
                slowest);
    }
}
