package plimsoll.keeper.cli;

import java.time.InstantSource;
import picocli.CommandLine.Mixin;
import plimsoll.chain.key.Signer;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.PoolLog;
import plimsoll.keeper.app.KeeperConfig;
import plimsoll.keeper.execute.ExecutorCode;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.runtime.config.SignerSettings;
import plimsoll.units.Address;

/** What the executor's commands know from the keeper's configuration. */
final class ExecutorOptions {

    static final String ADDRESS_KEY = "plimsoll.keeper.executor.address";
    static final String TREASURY_KEY = "plimsoll.keeper.executor.treasury";

    @Mixin
    private ConfigurationFile file = new ConfigurationFile();

    /** The configuration as these commands need it. */
    record Configured(KeeperConfig config, ServiceSettings service) {

        EndpointPool nodes() {
            return service.chain().open(new PoolLog(), InstantSource.system());
        }

        Address executor() {
            return config.keeper()
                    .executor()
                    .address()
                    .orElseThrow(() -> missing("Which executor is not said", ADDRESS_KEY));
        }

        Address treasury() {
            return config.keeper()
                    .executor()
                    .treasury()
                    .orElseThrow(() -> missing("Where profits go is not said", TREASURY_KEY));
        }

        Signer signer() {
            return service.signer()
                    .orElseThrow(() -> CommandFailure.configuration(
                            "This needs a key: give " + SignerSettings.KEYS, "plimsoll.signer"))
                    .open(System.getenv());
        }

        private static CommandFailure missing(String what, String key) {
            return CommandFailure.configuration(what + ": " + key + " is missing", key);
        }
    }

    Configured read() {
        KeeperConfig config = file.read();
        return new Configured(config, ServiceSettings.of(config));
    }

    static ExecutorCode code() {
        return ExecutorCode.ours()
                .orElseThrow(() -> CommandFailure.outside("This build holds no executor: it was made without Node.js;"
                        + " install version 20 or newer with npm, remove target/built and run the command again"));
    }
}
