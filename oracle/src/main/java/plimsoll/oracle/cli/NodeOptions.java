package plimsoll.oracle.cli;

import picocli.CommandLine.Option;
import plimsoll.chain.call.Chain;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.ChainId;

/** Which node a command asks. */
final class NodeOptions {

    @Option(names = "--rpc", paramLabel = "URL", description = "JSON-RPC endpoint of the chain.")
    private String url = "";

    boolean isGiven() {
        return !url.isEmpty();
    }

    /** A manifest of another chain says nothing about this one. */
    static void requireChain(Chain chain, ChainId expected) {
        ChainId found = chain.chainId();
        if (!found.equals(expected)) {
            throw CommandFailure.usage(
                    "Node serves another chain: found=" + found + " manifest=" + expected + " node="
                            + chain.rpc().endpoint(),
                    "--rpc");
        }
    }

    RpcClient open() {
        if (!isGiven()) {
            throw CommandFailure.usage("This needs a node: give --rpc", "--rpc");
        }
        try {
            return RpcClient.to(url);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), "--rpc");
        }
    }
}
