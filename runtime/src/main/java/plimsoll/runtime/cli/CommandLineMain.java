package plimsoll.runtime.cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicBoolean;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;

/**
 * Runs a picocli command tree by our rules: exit code 0 done, 1 done and the answer is no, 2 wrong use or configuration,
 * 3 the outside world failed; with {@code --json} exactly one JSON object on standard output at every exit; failures as one
 * line on standard error; {@code --help} on every command.
 */
public final class CommandLineMain {

    private static final int WIDTH = 110;

    private CommandLineMain() {}

    /**
     * Runs the command on the process's own streams and ends the process with its exit code. Where no command ran (help, wrong
     * use) the process is halted: there is nothing to clean up, and an orderly exit would first start the logging system.
     */
    public static void runAndExit(Object rootCommand, String... args) {
        AtomicBoolean ran = new AtomicBoolean();
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        int exitCode = run(rootCommand, out, err, ran, args);
        if (ran.get()) {
            System.exit(exitCode);
        }
        System.out.flush();
        System.err.flush();
        Runtime.getRuntime().halt(exitCode);
    }

    /** Runs the command on the process's own streams and returns the exit code; the caller ends the process with it. */
    public static int run(Object rootCommand, String... args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        return run(rootCommand, out, err, args);
    }

    /** The same on given streams, for tests. */
    public static int run(Object rootCommand, PrintWriter out, PrintWriter err, String... args) {
        return run(rootCommand, out, err, new AtomicBoolean(), args);
    }

    private static int run(Object rootCommand, PrintWriter out, PrintWriter err, AtomicBoolean ran, String... args) {
        boolean json = wantsJson(args);
        try {
            CommandLine commandLine = new CommandLine(rootCommand);
            prepare(commandLine, out, err);
            commandLine.setExecutionStrategy(parsed -> execute(parsed, out, json, ran));
            commandLine.setParameterExceptionHandler((e, rejected) -> refuse(e, out, err, json));
            commandLine.setExecutionExceptionHandler(
                    (e, line, parsed) -> fail(Failures.of(e), out, err, json && !hasAnswered(parsed)));
            return commandLine.execute(args);
        } finally {
            out.flush();
            err.flush();
        }
    }

    /**
     * Runs the start of a service by the same rules for failures; a service's own main calls it around whatever may refuse to
     * start.
     */
    public static int guard(String[] args, Callable<Integer> work) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, false, StandardCharsets.UTF_8);
        try {
            return work.call();
        } catch (Exception e) {
            return fail(Failures.of(e), out, err, wantsJson(args));
        }
    }

    private static int execute(ParseResult parsed, PrintWriter out, boolean json, AtomicBoolean ran) {
        if (json && helpIsAsked(parsed)) {
            CommandLine asked = parsed.asCommandLineList().getLast();
            out.println(Json.write(Map.of("help", asked.getUsageMessage(CommandLine.Help.Ansi.OFF))));
            return 0;
        }
        if (!helpIsAsked(parsed)) {
            ran.set(true);
            StderrLogging.install();
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** A command may fail after its answer, when it closes what it used; one object is printed all the same. */
    private static boolean hasAnswered(ParseResult parsed) {
        return parsed.asCommandLineList().stream()
                .flatMap(line -> line.getMixins().values().stream())
                .anyMatch(mixin -> mixin instanceof Output output && output.hasAnswered());
    }

    private static boolean helpIsAsked(ParseResult parsed) {
        return parsed.asCommandLineList().stream().anyMatch(CommandLine::isUsageHelpRequested);
    }

    private static int refuse(ParameterException e, PrintWriter out, PrintWriter err, boolean json) {
        CommandLine commandLine = e.getCommandLine();
        boolean lacksSubcommand = !commandLine.getSubcommands().isEmpty()
                && commandLine.getParseResult() != null
                && commandLine.getParseResult().originalArgs().stream().allMatch(arg -> arg.equals("--json"));
        if (lacksSubcommand && !json) {
            commandLine.usage(err);
        }
        return fail(Failures.of(e), out, err, json);
    }

    private static int fail(CommandFailure failure, PrintWriter out, PrintWriter err, boolean json) {
        if (json) {
            out.println(Json.write(Failures.json(failure)));
            out.flush();
        }
        err.println(failure.sentence());
        String level = System.getenv("PLIMSOLL_LOG");
        if (level != null && List.of("debug", "trace").contains(level)) {
            failure.printStackTrace(err);
        }
        err.flush();
        return failure.exitCode();
    }

    private static void prepare(CommandLine commandLine, PrintWriter out, PrintWriter err) {
        commandLine.setOut(out);
        commandLine.setErr(err);
        commandLine.setCaseInsensitiveEnumValuesAllowed(true);
        commandLine.setUsageHelpWidth(WIDTH);
        commandLine.setAbbreviatedOptionsAllowed(false);
        addHelp(commandLine);
    }

    private static void addHelp(CommandLine commandLine) {
        CommandSpec spec = commandLine.getCommandSpec();
        if (!spec.optionsMap().containsKey("--help")) {
            spec.addOption(OptionSpec.builder("-h", "--help")
                    .usageHelp(true)
                    .type(boolean.class)
                    .description("Show this help and exit.")
                    .build());
        }
        spec.usageMessage()
                .sortOptions(false)
                .abbreviateSynopsis(spec.subcommands().isEmpty() ? false : true);
        commandLine.getSubcommands().values().forEach(CommandLineMain::addHelp);
    }

    private static boolean wantsJson(String... args) {
        for (String arg : args) {
            if (arg.equals("--")) {
                return false;
            }
            if (arg.equals("--json")) {
                return true;
            }
        }
        return false;
    }
}
