package plimsoll.keeper.watch;

import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import plimsoll.chain.log.BlockRef;
import plimsoll.keeper.position.PositionBook;
import plimsoll.keeper.position.RecentBlock;
import plimsoll.keeper.position.Touch;
import plimsoll.keeper.position.TouchHistory;
import plimsoll.units.BlockNumber;

/** What has to be read again before the book is true; it shrinks only after the reading has succeeded. */
final class Staleness {

    private final TouchHistory history;
    private final Set<Touch> touches = new HashSet<>();
    private boolean everything;

    /** Everything is stale. */
    Staleness(int reorgDepth) {
        history = new TouchHistory(reorgDepth);
        everything = true;
    }

    /**
     * Only what governance sets and the reserves' indexes are stale; the book was left true at the last of these blocks. A reorg that
     * takes that block away makes the parameters stale once more: nobody has said which of the blocks before it had changed them.
     */
    Staleness(int reorgDepth, List<RecentBlock> earlier) {
        history = new TouchHistory(reorgDepth);
        for (RecentBlock block : earlier) {
            Set<Touch> by = new HashSet<>();
            block.touched().forEach(account -> by.add(new Touch.Account(account)));
            if (block.equals(earlier.getLast())) {
                by.add(new Touch.Parameters());
            }
            history.add(block.number(), by);
        }
        everything = false;
        touches.add(new Touch.Parameters());
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

    /**
     * Everything to read about accounts and indexes. An account that the book does not know is read whole, so that nothing depends on
     * our having seen its first log.
     */
    Stale toRead(PositionBook book) {
        Set<Touch> all = new HashSet<>(touches);
        for (Touch touch : touches) {
            touch.whose()
                    .filter(account -> everything || !book.knows(account))
                    .ifPresent(account -> all.add(new Touch.Account(account)));
        }
        if (everything) {
            book.accounts().forEach(account -> all.add(new Touch.Account(account)));
        }
        return new Stale(everything || touches.contains(new Touch.Parameters()), all);
    }

    /** These blocks with whom each touched, as far back as a rewind could use it. */
    List<RecentBlock> recent(List<BlockRef> window) {
        return window.stream()
                .filter(block -> history.remembers(block.number()))
                .map(block -> new RecentBlock(block.number(), block.hash(), history.accountsOf(block.number())))
                .toList();
    }

    void clear() {
        touches.clear();
        everything = false;
    }
}
