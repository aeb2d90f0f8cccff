package plimsoll.oracle.app;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting that an end cuts short. */
final class Pause {

    private final CountDownLatch end = new CountDownLatch(1);

    void upTo(Duration duration) {
        try {
            // Whether it ended or time passed, the caller looks at its own flag.
            boolean ended = end.await(duration.toMillis(), TimeUnit.MILLISECONDS);
            if (ended) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            end();
        }
    }

    void end() {
        end.countDown();
    }
}
