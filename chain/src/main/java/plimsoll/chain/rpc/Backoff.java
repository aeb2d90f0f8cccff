package plimsoll.chain.rpc;

import java.time.Duration;
import java.util.random.RandomGenerator;

/** Waits that double with each failure up to a longest one; chance takes up to half away, so that clients do not return in step. */
final class Backoff {

    private final Duration first;
    private final Duration longest;
    private final RandomGenerator random;

    Backoff(Duration first, Duration longest, RandomGenerator random) {
        this.first = first;
        this.longest = longest;
        this.random = random;
    }

    /** The wait after this many failures in a row, counted from 1. */
    Duration after(int failures) {
        double doubled = (double) first.toNanos() * Math.pow(2, Math.max(0, failures - 1));
        double wait = Math.min(doubled, (double) longest.toNanos());
        double share;
        synchronized (random) {
            share = 0.5 + random.nextDouble() / 2;
        }
        return Duration.ofNanos((long) (wait * share));
    }
}
