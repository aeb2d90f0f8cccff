package plimsoll.keeper.app;

import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import plimsoll.chain.key.Signer;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.chain.pool.PoolLog;
import plimsoll.runtime.cli.CommandFailure;

/** Finds out, before anything is started or sent, whether the key opens and the nodes are the right ones. */
final class StartCheck {

    private StartCheck() {}

    /** Settings that have been found good, with what was opened for it. */
    record Checked(KeeperSettings settings, Optional<Signer> signer) {}

    /**
     * Changes nothing.
     *
     * @throws CommandFailure in one sentence, with the key that is at fault
     */
    static List<Checked> of(List<KeeperSettings> markets) {
        return markets.stream().map(StartCheck::of).toList();
    }

    private static Checked of(KeeperSettings settings) {
        Optional<Signer> signer = settings.service().signer().map(source -> source.open(System.getenv()));
        try (EndpointPool _ = settings.service().chain().open(new PoolLog(), InstantSource.system())) {
            return new Checked(settings, signer);
        }
    }
}
