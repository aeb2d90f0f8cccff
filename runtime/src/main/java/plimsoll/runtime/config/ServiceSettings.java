package plimsoll.runtime.config;

import java.time.Duration;
import java.util.Optional;
import plimsoll.chain.call.CallSettings;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.postgres.DatabaseSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;

/**
 * What the oracle and the keeper are both told, complete and free of contradictions.
 *
 * @param market the Pool contract
 * @param firstBlock logs are read from here
 * @param multicall the chain's Multicall3 contract; without it several reads always travel as a batch
 * @param signer where the signing key comes from; absent where there is none
 */
public record ServiceSettings(
        DatabaseSettings database,
        ChainSettings chain,
        Address market,
        BlockNumber firstBlock,
        Optional<Address> multicall,
        Optional<SignerSettings> signer) {

    /** The chain behind these endpoints, several reads at once going whichever way is the quicker. */
    public Chain chainOver(EndpointPool pool) {
        return new Chain(pool, multicall.map(CallSettings::withMulticall).orElseGet(CallSettings::batches));
    }

    /** The same with the chain's head looked at so often. */
    public ServiceSettings lookingEvery(Duration pollInterval) {
        return new ServiceSettings(database, chain.lookingEvery(pollInterval), market, firstBlock, multicall, signer);
    }

    /** The same on another chain, with the signer that is meant for it. */
    public ServiceSettings on(
            ServiceConfig.ChainConfig other, Optional<Address> itsMulticall, ServiceConfig.SignerConfig itsSigner) {
        return new ServiceSettings(
                database, ChainSettings.of(other), market, firstBlock, itsMulticall, SignerSettings.of(itsSigner));
    }

    /**
     * What the keys say.
     *
     * @throws CommandFailure in one sentence, with the key that is at fault
     */
    public static ServiceSettings of(ServiceConfig config) {
        Address market = config.market()
                .pool()
                .orElseThrow(() -> CommandFailure.configuration(
                        "Which market is not said: plimsoll.market.pool is missing", "plimsoll.market.pool"));
        return of(config, market, new BlockNumber(config.market().firstBlock()));
    }

    /** What the keys say, for another market than the one that they name. */
    public static ServiceSettings of(ServiceConfig config, Address market, BlockNumber firstBlock) {
        ServiceConfig.DatabaseConfig database = config.database();
        return new ServiceSettings(
                new DatabaseSettings(
                        database.jdbcUrl(),
                        database.user().orElse(""),
                        database.password().orElse(""),
                        config.dataFolder()),
                ChainSettings.of(config.chain()),
                market,
                firstBlock,
                config.market().multicall(),
                SignerSettings.of(config.signer()));
    }
}
