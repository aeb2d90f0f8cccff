package plimsoll.chain.call;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.function.Supplier;

/** Exchanges with a node that are under way on a thread of their own, for a caller who has something else to do until they are done. */
public final class Aside<T> {

    private final FutureTask<T> task;

    private Aside(FutureTask<T> task) {
        this.task = task;
    }

    /** Starts it. */
    public static <T> Aside<T> start(Supplier<T> work) {
        return start(work, () -> {});
    }

    /**
     * Starts it, for a caller who waits for other things, too.
     *
     * @param whenDone called on the other thread, however the work went
     */
    public static <T> Aside<T> start(Supplier<T> work, Runnable whenDone) {
        FutureTask<T> task = new FutureTask<>(work::get) {
            @Override
            protected void done() {
                whenDone.run();
            }
        };
        Thread.ofVirtual().name("aside").start(task);
        return new Aside<>(task);
    }

    public boolean isDone() {
        return task.isDone();
    }

    /** Waits for what came of it; throws what it threw. An interrupted caller waits all the same: exchanges end by themselves. */
    public T get() {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return task.get();
                } catch (InterruptedException e) {
                    interrupted = true;
                } catch (ExecutionException e) {
                    switch (e.getCause()) {
                        case RuntimeException failure -> throw failure;
                        case Error error -> throw error;
                        case null, default -> throw new IllegalStateException(e.getCause());
                    }
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Waits until it is over, however it went; that is told to whoever gets it. */
    public void awaitEnd() {
        try {
            T _ = get();
        } catch (RuntimeException e) {
            // Not asked for here.
        }
    }
}
