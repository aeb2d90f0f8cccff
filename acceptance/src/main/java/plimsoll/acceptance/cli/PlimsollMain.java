package plimsoll.acceptance.cli;

import picocli.CommandLine.Command;
import plimsoll.runtime.cli.CommandLineMain;

/** The root of the commands that drive everything together; the {@code plimsoll} script calls it. */
@Command(
        name = "plimsoll",
        description = "Commands that drive the whole: local chain, database, oracle and keeper.",
        subcommands = {DemoCommand.class, DevnetCommand.class, BenchCommand.class, DoctorCommand.class})
public final class PlimsollMain {

    private PlimsollMain() {}

    static void main(String[] args) {
        CommandLineMain.runAndExit(commands(), args);
    }

    /** The tree of commands, for whoever runs one inside a process of its own. */
    public static Object commands() {
        return new PlimsollMain();
    }
}
