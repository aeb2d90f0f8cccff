package plimsoll.keeper.app;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import plimsoll.keeper.execute.Venue;
import plimsoll.keeper.liquidation.MarketId;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.runtime.config.SignerSettings;
import plimsoll.units.Address;
import plimsoll.units.ChainId;

/** The configuration as the domain needs it: complete, and free of contradictions. */
record KeeperSettings(
        ServiceSettings service,
        boolean live,
        Policy policy,
        Duration pollInterval,
        Heartbeats heartbeats,
        Optional<Address> coin,
        Optional<Venue> venue) {

    static KeeperSettings of(KeeperConfig config) {
        KeeperConfig.Keeper keeper = config.keeper();
        ServiceSettings service = ServiceSettings.of(config).lookingEvery(keeper.pollInterval());
        if (keeper.live() && service.signer().isEmpty()) {
            throw contradiction(
                    "Nothing can be sent without a key: plimsoll.keeper.live=true needs " + SignerSettings.KEYS,
                    "plimsoll.keeper.live");
        }
        return new KeeperSettings(
                service,
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

    ChainId chain() {
        return service.chain().id();
    }

    Address pool() {
        return service.market();
    }

    MarketId market() {
        return MarketId.of(chain(), pool());
    }

    /** The same, sending nothing. */
    KeeperSettings dry() {
        return new KeeperSettings(service, false, policy, pollInterval, heartbeats, coin, venue);
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
