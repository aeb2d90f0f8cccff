package plimsoll.keeper.app;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import plimsoll.keeper.execute.Venue;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.postgres.DatabaseSettings;
import plimsoll.units.Address;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;

/** The configuration as the domain needs it: complete, and free of contradictions. */
record KeeperSettings(
        DatabaseSettings database,
        URI rpcUrl,
        ChainId chain,
        int confirmations,
        Duration bumpAfter,
        Address pool,
        BlockNumber firstBlock,
        Optional<Key> key,
        boolean live,
        Policy policy,
        Duration pollInterval,
        Heartbeats heartbeats,
        Optional<Address> coin,
        Optional<Venue> venue) {

    /** Where the signing key comes from. */
    sealed interface Key {
        record Keystore(Path file, Path passwordFile) implements Key {}

        record Variable(String name) implements Key {}
    }

    static KeeperSettings of(KeeperConfig config) {
        KeeperConfig.Keeper keeper = config.keeper();
        Optional<Key> key = key(config.signer());
        if (keeper.live() && key.isEmpty()) {
            throw contradiction(
                    "Nothing can be sent without a key: plimsoll.keeper.live=true needs plimsoll.signer.keystore or"
                            + " plimsoll.signer.key-env",
                    "plimsoll.keeper.live");
        }
        return new KeeperSettings(
                new DatabaseSettings(
                        config.database().jdbcUrl(),
                        config.database().user().orElse(""),
                        config.database().password().orElse(""),
                        config.dataFolder()),
                config.chain().rpcUrl(),
                new ChainId(config.chain().id()),
                config.chain().confirmations(),
                config.chain().bumpAfter(),
                config.market()
                        .pool()
                        .orElseThrow(() -> contradiction(
                                "Which market is not said: plimsoll.market.pool is missing", "plimsoll.market.pool")),
                new BlockNumber(config.market().firstBlock()),
                key,
                keeper.live(),
                new Policy(
                        keeper.minProfit(),
                        keeper.maxGasPrice(),
                        Policy.USUAL_GAS,
                        keeper.venue().maxSlippage()),
                keeper.pollInterval(),
                new Heartbeats(
                        keeper.heartbeat(),
                        keeper.heartbeats().entrySet().stream()
                                .collect(Collectors.toMap(e -> new Address(e.getKey()), Map.Entry::getValue))),
                keeper.coin(),
                venue(keeper.venue()));
    }

    /** The same, sending nothing. */
    KeeperSettings dry() {
        return new KeeperSettings(
                database,
                rpcUrl,
                chain,
                confirmations,
                bumpAfter,
                pool,
                firstBlock,
                key,
                false,
                policy,
                pollInterval,
                heartbeats,
                coin,
                venue);
    }

    private static Optional<Key> key(KeeperConfig.SignerConfig signer) {
        if (signer.keystore().isPresent() && signer.keyEnv().isPresent()) {
            throw contradiction(
                    "Two keys are given: plimsoll.signer.keystore and plimsoll.signer.key-env",
                    "plimsoll.signer.key-env");
        }
        if (signer.keystore().isPresent()) {
            Path password = signer.passwordFile()
                    .orElseThrow(() -> contradiction(
                            "The keystore's password is missing: plimsoll.signer.keystore needs"
                                    + " plimsoll.signer.password-file",
                            "plimsoll.signer.password-file"));
            return Optional.of(new Key.Keystore(signer.keystore().get(), password));
        }
        return signer.keyEnv().map(Key.Variable::new);
    }

    private static Optional<Venue> venue(KeeperConfig.Keeper.Venue venue) {
        if (venue.router().isPresent() != venue.quoter().isPresent()) {
            throw contradiction(
                    "A venue needs both: plimsoll.keeper.venue.router and plimsoll.keeper.venue.quoter",
                    "plimsoll.keeper.venue.quoter");
        }
        return venue.router().map(router -> new Venue(router, venue.quoter().orElseThrow(), venue.fee()));
    }

    private static CommandFailure contradiction(String message, String key) {
        return CommandFailure.configuration(message, key);
    }
}
