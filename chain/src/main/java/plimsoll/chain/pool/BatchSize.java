package plimsoll.chain.pool;

/** How many requests an endpoint gets in one exchange: half after a refusal, a little more after each eight full ones that went well. */
final class BatchSize {

    private static final int FULL_ONES = 8;

    private final int largest;
    private int size;
    private int full;

    BatchSize(int largest) {
        this.largest = largest;
        size = largest;
    }

    synchronized int size() {
        return size;
    }

    /** A batch of this many was too large. */
    synchronized int tooLarge(int sent) {
        full = 0;
        size = Math.max(1, Math.min(size, sent / 2));
        return size;
    }

    /** A batch of this many went well. */
    synchronized int wentWell(int sent) {
        if (sent >= size && size < largest && ++full >= FULL_ONES) {
            full = 0;
            size = Math.min(largest, size + Math.max(1, largest / 20));
        }
        return size;
    }
}
