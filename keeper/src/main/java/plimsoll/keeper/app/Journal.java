package plimsoll.keeper.app;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import plimsoll.chain.tx.StoredIntent;
import plimsoll.keeper.journal.Decision;
import plimsoll.keeper.journal.JournalEntry;
import plimsoll.keeper.store.KeeperStore;
import plimsoll.keeper.store.SceneStore;
import plimsoll.units.Address;

/**
 * Writes rounds to the database in their order, behind the loop's back: the next block does not wait for it. What is older than the
 * operator keeps it goes by and by.
 */
final class Journal implements AutoCloseable {

    private static final int PATIENCE_SECONDS = 5;

    private record Entry(JournalEntry entry, List<Decision> decisions, Map<Address, StoredIntent> sent, Instant at) {}

    private static final Duration PRUNE_EVERY = Duration.ofHours(1);

    private final KeeperStore store;
    private final SceneStore scenes;
    private final long market;
    private final Duration retention;
    private final KeeperLog log;
    private final BlockingQueue<Entry> entries = new LinkedBlockingQueue<>();
    private final Thread writer;
    private Instant pruned = Instant.EPOCH;
    private volatile boolean closed;

    /** @param retention how long decisions are kept; the lines of those with a transaction stay */
    Journal(KeeperStore store, SceneStore scenes, long market, Duration retention, KeeperLog log) {
        this.store = store;
        this.scenes = scenes;
        this.market = market;
        this.retention = retention;
        this.log = log;
        this.writer = Thread.ofVirtual().name("journal").start(this::work);
    }

    void add(Round round, Instant at) {
        if (!round.decisions().isEmpty()) {
            entries.add(
                    new Entry(JournalEntry.of(round.scene(), round.decisions()), round.decisions(), round.sent(), at));
        }
    }

    void add(Anticipation anticipation, Instant at) {
        if (!anticipation.decisions().isEmpty()) {
            entries.add(new Entry(anticipation.entry(), anticipation.decisions(), anticipation.sent(), at));
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
            store.journal(market, entry.decisions, entry.sent, entry.at, entry.entry.foreseen());
            scenes.add(market, entry.entry, entry.at);
            if (!pruned.plus(PRUNE_EVERY).isAfter(entry.at)) {
                scenes.prune(market, entry.at.minus(retention));
                pruned = entry.at;
            }
        } catch (RuntimeException e) {
            log.journalFailed(entry.entry.scene().block().number(), e);
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
