package plimsoll.chain.pool;

/**
 * A bucket of tokens that fills at a steady rate up to one second's worth. Taking more than it holds leaves a debt, and
 * the taker waits until it would be paid; so a batch larger than the bucket is possible and pays its full time.
 */
final class RateLimit {

    private final double perNano;
    private final double capacity;
    private double tokens;
    private long last;

    /** @param perSecond tokens a second, above 0 */
    RateLimit(double perSecond, long now) {
        perNano = perSecond / 1e9;
        capacity = Math.max(1, perSecond);
        tokens = capacity;
        last = now;
    }

    /** Takes the tokens unless that would mean waiting longer than {@code atMost}: nanoseconds to wait, or -1. */
    synchronized long take(int count, long now, long atMost) {
        fill(now);
        double missing = count - tokens;
        long wait = missing <= 0 ? 0 : (long) Math.ceil(missing / perNano);
        if (wait > atMost) {
            return -1;
        }
        tokens -= count;
        return wait;
    }

    synchronized boolean has(int count, long now) {
        fill(now);
        return tokens >= Math.min(count, capacity);
    }

    private void fill(long now) {
        if (now > last) {
            tokens = Math.min(capacity, tokens + (now - last) * perNano);
            last = now;
        }
    }
}
