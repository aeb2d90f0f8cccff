package plimsoll.chain.log;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import plimsoll.chain.call.BlockHeader;
import plimsoll.units.BlockNumber;

/** Writes what happens while a chain is followed, one line an event. */
public final class FollowerLog implements FollowerEvents {

    private static final Logger LOG = LoggerFactory.getLogger(FollowerLog.class);

    private final String follower;

    /** @param follower whose events these are, as an operator knows it */
    public FollowerLog(String follower) {
        this.follower = follower;
    }

    @Override
    public void pageRead(BlockNumber first, BlockNumber last, int logs) {
        LOG.debug("page read: follower={} first={} last={} logs={}", follower, first, last, logs);
    }

    @Override
    public void pageHalved(BlockNumber first, BlockNumber last, long blocks, String reason) {
        LOG.info(
                "page too large, asking for less: follower={} first={} last={} next={} blocks because={}",
                follower,
                first,
                last,
                blocks,
                reason);
    }

    @Override
    public void reorganised(String consumer, BlockRef lost, BlockNumber kept, BlockHeader head) {
        LOG.warn(
                "reorg, going back: follower={} consumer={} depth={} lost={} kept={} head={} headHash={}",
                follower,
                consumer,
                lost.number().value() - kept.value(),
                lost.hash(),
                kept,
                head.number(),
                head.hash());
    }

    @Override
    public void suspected(BlockHeader block, String reason) {
        LOG.warn(
                "logs do not fit their header, asking again: follower={} block={} blockHash={} because={}",
                follower,
                block.number(),
                block.hash(),
                reason);
    }

    @Override
    public void finalityBroken(FinalityBrokenException reason) {
        LOG.error(
                "final block is gone, nothing more is applied: follower={} because={}; compare the node with others,"
                        + " then restart with a right one, or delete the follower's rows to start again",
                follower,
                reason.getMessage());
    }

    @Override
    public void consumerFailed(String consumer, RuntimeException reason) {
        LOG.warn(
                "consumer failed, will be told again: follower={} consumer={} because={}",
                follower,
                consumer,
                reason.toString());
    }

    @Override
    public void caughtUp(BlockHeader head) {
        LOG.info("caught up: follower={} block={} blockHash={}", follower, head.number(), head.hash());
    }
}
