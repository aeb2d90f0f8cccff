package plimsoll.keeper.notify;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How long to wait after a failure, and when to give up. Waits double; chance takes up to half away.
 *
 * @param attempts after so many nothing is tried any more
 */
public record Backoff(Duration first, Duration longest, int attempts) {

    /** From two seconds to ten minutes, for about an hour and a half. */
    public static final Backoff USUAL = new Backoff(Duration.ofSeconds(2), Duration.ofMinutes(10), 18);

    private static final int MOST_DOUBLINGS = 30;

    public Backoff {
        if (first.isNegative() || first.isZero() || longest.compareTo(first) < 0 || attempts < 1) {
            throw new IllegalArgumentException("Waits are not positive and ascending: first=" + first + " longest="
                    + longest + " attempts=" + attempts);
        }
    }

    /** The wait after this attempt, counted from 1. */
    Duration after(int attempt, RandomGenerator random) {
        long doubled = first.toMillis() << Math.clamp(attempt - 1L, 0, MOST_DOUBLINGS);
        long wait = doubled <= 0 ? longest.toMillis() : Math.min(doubled, longest.toMillis());
        return Duration.ofMillis((long) (wait * (0.5 + random.nextDouble() / 2)));
    }

    boolean isLast(int attempt) {
        return attempt >= attempts;
    }
}
