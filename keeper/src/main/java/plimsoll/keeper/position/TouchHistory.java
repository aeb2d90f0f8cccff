package plimsoll.keeper.position;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import plimsoll.units.BlockNumber;

/**
 * What each recent block touched, so that a reorg can name the facts that its orphaned blocks had changed. Reading those again
 * at the new head, together with what the new blocks touched, leaves what a fresh start would find.
 */
public final class TouchHistory {

    private final int depth;
    private final TreeMap<BlockNumber, Set<Touch>> recent = new TreeMap<>();

    /** Remembers this many blocks below the newest. */
    public TouchHistory(int depth) {
        this.depth = depth;
    }

    /** Notes what a block touched; blocks come in ascending order. */
    public void add(BlockNumber block, Set<Touch> touches) {
        recent.put(block, Set.copyOf(touches));
        while (recent.size() > 1
                && recent.firstKey().value() <= recent.lastKey().value() - depth) {
            recent.pollFirstEntry();
        }
    }

    /**
     * Forgets every block from {@code first} up and returns what they touched; empty where they reach further back than is
     * remembered, so that everything has to be read again.
     */
    public Optional<Set<Touch>> rewindFrom(BlockNumber first) {
        boolean remembered = !recent.isEmpty() && recent.firstKey().compareTo(first) <= 0;
        var orphaned = recent.tailMap(first, true);
        Set<Touch> touches = new HashSet<>();
        orphaned.values().forEach(touches::addAll);
        orphaned.clear();
        return remembered ? Optional.of(touches) : Optional.empty();
    }
}
