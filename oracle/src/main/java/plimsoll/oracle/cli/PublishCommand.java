package plimsoll.oracle.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.chain.call.Chain;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.oracle.calibration.Recipe;
import plimsoll.oracle.evidence.Manifest;
import plimsoll.oracle.plan.ContractCall;
import plimsoll.oracle.publish.GovernorPublisher;
import plimsoll.oracle.publish.GovernorRoute;
import plimsoll.oracle.publish.SimulatedCall;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.NodeOptions;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.units.Address;
import plimsoll.units.GasPrice;

/** Shows what publishing a manifest would send, and tries it on the newest block. */
@Command(
        name = "publish",
        description = "Show and try what publishing a manifest would send; exit 1 where the market would refuse it.")
final class PublishCommand implements Callable<Integer> {

    @Option(names = "--manifest", required = true, paramLabel = "MANIFEST", description = "The manifest file.")
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private Path file;

    @Option(names = "--route", required = true, paramLabel = "ROUTE", description = "How to publish: governor.")
    private String route = "";

    @Option(names = "--governor", paramLabel = "ADDRESS", description = "The OpenZeppelin Governor.")
    private String governor = "";

    @Option(names = "--timelock", paramLabel = "ADDRESS", description = "The TimelockController that executes.")
    private String timelock = "";

    @Option(names = "--proposer", paramLabel = "ADDRESS", description = "The account that will propose.")
    private String proposer = Address.ZERO.hex();

    @Option(names = "--dry-run", description = "Send nothing. Sending is the service's work: oracle serve.")
    private boolean dryRun;

    @Mixin
    private NodeOptions node = new NodeOptions();

    @Mixin
    private Output output = new Output();

    /** What {@code --json} prints. */
    record Answer(List<String> calldata, Simulated simulated, List<Transaction> transactions) {}

    record Simulated(List<String> stateDiff, List<Trial> postConditions) {}

    /** How one call ends when the timelock makes it now. */
    record Trial(String target, boolean holds, Optional<String> refusal) {}

    record Transaction(String to, String data, String value) {}

    @Override
    public Integer call() {
        if (!route.equals("governor")) {
            throw CommandFailure.usage("Route is not yet available: found=" + route + " allowed=governor", "--route");
        }
        if (!dryRun) {
            throw CommandFailure.usage(
                    "Sending is the service's work (oracle serve, plimsoll.oracle.live=true): give --dry-run",
                    "--dry-run");
        }
        Manifest manifest = ManifestFile.read(file);
        Recipe recipe = Recipe.of(manifest);
        GovernorRoute where = new GovernorRoute(
                recipe.chain(),
                address(governor, "--governor"),
                address(timelock, "--timelock"),
                GasPrice.parse("500"));
        List<ContractCall> calls = recipe.calls();
        List<SimulatedCall> simulated;
        try (EndpointPool pool = node.open()) {
            Chain chain = new Chain(pool);
            NodeOptions.requireChain(chain, recipe.chain());
            simulated = GovernorPublisher.simulate(chain, where, calls);
        }
        show(manifest, where, calls, simulated);
        return simulated.stream().allMatch(trial -> trial.refusal().isEmpty()) ? 0 : 1;
    }

    private void show(Manifest manifest, GovernorRoute where, List<ContractCall> calls, List<SimulatedCall> simulated) {
        Table table = Table.columns("target", "calldata", "result");
        List<Trial> trials = new ArrayList<>();
        for (SimulatedCall trial : simulated) {
            trials.add(new Trial(trial.call().target().hex(), trial.refusal().isEmpty(), trial.refusal()));
            table.row(
                    trial.call().target(), trial.call().data(), trial.refusal().orElse("succeeds"));
        }
        List<Transaction> transactions = calls.isEmpty()
                ? List.of()
                : List.of(new Transaction(
                        where.governor().hex(),
                        GovernorPublisher.proposeData(
                                manifest.hash(),
                                "Plimsoll: collateral parameters",
                                address(proposer, "--proposer"),
                                calls),
                        "0"));
        output.show(
                new Answer(
                        calls.stream().map(ContractCall::data).toList(),
                        new Simulated(
                                calls.stream().map(GovernorPublisher::effect).toList(), trials),
                        transactions),
                calls.isEmpty() ? "nothing is to change" : table);
    }

    private static Address address(String text, String option) {
        if (text.isEmpty()) {
            throw CommandFailure.usage("The governor route needs " + option, option);
        }
        try {
            return Address.parse(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(String.valueOf(e.getMessage()), option);
        }
    }
}
