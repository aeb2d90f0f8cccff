package plimsoll.chain.testing;

import plimsoll.chain.call.BlockHeader;
import plimsoll.chain.log.BlockRef;
import plimsoll.chain.log.FinalityBrokenException;
import plimsoll.chain.log.FollowerEvents;
import plimsoll.units.BlockNumber;

/** Hears everything and says nothing. */
public class SilentFollowerEvents implements FollowerEvents {

    @Override
    public void pageRead(BlockNumber first, BlockNumber last, int logs) {}

    @Override
    public void pageHalved(BlockNumber first, BlockNumber last, long blocks, String reason) {}

    @Override
    public void reorganised(String consumer, BlockRef lost, BlockNumber kept, BlockHeader head) {}

    @Override
    public void suspected(BlockHeader block, String reason) {}

    @Override
    public void finalityBroken(FinalityBrokenException reason) {}

    @Override
    public void consumerFailed(String consumer, RuntimeException reason) {}

    @Override
    public void caughtUp(BlockHeader head) {}
}
