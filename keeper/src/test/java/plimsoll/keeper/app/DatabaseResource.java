package plimsoll.keeper.app;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.HashMap;
import java.util.Map;
import plimsoll.runtime.testing.TestDatabase;

/** A database of its own for the service under test. */
public final class DatabaseResource implements QuarkusTestResourceLifecycleManager {

    private final TestDatabase database = TestDatabase.migrated();

    @Override
    public Map<String, String> start() {
        database.create();
        return new HashMap<>(database.quarkusConfiguration());
    }

    @Override
    public void stop() {
        database.drop();
    }
}
