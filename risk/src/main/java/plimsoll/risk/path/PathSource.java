package plimsoll.risk.path;

/** Joint price paths in blocks; a block gives the same bits wherever and in whatever order it is asked for. */
public interface PathSource {

    /** Paths in a block. It is part of the result: partial sums are taken by block and combined in block order. */
    int BLOCK = 1024;

    int assets();

    int steps();

    /** All paths together; the last block may hold fewer than {@link #BLOCK}. */
    int paths();

    /** Fills one block with relative prices P(step)/P(0), step 0 being the first step after now. */
    void fill(int block, PathBlock out);

    default int blocks() {
        return (paths() + BLOCK - 1) / BLOCK;
    }

    /** Paths in one block. */
    default int count(int block) {
        if (block < 0 || block >= blocks()) {
            throw new IllegalArgumentException("no such block: found=" + block + " blocks=" + blocks());
        }
        return Math.min(BLOCK, paths() - block * BLOCK);
    }
}
