package plimsoll.runtime.store;

import java.time.InstantSource;
import plimsoll.chain.testing.MemoryIntentStore;
import plimsoll.chain.tx.IntentStore;

class MemoryIntentStoreTest implements IntentStoreContract {

    private final IntentStore store = new MemoryIntentStore(InstantSource.system());

    @Override
    public IntentStore store() {
        return store;
    }
}
