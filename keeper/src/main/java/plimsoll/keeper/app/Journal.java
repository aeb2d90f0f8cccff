package plimsoll.keeper.app;

import java.time.Instant;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import plimsoll.keeper.store.KeeperStore;

/** Writes rounds to the database in their order, behind the loop's back: the next block does not wait for it. */
final class Journal implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 5;

    private record Entry(Round round, Instant at) {}

    private final KeeperStore store;
    private final long market;
    private final KeeperLog log;
    private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
    private final Thread writer;
    private volatile boolean closed;

    Journal(KeeperStore store, long market, KeeperLog log) {
        this.store = store;
        this.market = market;
        this.log = log;
        this.writer = Thread.ofVirtual().name("journal").start(this::work);
    }

    void add(Round round, Instant at) {
        if (!round.decisions().isEmpty()) {
            entries.add(new Entry(round, at));
        }
    }

    private void work() {
        try {
            while (!closed || !entries.isEmpty()) {
                Entry entry = entries.poll(100, TimeUnit.MILLISECONDS);
                if (entry != null) {
                    write(entry);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void write(Entry entry) {
        try {
            store.journal(market, entry.round.decisions(), entry.round.sent(), entry.at);
        } catch (RuntimeException e) {
            log.journalFailed(entry.round.market().block().number(), e);
        }
    }

    /** Writes what is left, as far as that takes a few seconds. */
    @Override
    public void close() {
        closed = true;
        try {
            writer.join(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
