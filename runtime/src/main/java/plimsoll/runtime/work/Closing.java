package plimsoll.runtime.work;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** The order to end, once given and never taken back; whoever pauses hears it at once. Safe for many threads. */
public final class Closing {

    private final CountDownLatch ordered = new CountDownLatch(1);

    public void order() {
        ordered.countDown();
    }

    public boolean isOrdered() {
        return ordered.getCount() == 0;
    }

    /** Pauses for so long, or until the order comes; whether to end, which an interrupted thread must, too. */
    public boolean isOrderedWithin(Duration time) {
        try {
            return ordered.await(time.toNanos(), TimeUnit.NANOSECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }
}
