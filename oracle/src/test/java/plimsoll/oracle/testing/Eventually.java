package plimsoll.oracle.testing;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;

/** Waits for a condition, never for time alone. */
public final class Eventually {

    private static final Duration LONGEST = Duration.ofSeconds(60);

    private Eventually() {}

    /** Returns when {@code found} equals {@code expected}; after a minute it fails with the last that was found. */
    public static void equal(Object expected, Supplier<?> found) {
        long deadline = System.nanoTime() + LONGEST.toNanos();
        Object last = found.get();
        while (!expected.equals(last)) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("Not reached within " + LONGEST + ": expected=" + expected + " found=" + last);
            }
            LockSupport.parkNanos(20_000_000);
            last = found.get();
        }
    }
}
