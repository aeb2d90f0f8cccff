package plimsoll.chain.log;

/** How many blocks to ask for at once: towards the wanted number of logs, below what the node has refused. For one thread. */
final class PageSize {

    private static final int FIRST = 256;
    /** After so many good answers a refused size is tried again: the blocks there may have been the crowded ones. */
    private static final int FORGIVING = 32;

    private final Paging paging;
    private long blocks;
    private long ceiling;
    private int good;

    PageSize(Paging paging) {
        this.paging = paging;
        blocks = Math.min(FIRST, paging.largest());
        ceiling = paging.largest();
    }

    long blocks() {
        return blocks;
    }

    void answered(long asked, int logs) {
        if (++good % FORGIVING == 0) {
            ceiling = Math.min(paging.largest(), 2 * ceiling);
        }
        long fitting = logs == 0 ? Long.MAX_VALUE : Math.max(1, asked * paging.logsAtOnce() / logs);
        // Doubling at most: the blocks to come may hold more than those behind.
        blocks = Math.max(1, Math.min(Math.min(fitting, 2 * Math.max(asked, blocks)), ceiling));
    }

    /** The node gave no answer to {@code asked} blocks, and may have said how many it would answer. */
    void refused(long asked, long suggested) {
        ceiling = Math.max(1, Math.min(ceiling, suggested));
        blocks = Math.max(1, Math.min(blocks, ceiling));
        good = 0;
    }
}
