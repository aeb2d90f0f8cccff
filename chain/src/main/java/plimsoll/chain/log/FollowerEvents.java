package plimsoll.chain.log;

import plimsoll.chain.call.BlockHeader;
import plimsoll.units.BlockNumber;

/** What happens while a chain is followed, told as it happens. */
public interface FollowerEvents {

    /** A page of old blocks was read and applied. */
    void pageRead(BlockNumber first, BlockNumber last, int logs);

    /** A page was too much for the node, or for us; {@code blocks} are asked for next. */
    void pageHalved(BlockNumber first, BlockNumber last, long blocks, String reason);

    /**
     * The chain has changed its mind, and a consumer goes back.
     *
     * @param lost the newest block that it had applied
     * @param kept the newest block that stays; the one before the follower's start where none does
     * @param head the head of the chain as it is now
     */
    void reorganised(String consumer, BlockRef lost, BlockNumber kept, BlockHeader head);

    /** A node's logs do not fit its own header; the block is not applied and is asked for again. */
    void suspected(BlockHeader block, String reason);

    /** A node's chain lacks a final block; nothing is applied until a person has looked. */
    void finalityBroken(FinalityBrokenException reason);

    /** A consumer threw; the others go on, and it is told everything since its last stored position again. */
    void consumerFailed(String consumer, RuntimeException reason);

    /** Consumers stand at the head, having been behind it for more than the blocks near the head. */
    void caughtUp(BlockHeader head);
}
