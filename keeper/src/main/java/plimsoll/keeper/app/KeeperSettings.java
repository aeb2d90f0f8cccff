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
import plimsoll.keeper.liquidation.Policy;
import plimsoll.keeper.protocol.Protocol;
import plimsoll.keeper.watch.Heartbeats;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.ServiceSettings;
import plimsoll.runtime.config.SignerSettings;
import plimsoll.units.Address;
import plimsoll.units.BaseValue;
import plimsoll.units.BlockNumber;
import plimsoll.units.Gas;

/**
 * One market's part of the configuration as the domain needs it: complete, and free of contradictions.
 *
 * @param allowUnproven whether anything is sent where the market's arithmetic is unproven on chain
 * @param guards where the guards look
 * @param reaction what is done about prices that no block holds yet
 */
record KeeperSettings(
        MarketSettings market,
        boolean live,
        boolean allowUnproven,
        Policy policy,
        Timing timing,
        Heartbeats heartbeats,
        Trade trade,
        GuardSettings guards,
        ReactionSettings reaction) {

    /** The name of the market of {@code plimsoll.market}. */
    static final String ONLY = "main";

    private static final String MARKETS = "plimsoll.keeper.markets.";

    /**
     * How often, and for how long.
     *
     * @param leaseTime how long a silent process keeps the market and its lane
     * @param journalRetention how long the journal keeps decisions
     */
    record Timing(Duration pollInterval, Duration leaseTime, Duration journalRetention) {
        Timing {
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
    }

    /**
     * What stands between a seizure and its profit.
     *
     * @param coin the token whose price is that of the chain's coin
     * @param venue where seized tokens are sold
     * @param executor which contract liquidates for us
     */
    record Trade(Optional<Address> coin, Optional<Venue> venue, Optional<ExecutorSettings> executor) {}

    /** For people and commands. */
    String name() {
        return market.name();
    }

    ServiceSettings service() {
        return market.service();
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
        requireSomewhereToBid(all);
        return List.copyOf(all);
    }

    private static void requireSomewhereToBid(List<KeeperSettings> all) {
        List<KeeperSettings> bidding =
                all.stream().filter(it -> it.reaction.bids()).toList();
        List<KeeperSettings> atAuctions = bidding.stream()
                .filter(it -> it.service().chain().auction().isPresent())
                .toList();
        if (!bidding.isEmpty() && atAuctions.isEmpty()) {
            throw contradiction(
                    "Bids need an auction: plimsoll.keeper.reaction.bid-share needs plimsoll.chain.auction.hints-url",
                    "plimsoll.chain.auction.hints-url");
        }
        atAuctions.stream().filter(it -> it.trade.coin().isEmpty()).findFirst().ifPresent(it -> {
            throw contradiction(
                    "Bids are paid in the chain's coin, whose price is not known:"
                            + " plimsoll.keeper.reaction.bid-share needs plimsoll.keeper.coin, market="
                            + it.name(),
                    "plimsoll.keeper.coin");
        });
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
        Optional<ExecutorSettings> liquidator = executor(protocol, executor, venue);
        return new KeeperSettings(
                new MarketSettings(name, protocol, part, service.lookingEvery(keeper.pollInterval())),
                keeper.live(),
                keeper.allowUnproven(),
                new Policy(
                        minProfit,
                        keeper.maxGasPrice(),
                        usualGas(protocol, liquidator),
                        venue.maxSlippage(),
                        new BadDebtPolicy(
                                keeper.badDebt().budget(), keeper.badDebt().maxLoss()),
                        GuardSettings.policy(keeper.guard())),
                new Timing(keeper.pollInterval(), keeper.leaseTime(), keeper.journalRetention()),
                new Heartbeats(
                        keeper.heartbeat(),
                        keeper.heartbeats().entrySet().stream()
                                .collect(Collectors.toMap(e -> new Address(e.getKey()), Map.Entry::getValue))),
                new Trade(coin, venue(venue), liquidator),
                GuardSettings.of(keeper.guard(), service.multicall()),
                new ReactionSettings(
                        keeper.reaction().pending(),
                        keeper.reaction().patience(),
                        keeper.reaction().bidShare()));
    }

    /**
     * What one liquidation is counted to use, on the safe side of what was measured on the local chain: by the executor, its loan,
     * redemption and sale included, 485,000 to 540,000 at Aave, 1,030,000 to 1,110,000 at Venus and 256,000 to 287,000 at Morpho.
     */
    static Gas usualGas(Protocol protocol, Optional<ExecutorSettings> executor) {
        return switch (protocol) {
            case AAVE_V3 -> executor.isPresent() ? new Gas(650_000) : Policy.USUAL_GAS;
            case VENUS_CORE -> new Gas(1_300_000);
            case MORPHO_BLUE, COMPOUND_V3 -> Policy.USUAL_GAS;
        };
    }

    /** The same, sending nothing. */
    KeeperSettings dry() {
        return new KeeperSettings(market, false, allowUnproven, policy, timing, heartbeats, trade, guards, reaction);
    }

    private static Optional<ExecutorSettings> executor(
            Protocol protocol, KeeperConfig.Keeper.Executor executor, KeeperConfig.Keeper.Venue venue) {
        if (protocol == Protocol.COMPOUND_V3) {
            return Optional.empty(); // absorbing and buying are two transactions of the signer's own
        }
        if (executor.address().isPresent() && venue.router().isEmpty()) {
            throw contradiction(
                    "An executor sells what it seizes: plimsoll.keeper.executor.address needs"
                            + " plimsoll.keeper.venue.router",
                    "plimsoll.keeper.venue.router");
        }
        return executor.address()
                .map(address -> new ExecutorSettings(
                        address,
                        protocol == Protocol.MORPHO_BLUE // which takes the loan token last
                                || executor.funding() == KeeperConfig.Keeper.Executor.Funding.FLASH,
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
