package plimsoll.keeper.cli;

import picocli.CommandLine.Command;
import plimsoll.keeper.app.KeeperApp;
import plimsoll.keeper.app.MarginCommand;
import plimsoll.runtime.cli.CommandLineMain;

/** The keeper's commands. Only {@code run} is a service; of the others only those that send need a database. */
public final class KeeperMain {

    private KeeperMain() {}

    public static void main(String... args) {
        System.exit(CommandLineMain.run(new Keeper(), args));
    }

    @Command(
            name = "keeper",
            description = "Watches every position of a lending market and liquidates what crosses the line.",
            subcommands = {
                KeeperApp.Run.class,
                PositionsCommand.class,
                MarginCommand.class,
                StudyCommand.class,
                ReplayCommand.class,
                WhyCommand.class,
                ProfitCommand.class,
                ExecutorCommand.class,
                DrillCommand.class
            })
    static final class Keeper {}
}
