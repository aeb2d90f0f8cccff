package plimsoll.keeper.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.RecentBlock;
import plimsoll.keeper.store.SnapshotStore;
import plimsoll.units.Address;

/** Stores now and then what rounds have changed, behind the loop's back, so that the next start has little to read. Safe for two threads. */
final class Snapshots {

    private final SnapshotStore store;
    private final long market;
    private boolean whole;
    private boolean restarted;
    private Map<Address, AccountPosition> changed = new LinkedHashMap<>();
    private List<RecentBlock> recent = List.of();
    private List<Asset> reserves = List.of();

    /** @param whole whether what is stored is to be replaced, because the book was not built on it */
    Snapshots(SnapshotStore store, long market, boolean whole) {
        this.store = store;
        this.market = market;
        this.whole = whole;
    }

    /** Notes what a round has changed; the book is read before this returns. */
    synchronized void add(Round round, PositionBook book) {
        if (restarted) {
            restarted = false;
            whole = true;
            book.all().forEach(position -> changed.put(position.account(), position));
        }
        round.change().read().forEach(account -> changed.put(account, book.position(account)));
        recent = round.change().recent();
        reserves = round.market().assets();
    }

    /** Another process stores what this book becomes from here on: when it is ours again, all of it has to be stored. */
    synchronized void restart() {
        restarted = true;
        changed = new LinkedHashMap<>();
        recent = List.of();
    }

    /** Stores what is new, if there is anything; what could not be stored is tried again the next time. */
    void save() {
        Optional<SnapshotStore.Update> update = take();
        if (update.isPresent()) {
            try {
                store.save(market, update.get());
            } catch (RuntimeException e) {
                giveBack(update.get());
                throw e;
            }
        }
    }

    private synchronized Optional<SnapshotStore.Update> take() {
        if (recent.isEmpty()) {
            return Optional.empty(); // nothing is new, or a reorg reached further back than is remembered
        }
        var update = new SnapshotStore.Update(whole, recent, reserves, new ArrayList<>(changed.values()));
        whole = false;
        changed = new LinkedHashMap<>();
        recent = List.of();
        return Optional.of(update);
    }

    private synchronized void giveBack(SnapshotStore.Update update) {
        whole |= update.whole();
        update.changed().forEach(position -> changed.putIfAbsent(position.account(), position));
        if (recent.isEmpty()) {
            recent = update.recent();
        }
    }
}
