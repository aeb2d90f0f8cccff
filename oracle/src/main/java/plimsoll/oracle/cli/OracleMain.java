package plimsoll.oracle.cli;

import picocli.CommandLine.Command;
import plimsoll.runtime.cli.CommandLineMain;

/** The oracle's command line. */
@Command(
        name = "oracle",
        description = "What should the parameters be? Measures, calibrates, plans, publishes.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            ServeCommand.class,
            CalibrateCommand.class,
            VerifyCommand.class,
            ReportCommand.class,
            PlanCommand.class,
            PublishCommand.class,
            VolatilityCommand.class,
            TailCommand.class,
            DependenceCommand.class,
            BacktestCommand.class,
            StudyCommand.class,
            SimulateCommand.class
        },
        footer = {
            "",
            "Every command has --help with examples and --json for machines.",
            "Exit codes: 0 done; 1 done, and the answer is no; 2 wrong use, input or configuration; 3 the outside"
                    + " world failed."
        })
public final class OracleMain {

    private OracleMain() {}

    public static void main(String[] args) {
        System.exit(CommandLineMain.run(new OracleMain(), args));
    }

    /** The command tree, for tests. */
    static OracleMain root() {
        return new OracleMain();
    }
}
