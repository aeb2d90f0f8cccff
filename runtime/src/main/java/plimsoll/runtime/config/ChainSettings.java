package plimsoll.runtime.config;

import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.EndpointState;
import plimsoll.chain.pool.EndpointStatus;
import plimsoll.chain.pool.PoolEvents;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.chain.relay.RelayEvents;
import plimsoll.chain.tx.LaneSettings;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.ChainId;
import plimsoll.units.GasPrice;
import plimsoll.units.Wei;

/**
 * Which chain, how it is reached, and how we send there.
 *
 * @param endpoints the chain's endpoints and how far they are believed
 * @param confirmations blocks that must hold or follow a transaction before it counts as final, at least 1
 * @param bumpAfter how long a transaction may wait for a block before its fees are raised
 * @param dailySpendCap the most that a lane may spend within 24 hours
 * @param relays the private way for transactions, where there is one
 * @param auction where places behind oracle updates are sold, if anywhere
 */
public record ChainSettings(
        PoolSettings endpoints,
        int confirmations,
        Duration bumpAfter,
        Optional<Wei> dailySpendCap,
        Optional<RelaySource> relays,
        Optional<AuctionSource> auction) {

    private static final String PREFIX = "plimsoll.chain.";
    private static final String RPC_URL = PREFIX + "rpc-url";
    private static final String ENDPOINTS = PREFIX + "endpoints.";
    private static final String DEFAULT_URL = "http://127.0.0.1:8545";
    private static final String ONLY = "node";

    public ChainSettings {
        if (confirmations < 1) {
            throw CommandFailure.configuration(
                    "plimsoll.chain.confirmations must be at least 1: found=" + confirmations,
                    PREFIX + "confirmations");
        }
        if (bumpAfter.isNegative() || bumpAfter.isZero()) {
            throw CommandFailure.configuration(
                    "plimsoll.chain.bump-after is not positive: found=" + bumpAfter, PREFIX + "bump-after");
        }
    }

    /** One without an auction. */
    public ChainSettings(
            PoolSettings endpoints,
            int confirmations,
            Duration bumpAfter,
            Optional<Wei> dailySpendCap,
            Optional<RelaySource> relays) {
        this(endpoints, confirmations, bumpAfter, dailySpendCap, relays, Optional.empty());
    }

    static ChainSettings of(ServiceConfig.ChainConfig config) {
        return new ChainSettings(
                endpoints(config),
                config.confirmations(),
                config.bumpAfter(),
                config.dailySpendCap(),
                RelaySource.of(config),
                AuctionSource.of(config));
    }

    /** The development chain of this machine, for commands without a configuration. */
    public static ChainSettings local() {
        PoolSettings one = PoolSettings.of(new ChainId(31337), List.of(EndpointSettings.of(ONLY, DEFAULT_URL)));
        return new ChainSettings(one, 1, Duration.ofSeconds(15), Optional.empty(), Optional.empty());
    }

    public ChainId id() {
        return endpoints.chain();
    }

    /** The same with heads looked at so often. */
    public ChainSettings lookingEvery(Duration pollInterval) {
        return new ChainSettings(
                endpoints.withPollInterval(pollInterval), confirmations, bumpAfter, dailySpendCap, relays, auction);
    }

    /** The same with an auction. */
    public ChainSettings with(AuctionSource other) {
        return new ChainSettings(endpoints, confirmations, bumpAfter, dailySpendCap, relays, Optional.of(other));
    }

    /**
     * A lane on this chain.
     *
     * @param holder this process, for the lease and for people
     */
    public LaneSettings lane(String holder, GasPrice gasPriceCap) {
        LaneSettings lane = LaneSettings.of(id(), holder)
                .withConfirmations(confirmations)
                .withBumpAfter(bumpAfter)
                .withGasPriceCap(gasPriceCap);
        return dailySpendCap.map(lane::withDailySpendCap).orElse(lane);
    }

    /** The way for signed bytes: through the relays where there are some, else to the public pool; bids to the auction. */
    public RelaySource.Way way(Chain chain, RelayEvents events, InstantSource clock) {
        RelaySource.Way usual =
                relays.map(source -> source.open(chain, events, clock)).orElseGet(() -> RelaySource.inPublic(chain));
        return auction.map(source -> source.over(usual, clock)).orElse(usual);
    }

    /**
     * Opens the endpoints and asks each of them once.
     *
     * @throws CommandFailure where one of them serves another chain, or too few answer
     */
    public EndpointPool open(PoolEvents events, InstantSource clock) {
        EndpointPool pool = EndpointPool.open(endpoints, events, clock);
        try {
            pool.observe();
            requireOurChain(pool.endpoints());
            if (pool.head().isEmpty()) {
                throw CommandFailure.outside(noHead(pool), key());
            }
            return pool;
        } catch (RuntimeException e) {
            pool.close();
            throw e;
        }
    }

    private void requireOurChain(List<EndpointStatus> all) {
        for (EndpointStatus endpoint : all) {
            if (endpoint.state() == EndpointState.WRONG_CHAIN) {
                throw CommandFailure.configuration(
                        "Node serves another chain than plimsoll.chain.id: endpoint=" + endpoint.name() + " "
                                + endpoint.reason(),
                        PREFIX + "id");
            }
        }
    }

    private String noHead(EndpointPool pool) {
        if (pool.isBlocked()) {
            return "Endpoints contradict each other about the newest block: " + pool.endpoint();
        }
        List<String> reasons = new ArrayList<>();
        pool.endpoints().stream()
                .filter(endpoint -> endpoint.state() != EndpointState.ALIVE)
                .forEach(endpoint -> reasons.add("endpoint=" + endpoint.name() + " because=" + endpoint.reason()));
        return endpoints.endpoints().size() == 1
                ? "Node does not answer: " + String.join("; ", reasons)
                : "Too few nodes answer: quorum=" + endpoints.quorum() + " " + String.join("; ", reasons);
    }

    private String key() {
        String only = endpoints.endpoints().getFirst().name();
        return only.equals(ONLY) && endpoints.endpoints().size() == 1 ? RPC_URL : PREFIX + "endpoints";
    }

    private static PoolSettings endpoints(ServiceConfig.ChainConfig config) {
        if (config.rpcUrl().isPresent() && !config.endpoints().isEmpty()) {
            String second = ENDPOINTS
                    + config.endpoints().keySet().stream().sorted().findFirst().orElseThrow() + ".url";
            throw CommandFailure.configuration(
                    "The nodes are given twice: " + RPC_URL + " and " + second + "; keep one of the two", RPC_URL);
        }
        List<EndpointSettings> all = new ArrayList<>();
        if (config.endpoints().isEmpty()) {
            String url = config.rpcUrl().orElse(DEFAULT_URL);
            all.add(EndpointSettings.of(ONLY, requireUrl(url, RPC_URL, "http", "https")));
        } else {
            new TreeMap<>(config.endpoints()).forEach((name, endpoint) -> all.add(endpoint(name, endpoint)));
        }
        PoolSettings pool = PoolSettings.of(new ChainId(config.id()), all);
        long operators = all.stream().map(EndpointSettings::operator).distinct().count();
        if (config.quorum().isPresent()) {
            int quorum = config.quorum().getAsInt();
            if (quorum < 1 || quorum > operators) {
                throw CommandFailure.configuration(
                        "plimsoll.chain.quorum is not between 1 and the number of independent operators: found="
                                + quorum + " operators=" + operators,
                        PREFIX + "quorum");
            }
            return pool.withQuorum(quorum);
        }
        return pool;
    }

    private static EndpointSettings endpoint(String name, ServiceConfig.ChainConfig.EndpointConfig config) {
        String key = ENDPOINTS + name;
        if (!name.matches("[A-Za-z0-9._-]{1,40}")) {
            throw CommandFailure.configuration(
                    "Endpoint's name is not 1 to 40 letters, digits, dots, dashes or underscores: found=" + name, key);
        }
        try {
            EndpointSettings settings = EndpointSettings.of(
                            name, requireUrl(config.url(), key + ".url", "http", "https"))
                    .withOperator(config.operator().orElse(name))
                    .withWeight(config.weight())
                    .withMaxInFlight(config.maxInFlight())
                    .withMaxBatch(config.maxBatch());
            if (config.maxRequestsPerSecond().isPresent()) {
                settings =
                        settings.withMaxPerSecond(config.maxRequestsPerSecond().getAsDouble());
            }
            return config.webSocketUrl().isPresent()
                    ? settings.withWebSocket(
                            requireUrl(config.webSocketUrl().get(), key + ".web-socket-url", "ws", "wss"))
                    : settings;
        } catch (IllegalArgumentException e) {
            throw CommandFailure.configuration(key + ": " + e.getMessage(), key);
        }
    }

    /** The text is not repeated where it is wrong: it may hold the key of whoever runs the node. */
    static String requireUrl(String text, String key, String plain, String secure) {
        if (!text.matches("(?i)(" + plain + "|" + secure + ")://[^/\\s?#]+(/\\S*|\\?\\S*)?")) {
            throw CommandFailure.configuration(key + " is no " + plain + " or " + secure + " address", key);
        }
        return text;
    }
}
