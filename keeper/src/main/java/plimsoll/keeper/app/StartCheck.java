package plimsoll.keeper.app;

import java.util.Optional;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.rpc.RpcClient;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.rpc.RpcSettings;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.units.ChainId;

/** Finds out, before anything is started or sent, whether the key opens and the node is the right one. */
final class StartCheck {

    private StartCheck() {}

    /** Settings that have been found good, with what was opened for it. */
    record Checked(KeeperSettings settings, Chain chain, Optional<Signer> signer) {}

    /** @throws CommandFailure in one sentence, with the key that is at fault */
    static Checked of(KeeperSettings settings) {
        Optional<Signer> signer = settings.service().signer().map(source -> source.open(System.getenv()));
        Chain chain = new Chain(client(settings));
        ChainId found;
        try {
            found = chain.chainId();
        } catch (RpcException e) {
            throw CommandFailure.outside("Node does not answer: " + e.getMessage(), "plimsoll.chain.rpc-url")
                    .because(e);
        }
        if (!found.equals(settings.chain())) {
            throw CommandFailure.configuration(
                    "Node serves another chain: found=" + found + " plimsoll.chain.id=" + settings.chain(),
                    "plimsoll.chain.id");
        }
        return new Checked(settings, chain, signer);
    }

    private static RpcClient client(KeeperSettings settings) {
        try {
            return new RpcClient(RpcSettings.of(settings.service().chain().rpcUrl()));
        } catch (IllegalArgumentException e) {
            throw CommandFailure.configuration(
                            "plimsoll.chain.rpc-url is no address of a node: " + e.getMessage(),
                            "plimsoll.chain.rpc-url")
                    .because(e);
        }
    }
}
