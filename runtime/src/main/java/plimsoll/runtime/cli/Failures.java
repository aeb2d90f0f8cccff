package plimsoll.runtime.cli;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.NoSuchFileException;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import picocli.CommandLine.MissingParameterException;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;
import plimsoll.chain.key.KeyException;
import plimsoll.chain.rpc.RpcException;
import plimsoll.chain.tx.LeaseLostException;

/** Turns whatever ended a command into the one failure that the user reads. */
final class Failures {

    private Failures() {}

    static CommandFailure of(Throwable thrown) {
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            if (t instanceof CommandFailure failure) {
                return failure;
            }
        }
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            Optional<CommandFailure> known = known(t);
            if (known.isPresent()) {
                return known.get().because(thrown);
            }
        }
        return CommandFailure.internal("Internal error: " + thrown + " (PLIMSOLL_LOG=debug prints the stack trace)")
                .because(thrown);
    }

    static CommandFailure of(ParameterException e) {
        if (e.getCause() instanceof CommandFailure failure) {
            return failure;
        }
        String command = e.getCommandLine().getCommandSpec().qualifiedName(" ");
        String message = String.valueOf(e.getMessage()).strip();
        String option = Optional.ofNullable(e.getArgSpec()).map(Failures::name).orElse("");
        if (e instanceof UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            option = unmatched.getUnmatched().getFirst();
            message = unmatched(unmatched, option);
        } else if (e instanceof MissingParameterException missing
                && !missing.getMissing().isEmpty()) {
            option = name(missing.getMissing().getFirst());
        }
        return CommandFailure.usage(message + " (see '" + command + " --help')", option)
                .because(e);
    }

    private static String unmatched(UnmatchedArgumentException e, String argument) {
        Set<String> commands = e.getCommandLine().getSubcommands().keySet();
        if (!argument.startsWith("-") && !commands.isEmpty()) {
            return "Unknown command: '" + argument + "', commands are " + String.join(", ", commands);
        }
        String what = argument.startsWith("-") ? "Unknown option: '" : "Unexpected argument: '";
        return e.getSuggestions().isEmpty()
                ? what + argument + "'"
                : what + argument + "', did you mean " + e.getSuggestions().getFirst() + "?";
    }

    /** The object that stands on standard output with {@code --json}; every key is there, {@code null} where unknown. */
    static Map<String, Object> json(CommandFailure failure) {
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("kind", failure.kind().label());
        error.put("message", failure.sentence());
        error.put("file", failure.file());
        error.put("line", failure.line());
        error.put("key", failure.key());
        return Map.of("error", error);
    }

    private static Optional<CommandFailure> known(Throwable t) {
        return switch (t) {
            case RpcException e -> Optional.of(CommandFailure.outside(node(e), "plimsoll.chain.rpc-url"));
            case KeyException e ->
                Optional.of(CommandFailure.configuration(String.valueOf(e.getMessage()), "plimsoll.signer"));
            case LeaseLostException e -> Optional.of(CommandFailure.outside(String.valueOf(e.getMessage())));
            case SQLException e -> Optional.of(CommandFailure.outside(database(e)));
            case NoSuchFileException e -> Optional.of(CommandFailure.outside(e.getMessage() + ": no such file"));
            case AccessDeniedException e -> Optional.of(CommandFailure.outside(e.getMessage() + ": permission denied"));
            case FileAlreadyExistsException e ->
                Optional.of(CommandFailure.outside(e.getMessage() + ": exists and is not a folder"));
            case IOException e -> Optional.of(CommandFailure.outside(String.valueOf(e.getMessage())));
            case IllegalArgumentException e -> Optional.of(CommandFailure.usage(String.valueOf(e.getMessage()), ""));
            default -> Optional.empty();
        };
    }

    private static String node(RpcException e) {
        return switch (e.kind()) {
            case TRANSIENT -> "Node does not answer: " + e.getMessage();
            case REJECTED -> "Node refuses: " + e.getMessage();
            case CORRUPT -> "Node answers nonsense: " + e.getMessage();
        };
    }

    /** PostgreSQL's states that an operator can mend, in words that say how. */
    private static String database(SQLException e) {
        String state = Optional.ofNullable(e.getSQLState()).orElse("");
        String said = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return switch (state) {
            case "42P01" -> "Database schema is not migrated: " + said;
            case "28P01", "28000" -> "Database refuses the user or password: " + said;
            case "3D000" -> "Database does not exist: " + said;
            default -> (state.startsWith("08") ? "Database does not answer: " : "Database failed: ") + said;
        };
    }

    private static String name(ArgSpec arg) {
        return arg instanceof OptionSpec option ? option.longestName() : arg.paramLabel();
    }
}
