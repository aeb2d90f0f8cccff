package plimsoll.runtime.store;

import org.junit.jupiter.api.extension.RegisterExtension;
import plimsoll.chain.log.BlockStore;
import plimsoll.runtime.testing.TestDatabase;

class PostgresBlockStoreTest implements BlockStoreContract {

    @RegisterExtension
    static final TestDatabase DATABASE = TestDatabase.migrated();

    @Override
    public BlockStore store() {
        return new PostgresBlockStore(DATABASE.dataSource());
    }
}
