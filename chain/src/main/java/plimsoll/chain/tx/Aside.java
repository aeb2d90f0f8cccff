package plimsoll.chain.tx;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;

/** Work on a thread of its own, for one that has others to serve until it is done. */
final class Aside<T> {

    private final FutureTask<T> task;
    private final Semaphore news;

    private Aside(FutureTask<T> task, Semaphore news) {
        this.task = task;
        this.news = news;
    }

    /** @param news gets a permit when it is done */
    static <T> Aside<T> start(Supplier<T> work, Semaphore news) {
        FutureTask<T> task = new FutureTask<>(work::get) {
            @Override
            protected void done() {
                news.release();
            }
        };
        Thread.ofVirtual().name("aside").start(task);
        return new Aside<>(task, news);
    }

    boolean isDone() {
        return task.isDone();
    }

    void awaitEnd() {
        while (!task.isDone()) {
            news.acquireUninterruptibly();
        }
    }

    /** What came of it, once it is done; throws what it threw. */
    T get() {
        try {
            return task.get();
        } catch (InterruptedException e) {
            throw new IllegalStateException("Work was not done yet", e);
        } catch (ExecutionException e) {
            switch (e.getCause()) {
                case RuntimeException failure -> throw failure;
                case Error error -> throw error;
                case null, default -> throw new IllegalStateException(e.getCause());
            }
        }
    }
}
