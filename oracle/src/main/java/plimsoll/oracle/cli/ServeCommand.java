package plimsoll.oracle.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import plimsoll.runtime.cli.CommandFailure;

/** Tells about the service, which has a main of its own. */
@Command(
        name = "serve",
        description = {
            "Runs the oracle as a service: reads feeds, calibrates, proposes through the governor, follows, reads"
                    + " back.",
            "Nothing is sent unless plimsoll.oracle.live=true. A page with everything is at http://127.0.0.1:8181/."
        },
        footer = {
            "",
            "Configured by config/application.properties, by variables such as PLIMSOLL_CHAIN_RPC_URL, or by -D:",
            "  plimsoll.chain.rpc-url, plimsoll.chain.id, plimsoll.market.pool, plimsoll.market.first-block",
            "  plimsoll.oracle.governor, plimsoll.oracle.timelock, plimsoll.oracle.live, plimsoll.oracle.interval",
            "  plimsoll.signer.keystore and plimsoll.signer.password-file, or plimsoll.signer.key-env"
        })
final class ServeCommand implements Callable<Integer> {

    @Option(names = "--json", description = "Print what stops the start as one JSON object.")
    @SuppressWarnings("unused") // the kit reads it from the command line itself
    private boolean json;

    @Override
    public Integer call() {
        throw CommandFailure.usage("The service is started by ./plimsoll oracle serve", "serve");
    }
}
