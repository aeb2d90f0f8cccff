package plimsoll.keeper.position;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * What each recent block touched, so that a reorg can name the facts that its orphaned blocks had changed. Reading those again
 * at the new head, together with what the new blocks touched, leaves what a fresh start would find.
 */
public final class TouchHistory {

    private record Entry(Set<Touch> touches, Set<Address> accounts) {}

    private final int depth;
    private final TreeMap<BlockNumber, Entry> recent = new TreeMap<>();

    /** Remembers this many blocks below the newest. */
    public TouchHistory(int depth) {
        this.depth = depth;
    }

    /** Notes what a block touched; blocks come in ascending order. */
    public void add(BlockNumber block, Set<Touch> touches) {
        Set<Address> accounts = new HashSet<>();
        touches.forEach(touch -> touch.whose().ifPresent(accounts::add));
        recent.put(block, new Entry(Set.copyOf(touches), Set.copyOf(accounts)));
        while (recent.size() > 1
                && recent.firstKey().value() <= recent.lastKey().value() - depth) {
            recent.pollFirstEntry();
        }
    }

    /** Whom the block touched; nobody where it is not remembered. */
    public Set<Address> accountsOf(BlockNumber block) {
        return Optional.ofNullable(recent.get(block)).map(Entry::accounts).orElse(Set.of());
    }

    /** Whether a rewind to the block could name what it took away. */
    public boolean remembers(BlockNumber block) {
        return !recent.isEmpty() && recent.firstKey().compareTo(block) <= 0;
    }

    /**
     * Forgets every block from {@code first} up and returns what they touched; empty where they reach further back than is
     * remembered, so that everything has to be read again.
     */
    public Optional<Set<Touch>> rewindFrom(BlockNumber first) {
        boolean remembered = remembers(first);
        var orphaned = recent.tailMap(first, true);
        Set<Touch> touches = new HashSet<>();
        orphaned.values().forEach(entry -> touches.addAll(entry.touches));
        orphaned.clear();
        return remembered ? Optional.of(touches) : Optional.empty();
    }
}
