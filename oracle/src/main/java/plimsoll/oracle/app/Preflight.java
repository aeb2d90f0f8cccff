package plimsoll.oracle.app;

import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import plimsoll.chain.key.Signer;
import plimsoll.chain.pool.PoolLog;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.SignerSettings;
import plimsoll.runtime.postgres.Database;
import plimsoll.runtime.postgres.DatabaseSettings;

/** What must be right before anything starts: the node, its chain, the key, the database. */
final class Preflight {

    private Preflight() {}

    /** Ends with a {@link CommandFailure} or an RPC failure in one sentence; changes nothing. */
    static void check(OracleSettings settings, Map<String, String> environment) {
        Optional<Signer> signer = settings.service().signer().map(source -> source.open(environment));
        if (settings.live() && signer.isEmpty()) {
            throw CommandFailure.configuration(
                    "plimsoll.oracle.live needs a key: " + SignerSettings.KEYS, "plimsoll.signer.keystore");
        }
        settings.service().chain().open(new PoolLog(), InstantSource.system()).close();
    }

    /** The database with the schema of this version; a table that somebody has dropped is named. */
    static Database open(DatabaseSettings settings) {
        Database database = Database.open(settings);
        try {
            database.migrate();
            database.checkSchema();
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }
}
