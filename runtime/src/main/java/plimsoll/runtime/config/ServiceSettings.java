package plimsoll.runtime.config;

import java.time.Duration;
import java.util.Optional;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.postgres.DatabaseSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * What the oracle and the keeper are both told, complete and free of contradictions.
 *
 * @param market the Pool contract
 * @param firstBlock logs are read from here
 * @param signer where the signing key comes from; absent where there is none
 */
public record ServiceSettings(
        DatabaseSettings database,
        ChainSettings chain,
        Address market,
        BlockNumber firstBlock,
        Optional<SignerSettings> signer) {

    /** The same with the chain's head looked at so often. */
    public ServiceSettings lookingEvery(Duration pollInterval) {
        return new ServiceSettings(database, chain.lookingEvery(pollInterval), market, firstBlock, signer);
    }

    /**
     * What the keys say.
     *
     * @throws CommandFailure in one sentence, with the key that is at fault
     */
    public static ServiceSettings of(ServiceConfig config) {
        ServiceConfig.DatabaseConfig database = config.database();
        return new ServiceSettings(
                new DatabaseSettings(
                        database.jdbcUrl(),
                        database.user().orElse(""),
                        database.password().orElse(""),
                        config.dataFolder()),
                ChainSettings.of(config.chain()),
                config.market()
                        .pool()
                        .orElseThrow(() -> CommandFailure.configuration(
                                "Which market is not said: plimsoll.market.pool is missing", "plimsoll.market.pool")),
                new BlockNumber(config.market().firstBlock()),
                SignerSettings.of(config.signer()));
    }
}
