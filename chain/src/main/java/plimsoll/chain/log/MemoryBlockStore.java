package plimsoll.chain.log;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import plimsoll.units.BlockNumber;

/** Remembers blocks for the life of the process, for consumers whose own state lives no longer either. */
public final class MemoryBlockStore implements BlockStore {

    private final Map<String, List<BlockRef>> windows = new HashMap<>();

    @Override
    public synchronized List<BlockRef> window(String follower) {
        return List.copyOf(windows.getOrDefault(follower, List.of()));
    }

    @Override
    public synchronized void append(String follower, List<BlockRef> blocks, int keep) {
        List<BlockRef> window = new ArrayList<>(windows.getOrDefault(follower, List.of()));
        for (BlockRef block : blocks) {
            if (!window.isEmpty() && block.number().compareTo(window.getLast().number()) <= 0) {
                throw new IllegalArgumentException("Block is not above the last: found=" + block.number() + " last="
                        + window.getLast().number());
            }
            window.add(block);
        }
        windows.put(follower, window.subList(Math.max(0, window.size() - keep), window.size()));
    }

    @Override
    public synchronized void rewind(String follower, BlockNumber first) {
        List<BlockRef> window = new ArrayList<>(windows.getOrDefault(follower, List.of()));
        window.removeIf(block -> block.number().compareTo(first) >= 0);
        windows.put(follower, window);
    }
}
