package plimsoll.keeper.app;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import plimsoll.keeper.execute.ExecutorSettings;
import plimsoll.keeper.execute.Venue;
import plimsoll.keeper.liquidation.BadDebtPolicy;
import plimsoll.keeper.liquidation.MarketId;
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.runtime.config.SignerSettings;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.ChainId;

/**
 * One market's part of the configuration as the domain needs it: complete, and free of contradictions.
 *
 * @param name for people and commands
 * @param part which market of a contract that holds several, empty for the others
 * @param allowUnproven whether anything is sent where the market's arithmetic is unproven on chain
 * @param leaseTime how long a silent process keeps the market and its lane
 * @param reaction what is done about prices that no block holds yet
 * @param journalRetention how long the journal keeps decisions
 * @param guards where the guards look
 */
record KeeperSettings(
        String name,
        Protocol protocol,
        String part,
        ServiceSettings service,
        boolean live,
        boolean allowUnproven,
        Policy policy,
        Duration pollInterval,
        Duration leaseTime,
        Duration journalRetention,
        Heartbeats heartbeats,
        Optional<Address> coin,
        Optional<Venue> venue,
        Optional<ExecutorSettings> executor,
        GuardSettings guards,
        ReactionSettings reaction) {

    /** The name of the market of {@code plimsoll.market}. */
    static final String ONLY = "main";

    private static final String MARKETS = "plimsoll.keeper.markets.";

    KeeperSettings {
        if (leaseTime.compareTo(Duration.ofMillis(300)) < 0) {
            throw contradiction(
                    "plimsoll.keeper.lease-time is below 300 ms, which a busy machine loses by itself: found="
                            + leaseTime,
                    "plimsoll.keeper.lease-time");
        }
        if (journalRetention.compareTo(Duration.ofHours(1)) < 0) {
            throw contradiction(
                    "plimsoll.keeper.journal-retention is below an hour: found=" + journalRetention,
                    "plimsoll.keeper.journal-retention");
        }
    }

    /** One that answers blocks alone, whatever is pending. */
    KeeperSettings(
            String name,
            Protocol protocol,
            String part,
            ServiceSettings service,
            boolean live,
            boolean allowUnproven,
            Policy policy,
            Duration pollInterval,
            Duration leaseTime,
            Duration journalRetention,
            Heartbeats heartbeats,
            Optional<Address> coin,
            Optional<Venue> venue,
            Optional<ExecutorSettings> executor,
            GuardSettings guards) {
        this(
                name,
                protocol,
                part,
                service,
                live,
                allowUnproven,
                policy,
                pollInterval,
                leaseTime,
                journalRetention,
                heartbeats,
                coin,
                venue,
                executor,
                guards,
                ReactionSettings.NONE);
    }

    /** The same with other things done about pending prices. */
    KeeperSettings with(ReactionSettings other) {
        return new KeeperSettings(
                name,
                protocol,
                part,
                service,
                live,
                allowUnproven,
                policy,
                pollInterval,
                leaseTime,
                journalRetention,
                heartbeats,
                coin,
                venue,
                executor,
                guards,
                other);
    }

    /** Every market that is configured, at least one. */
    static List<KeeperSettings> all(KeeperConfig config) {
        KeeperConfig.Keeper keeper = config.keeper();
        List<KeeperSettings> all = new ArrayList<>();
        if (config.market().pool().isPresent() || keeper.markets().isEmpty()) {
            all.add(settings(
                    keeper,
                    ONLY,
                    Protocol.AAVE_V3,
                    "",
                    ServiceSettings.of(config),
                    keeper.coin(),
                    keeper.minProfit(),
                    keeper.venue(),
                    keeper.executor()));
        }
        new TreeMap<>(keeper.markets()).forEach((name, market) -> all.add(named(config, name, market)));
        return List.copyOf(all);
    }

    private static KeeperSettings named(KeeperConfig config, String name, KeeperConfig.Keeper.MarketEntry market) {
        KeeperConfig.Keeper keeper = config.keeper();
        String key = MARKETS + name;
        if (name.equals(ONLY) || !name.matches("[A-Za-z0-9._-]{1,40}")) {
            throw contradiction(
                    "Market's name is not 1 to 40 letters, digits, dots, dashes or underscores, or it is " + ONLY
                            + ": found=" + name,
                    key);
        }
        Protocol protocol = Protocol.ofWord(market.protocol())
                .orElseThrow(() -> contradiction(
                        key + ".protocol is none of " + Protocol.words() + ": found=" + market.protocol(),
                        key + ".protocol"));
        ServiceSettings service = ServiceSettings.of(config, market.contract(), new BlockNumber(market.firstBlock()));
        KeeperConfig.Keeper.Venue venue = keeper.venue();
        KeeperConfig.Keeper.Executor executor = keeper.executor();
        if (market.chain().isPresent()) {
            KeeperConfig.Keeper.ChainEntry chain =
                    keeper.chains().get(market.chain().get());
            if (chain == null) {
                throw contradiction(
                        key + ".chain is none of plimsoll.keeper.chains: found="
                                + market.chain().get() + " known="
                                + keeper.chains().keySet(),
                        key + ".chain");
            }
            service = service.on(chain, chain.multicall(), chain.signer());
            venue = chain.venue();
            executor = chain.executor();
        }
        return settings(
                keeper,
                name,
                protocol,
                market.part().orElse(""),
                service,
                market.coin().or(() -> market.chain().isEmpty() ? keeper.coin() : Optional.empty()),
                market.minProfit().orElse(keeper.minProfit()),
                venue,
                executor);
    }

    private static KeeperSettings settings(
            KeeperConfig.Keeper keeper,
            String name,
            Protocol protocol,
            String part,
            ServiceSettings service,
            Optional<Address> coin,
            BaseValue minProfit,
            KeeperConfig.Keeper.Venue venue,
            KeeperConfig.Keeper.Executor executor) {
        if (keeper.live() && service.signer().isEmpty()) {
            throw contradiction(
                    "Nothing can be sent without a key: plimsoll.keeper.live=true needs " + SignerSettings.KEYS
                            + (name.equals(ONLY) ? "" : " market=" + name),
                    "plimsoll.keeper.live");
        }
        return new KeeperSettings(
                name,
                protocol,
                part,
                service.lookingEvery(keeper.pollInterval()),
                keeper.live(),
                keeper.allowUnproven(),
                new Policy(
                        minProfit,
                        keeper.maxGasPrice(),
                        Policy.USUAL_GAS,
                        venue.maxSlippage(),
                        new BadDebtPolicy(
                                keeper.badDebt().budget(), keeper.badDebt().maxLoss()),
                        GuardSettings.policy(keeper.guard())),
                keeper.pollInterval(),
                keeper.leaseTime(),
                keeper.journalRetention(),
                new Heartbeats(
                        keeper.heartbeat(),
                        keeper.heartbeats().entrySet().stream()
                                .collect(Collectors.toMap(e -> new Address(e.getKey()), Map.Entry::getValue))),
                coin,
                venue(venue),
                protocol == Protocol.AAVE_V3 ? executor(executor, venue) : Optional.empty(),
                GuardSettings.of(keeper.guard(), service.multicall()),
                new ReactionSettings(
                        keeper.reaction().pending(), keeper.reaction().patience()));
    }

    ChainId chain() {
        return service.chain().id();
    }

    /** The market's contract. */
    Address pool() {
        return service.market();
    }

    Protocol.Location location() {
        return new Protocol.Location(pool(), part);
    }

    MarketId id() {
        return new MarketId(chain(), pool(), part);
    }

    /** The same, sending nothing. */
    KeeperSettings dry() {
        return new KeeperSettings(
                name,
                protocol,
                part,
                service,
                false,
                allowUnproven,
                policy,
                pollInterval,
                leaseTime,
                journalRetention,
                heartbeats,
                coin,
                venue,
                executor,
                guards,
                reaction);
    }

    private static Optional<ExecutorSettings> executor(
            KeeperConfig.Keeper.Executor executor, KeeperConfig.Keeper.Venue venue) {
        if (executor.address().isPresent() && venue.router().isEmpty()) {
            throw contradiction(
                    "An executor sells what it seizes: plimsoll.keeper.executor.address needs"
                            + " plimsoll.keeper.venue.router",
                    "plimsoll.keeper.venue.router");
        }
        return executor.address()
                .map(address -> new ExecutorSettings(
                        address,
                        executor.funding() == KeeperConfig.Keeper.Executor.Funding.FLASH,
                        executor.treasury()));
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
