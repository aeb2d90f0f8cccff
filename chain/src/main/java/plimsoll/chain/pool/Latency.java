package plimsoll.chain.pool;

import java.util.Arrays;

/** How long exchanges take: a mean in which newer ones count more, and the 95th percentile of the last 64. */
final class Latency {

    private static final double NEWEST = 0.1;
    private static final int KEPT = 64;
    private static final int ENOUGH = 8;
    private static final int RECOUNT = 8;

    private final long[] last = new long[KEPT];
    private int count;
    private double mean;
    private volatile long meanNanos;
    private volatile long slowNanos;

    synchronized void record(long nanos) {
        mean = count == 0 ? nanos : mean + NEWEST * (nanos - mean);
        meanNanos = (long) mean;
        last[count % KEPT] = nanos;
        count++;
        if (count < ENOUGH || count % RECOUNT == 0) {
            long[] sorted = Arrays.copyOf(last, Math.min(count, KEPT));
            Arrays.sort(sorted);
            slowNanos = sorted[(int) Math.ceil(0.95 * sorted.length) - 1];
        }
    }

    /** Zero before the first exchange. */
    long meanNanos() {
        return meanNanos;
    }

    /** Zero before the first exchange. */
    long slowNanos() {
        return slowNanos;
    }

    synchronized boolean isKnown() {
        return count >= ENOUGH;
    }
}
