package plimsoll.keeper.cli;

import picocli.CommandLine.Command;

@Command(
        name = "executor",
        description = {
            "Our contract that liquidates in one transaction: puts it on the chain, checks it, empties it.",
            "Key, chain and roles come from the keeper's configuration."
        },
        subcommands = {ExecutorDeployCommand.class, ExecutorCheckCommand.class, ExecutorWithdrawCommand.class})
final class ExecutorCommand {}
