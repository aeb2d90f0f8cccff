package plimsoll.keeper.app;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import plimsoll.keeper.position.AccountPosition;
import plimsoll.keeper.position.Asset;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.RecentBlock;
import plimsoll.keeper.store.SnapshotStore;
import plimsoll.runtime.store.Duty;
import plimsoll.runtime.store.DutyLostException;
import plimsoll.units.Address;

/**
 * Stores now and then what rounds have changed, behind the loop's back, so that the next start has little to read. What another process
 * may have stored meanwhile is never mended by pieces: the first of each term of the market's duty is the whole book. Safe for two threads.
 */
final class Snapshots {

    private final SnapshotStore store;
    private final long market;
    private final Supplier<Optional<Duty.Term>> onDuty;

    /** The one in which what follows was noted; absent where another process stores what the book becomes. */
    private Optional<Duty.Term> term = Optional.empty();

    private boolean whole;
    private Map<Address, AccountPosition> changed = new LinkedHashMap<>();
    private List<RecentBlock> recent = List.of();
    private List<Asset> reserves = List.of();

    private record Noted(SnapshotStore.Update update, Duty.Term term) {}

    /** @param onDuty our term of the market's duty, while it is ours */
    Snapshots(SnapshotStore store, long market, Supplier<Optional<Duty.Term>> onDuty) {
        this.store = store;
        this.market = market;
        this.onDuty = onDuty;
    }

    /** Notes what a round has changed; the book is read before this returns. */
    synchronized void add(Round round, PositionBook book) {
        Optional<Duty.Term> now = onDuty.get();
        if (now.isEmpty()) {
            restart();
            return;
        }
        if (!now.equals(term)) {
            restart();
            term = now;
            whole = true;
            book.all().forEach(position -> changed.put(position.account(), position));
        }
        round.change().read().forEach(account -> changed.put(account, book.position(account)));
        recent = round.change().recent();
        reserves = round.market().assets();
    }

    /** Another process stores what this book becomes from here on: when it is ours again, all of it has to be stored. */
    synchronized void restart() {
        term = Optional.empty();
        changed = new LinkedHashMap<>();
        recent = List.of();
    }

    /** Stores what is new, if there is anything; what could not be stored is tried again the next time. */
    void save() {
        Optional<Noted> noted = take();
        if (noted.isPresent()) {
            try {
                store.save(market, noted.get().update, noted.get().term);
            } catch (DutyLostException e) {
                drop(noted.get().term); // whoever has the duty now stores all that it knows
            } catch (RuntimeException e) {
                giveBack(noted.get());
                throw e;
            }
        }
    }

    private synchronized Optional<Noted> take() {
        if (term.isEmpty() || recent.isEmpty()) {
            return Optional.empty(); // nothing is new, or a reorg reached further back than is remembered
        }
        var update = new SnapshotStore.Update(whole, recent, reserves, new ArrayList<>(changed.values()));
        whole = false;
        changed = new LinkedHashMap<>();
        recent = List.of();
        return Optional.of(new Noted(update, term.get()));
    }

    private synchronized void giveBack(Noted noted) {
        if (!term.equals(Optional.of(noted.term))) {
            return; // another process has stored since
        }
        whole |= noted.update.whole();
        noted.update.changed().forEach(position -> changed.putIfAbsent(position.account(), position));
        if (recent.isEmpty()) {
            recent = noted.update.recent();
        }
    }

    private synchronized void drop(Duty.Term lost) {
        if (term.equals(Optional.of(lost))) {
            restart();
        }
    }
}
