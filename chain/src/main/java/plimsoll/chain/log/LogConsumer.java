package plimsoll.chain.log;

import plimsoll.units.BlockNumber;

/**
 * Builds some state out of logs. Runs come in order and without gaps; before the first run, after a crash and after a
 * reorg comes a rewind, so that applying what follows never counts a log twice.
 */
public interface LogConsumer {

    void apply(BlockLogs logs);

    /** Forgets everything that blocks from {@code first} up have said; there may be nothing to forget. */
    void rewind(BlockNumber first);
}
