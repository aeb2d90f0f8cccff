package plimsoll.keeper.watch;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** A block's reading that is under way while its logs are, too. */
final class EarlyReading {

    private final FutureTask<Reading> task;

    private EarlyReading(FutureTask<Reading> task) {
        this.task = task;
    }

    static EarlyReading start(Supplier<Reading> work) {
        FutureTask<Reading> task = new FutureTask<>(work::get);
        Thread.ofVirtual().name("early reading").start(task);
        return new EarlyReading(task);
    }

    /** What it found; throws what it failed with. */
    Reading get() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true; // an exchange with a node ends by itself
                } catch (ExecutionException e) {
                    if (e.getCause() instanceof RuntimeException failure) {
                        throw failure;
                    }
                    throw new IllegalStateException(e.getCause());
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until nobody uses the reader any more, however it went. */
    void awaitEnd() {
        try {
            Reading _ = get();
        } catch (RuntimeException e) {
            // Told to whoever asks for the reading.
        }
    }
}
