package plimsoll.keeper.watch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.Reserve;
import plimsoll.keeper.position.Touch;
import plimsoll.keeper.position.TouchHistory;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/** What has to be read again before the book is true; it shrinks only after the reading has succeeded. */
final class Staleness {

    private final TouchHistory history;
    private final Set<Touch> touches = new HashSet<>();
    private boolean everything = true;

    Staleness(int reorgDepth) {
        history = new TouchHistory(reorgDepth);
    }

    void touched(BlockNumber block, Set<Touch> by) {
        history.add(block, by);
        touches.addAll(by);
    }

    /** Blocks from {@code first} up are no longer part of the chain. */
    void rewound(BlockNumber first) {
        Optional<Set<Touch>> orphaned = history.rewindFrom(first);
        orphaned.ifPresent(touches::addAll);
        everything |= orphaned.isEmpty();
    }

    void add(Touch touch) {
        touches.add(touch);
    }

    boolean isEmpty() {
        return touches.isEmpty() && !everything;
    }

    boolean parameters() {
        return everything || touches.contains(new Touch.Parameters());
    }

    /**
     * Everything to read about accounts and indexes. An account that the book does not know is read whole, so that nothing depends on
     * our having seen its first log.
     */
    Set<Touch> toRead(PositionBook book, List<Reserve> reserves) {
        Set<Address> known = Set.copyOf(book.accounts());
        Set<Touch> all = new HashSet<>(touches);
        Set<Address> whole = new HashSet<>();
        for (Touch touch : touches) {
            accountOf(touch)
                    .filter(account -> everything || !known.contains(account))
                    .ifPresent(whole::add);
        }
        if (everything) {
            whole.addAll(known);
        }
        for (Address account : whole) {
            all.add(new Touch.Collateral(account));
            all.add(new Touch.Efficiency(account));
            for (Reserve reserve : reserves) {
                all.add(new Touch.Supply(account, reserve.asset()));
                all.add(new Touch.Debt(account, reserve.asset()));
            }
        }
        return all;
    }

    void clear() {
        touches.clear();
        everything = false;
    }

    private static Optional<Address> accountOf(Touch touch) {
        return switch (touch) {
            case Touch.Supply(Address account, Address _) -> Optional.of(account);
            case Touch.Debt(Address account, Address _) -> Optional.of(account);
            case Touch.Collateral(Address account) -> Optional.of(account);
            case Touch.Efficiency(Address account) -> Optional.of(account);
            case Touch.Indexes _, Touch.Parameters _ -> Optional.empty();
        };
    }
}
