package plimsoll.chain.log;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.call.BlockHeader;
import plimsoll.units.BlockNumber;

/**
 * One consumer with the blocks that it is known to have applied. What is final is remembered apart, under a name of its own:
 * the last such block is the oldest of the window, and the window never goes below it.
 */
final class Track {

    private final String name;
    private final FollowerSettings settings;
    private final BlockStore store;
    private final LogConsumer consumer;

    private List<BlockRef> window = List.of();
    private Optional<BlockRef> mark = Optional.empty();
    private boolean inStep; // whether the consumer is known to hold exactly what the window says

    Track(String name, FollowerSettings settings, BlockStore store, LogConsumer consumer) {
        this.name = name;
        this.settings = settings;
        this.store = store;
        this.consumer = consumer;
    }

    String name() {
        return name;
    }

    private String markName() {
        return name + " final";
    }

    /** Finds out where the consumer stands, unless that is known. */
    void open() {
        if (inStep) {
            return;
        }
        List<BlockRef> marks = store.window(markName());
        mark = marks.isEmpty() ? Optional.empty() : Optional.of(marks.getLast());
        List<BlockRef> found = new ArrayList<>(store.window(name));
        mark.filter(block -> found.isEmpty()
                        || block.number().compareTo(found.getFirst().number()) < 0)
                .ifPresent(found::addFirst);
        window = List.copyOf(found);
        // A crash may have come between the consumer's work and the store's memory of it.
        consumer.rewind(next());
        inStep = true;
    }

    List<BlockRef> window() {
        return window;
    }

    /** The newest applied block that is known to be final. */
    Optional<BlockRef> mark() {
        return mark;
    }

    Optional<BlockRef> at() {
        return window.isEmpty() ? Optional.empty() : Optional.of(window.getLast());
    }

    BlockNumber next() {
        return at().map(block -> block.number().next()).orElse(settings.start());
    }

    boolean isFollowedBy(BlockHeader header) {
        return at().map(block -> block.hash().equals(header.parentHash())).orElse(true);
    }

    boolean isAt(BlockHeader head) {
        return at().map(block -> block.hash().equals(head.hash())).orElse(false);
    }

    /** Whether nothing speaks against our newest block being on the head's chain; what lies above us is checked when read. */
    boolean leadsTo(BlockHeader head) {
        return at().map(block -> switch (Integer.signum(block.number().compareTo(head.number()))) {
                    case -1 -> true;
                    case 0 -> block.hash().equals(head.hash());
                    default -> false;
                })
                .orElse(true);
    }

    void apply(List<BlockLogs> runs) {
        inStep = false; // until the store remembers what the consumer has done
        runs.forEach(consumer::apply);
        List<BlockRef> blocks = runs.stream()
                .map(run -> new BlockRef(run.last().number(), run.last().hash()))
                .toList();
        List<BlockRef> longer = new ArrayList<>(window);
        longer.addAll(blocks);
        int kept = kept(longer);
        store.append(name, blocks, kept);
        window = List.copyOf(longer.subList(longer.size() - kept, longer.size()));
        mark.filter(block -> block.number().compareTo(window.getFirst().number()) < 0)
                .ifPresent(block -> {
                    List<BlockRef> withMark = new ArrayList<>(window);
                    withMark.addFirst(block);
                    window = List.copyOf(withMark);
                });
        inStep = true;
    }

    /** How many of the newest blocks stay: down to the last final one, and never more than the settings say. */
    private int kept(List<BlockRef> blocks) {
        long needed = blocks.stream()
                .filter(block ->
                        mark.isEmpty() || block.number().compareTo(mark.get().number()) >= 0)
                .count();
        return Math.clamp(needed, 1, settings.keep());
    }

    /** Goes back to the oldest {@code kept} blocks of the window. */
    void rewind(int kept) {
        BlockNumber first =
                kept == 0 ? settings.start() : window.get(kept - 1).number().next();
        inStep = false; // until both have forgotten
        consumer.rewind(first);
        store.rewind(name, first);
        window = List.copyOf(window.subList(0, kept));
        inStep = true;
    }

    /** The chain will not take back what it holds up to this height. */
    void finalise(BlockNumber height) {
        Optional<BlockRef> newer = window.stream()
                .filter(block -> block.number().compareTo(height) <= 0)
                .reduce((_, later) -> later)
                .filter(block ->
                        mark.isEmpty() || block.number().compareTo(mark.get().number()) > 0);
        newer.ifPresent(block -> {
            store.append(markName(), List.of(block), 1);
            mark = newer;
        });
    }
}
