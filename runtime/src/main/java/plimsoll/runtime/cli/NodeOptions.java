package plimsoll.runtime.cli;

import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Option;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.EndpointSettings;
import plimsoll.chain.pool.PoolLog;
import plimsoll.chain.pool.PoolSettings;
import plimsoll.units.ChainId;

/** Which nodes a command asks, and how many of them must say the same. */
public final class NodeOptions {

    @Option(
            names = "--rpc",
            paramLabel = "URL",
            description = "JSON-RPC endpoint of the chain; repeated, the endpoints' answers are compared.")
    private List<String> urls = new ArrayList<>();

    @Option(
            names = "--quorum",
            paramLabel = "N",
            description = "How many endpoints must say the same; default: 2 of several, else 1.")
    private Optional<Integer> quorum = Optional.empty();

    public boolean isGiven() {
        return !urls.isEmpty();
    }

    /** A manifest of another chain says nothing about this one. */
    public static void requireChain(Chain chain, ChainId expected) {
        ChainId found = chain.chainId();
        if (!found.equals(expected)) {
            throw CommandFailure.usage(
                    "Node serves another chain: found=" + found + " manifest=" + expected + " node="
                            + chain.rpc().endpoint(),
                    "--rpc");
        }
    }

    /** The same, with this endpoint where none is given. */
    public NodeOptions orElse(String url) {
        if (isGiven()) {
            return this;
        }
        NodeOptions usual = new NodeOptions();
        usual.urls = List.of(url);
        usual.quorum = quorum;
        return usual;
    }

    /** The first that is given, for whoever must name one of them to somebody else. */
    public String first() {
        return given().getFirst();
    }

    /**
     * The endpoints as one; they must serve the chain that the first of them does.
     *
     * @throws CommandFailure where none is given, or an option is wrong
     */
    public EndpointPool open() {
        return open(given(), quorum);
    }

    /** An endpoint that no option names, as of a node that the command started itself. */
    public static EndpointPool openOne(String url) {
        return open(List.of(url), Optional.empty());
    }

    private List<String> given() {
        if (!isGiven()) {
            throw CommandFailure.usage("This needs a node: give --rpc", "--rpc");
        }
        return urls;
    }

    private static EndpointPool open(List<String> urls, Optional<Integer> quorum) {
        List<EndpointSettings> endpoints = new ArrayList<>();
        for (String url : urls) {
            endpoints.add(EndpointSettings.of(urls.size() == 1 ? "node" : "rpc-" + (endpoints.size() + 1), url));
        }
        if (quorum.filter(n -> n < 1 || n > endpoints.size()).isPresent()) {
            throw CommandFailure.usage(
                    "--quorum is not between 1 and the number of endpoints: found=" + quorum.get() + " endpoints="
                            + endpoints.size(),
                    "--quorum");
        }
        try {
            PoolSettings settings = PoolSettings.of(EndpointPool.chainOf(endpoints.getFirst()), endpoints);
            return EndpointPool.open(
                    quorum.map(settings::withQuorum).orElse(settings), new PoolLog(), InstantSource.system());
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--rpc");
        }
    }
}
