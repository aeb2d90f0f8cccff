package plimsoll.keeper.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.chain.call.BlockTag;
import plimsoll.chain.call.Chain;
import plimsoll.chain.key.Signer;
import plimsoll.chain.pool.EndpointPool;
import plimsoll.keeper.execute.ExecutorCode;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.cli.Table;
import plimsoll.units.Address;
import plimsoll.units.Gas;
import plimsoll.units.TxHash;

@Command(
        name = "deploy",
        description = {
            "Puts the executor on the chain. Its address follows from its code and its roles, so that repeating",
            "the command finds the first; the treasury is plimsoll.keeper.executor.treasury."
        })
final class ExecutorDeployCommand implements Callable<Integer> {

    @Mixin
    private ExecutorOptions options = new ExecutorOptions();

    @Option(
            names = "--owner",
            paramLabel = "ADDRESS",
            description = "Who administers it, better a cold key or a multisig; default: the configured signer.")
    private Optional<String> owner = Optional.empty();

    @Option(
            names = "--operator",
            paramLabel = "ADDRESS",
            description = "Who may execute; repeatable; default: the configured signer.")
    private List<String> operators = new ArrayList<>();

    @Option(
            names = "--factory",
            paramLabel = "ADDRESS",
            description = "The contract that creates by CREATE2; default: the one that almost every chain has.")
    private Optional<String> factory = Optional.empty();

    @Option(names = "--dry-run", description = "Send nothing; say what would be sent and what it would cost.")
    private boolean dryRun;

    @Mixin
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private Output output;

    /** What {@code --json} prints. */
    record Answer(
            Address address,
            boolean alreadyThere,
            boolean dryRun,
            Address owner,
            Address treasury,
            List<Address> operators,
            Optional<Gas> gasLimit,
            Optional<TxHash> transaction) {}

    @Override
    public Integer call() {
        ExecutorCode code = ExecutorOptions.code();
        ExecutorOptions.Configured configured = options.read();
        Signer signer = configured.signer();
        Address creator = factory.map(text -> address(text, "--factory")).orElse(ExecutorCode.USUAL_FACTORY);
        ExecutorCode.Roles roles = new ExecutorCode.Roles(
                owner.map(text -> address(text, "--owner")).orElse(signer.address()),
                configured.treasury(),
                operators.isEmpty()
                        ? List.of(signer.address())
                        : operators.stream()
                                .map(text -> address(text, "--operator"))
                                .toList());
        Address executor = code.addressFor(creator, roles);
        try (EndpointPool nodes = configured.nodes()) {
            Chain chain = configured.service().chainOver(nodes);
            if (code.isAt(chain.code(executor, BlockTag.LATEST))) {
                show(executor, roles, true, Optional.empty(), Optional.empty());
                return 0;
            }
            if (chain.code(creator, BlockTag.LATEST).equals("0x")) {
                throw CommandFailure.usage(
                        "No contract is at the factory's address on this chain: factory=" + creator, "--factory");
            }
            OneTransaction transaction = new OneTransaction(configured, chain, signer);
            Gas limit = transaction.tried(creator, code.deployment(roles));
            Optional<TxHash> sent = dryRun
                    ? Optional.empty()
                    : Optional.of(transaction.send(
                            "executor/deploy/" + executor.hex(), creator, code.deployment(roles), limit));
            if (sent.isPresent() && !code.isAt(chain.code(executor, BlockTag.LATEST))) {
                throw CommandFailure.outside(
                        "Factory has created nothing at the expected address: expected=" + executor + " tx="
                                + sent.get(),
                        "--factory");
            }
            show(executor, roles, false, Optional.of(limit), sent);
        }
        return 0;
    }

    private void show(
            Address executor,
            ExecutorCode.Roles roles,
            boolean alreadyThere,
            Optional<Gas> limit,
            Optional<TxHash> sent) {
        Table table = Table.facts()
                .row("executor", executor)
                .row("state", alreadyThere ? "already there" : dryRun ? "would be created" : "created")
                .row("owner", roles.owner())
                .row("treasury", roles.treasury())
                .row("operators", roles.operators());
        limit.ifPresent(gas -> table.row("gas limit", gas));
        sent.ifPresent(tx -> table.row("transaction", tx));
        table.row("configuration", ExecutorOptions.ADDRESS_KEY + "=" + executor);
        output.show(
                new Answer(
                        executor,
                        alreadyThere,
                        dryRun,
                        roles.owner(),
                        roles.treasury(),
                        roles.operators(),
                        limit,
                        sent),
                table);
    }

    static Address address(String text, String option) {
        return OptionText.parsed(option, text, "no address", Address::parse);
    }
}
