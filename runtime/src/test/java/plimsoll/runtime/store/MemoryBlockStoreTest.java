package plimsoll.runtime.store;

import plimsoll.chain.log.BlockStore;
import plimsoll.chain.log.MemoryBlockStore;

class MemoryBlockStoreTest implements BlockStoreContract {

    private final BlockStore store = new MemoryBlockStore();

    @Override
    public BlockStore store() {
        return store;
    }
}
