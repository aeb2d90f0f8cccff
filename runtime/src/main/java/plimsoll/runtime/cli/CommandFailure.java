package plimsoll.runtime.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * The end of a command that cannot do what it was asked: one clear sentence, and where the fault lies (file and line of an
 * input, key of a configuration, name of an option). {@link CommandLineMain} prints it and chooses the exit code.
 */
public final class CommandFailure extends RuntimeException {

    /** Whose fault it is; each kind has its exit code and its name in JSON. */
    public enum Kind {
        /** Wrong use of the command line. */
        USAGE("usage", 2),
        /** A configuration key is unknown, missing, contradicted or has a wrong value. */
        CONFIGURATION("configuration", 2),
        /** An input file says something that it must not say. */
        INPUT("input", 2),
        /** A node, a database, a file system or another part of the outside world failed. */
        OUTSIDE("outside", 3),
        /** A fault of ours. */
        INTERNAL("internal", 3);

        private final String label;
        private final int exitCode;

        Kind(String label, int exitCode) {
            this.label = label;
            this.exitCode = exitCode;
        }

        public String label() {
            return label;
        }

        public int exitCode() {
            return exitCode;
        }
    }

    private static final long serialVersionUID = 1;

    private final Kind kind;
    private final String file;
    private final long line;
    private final String key;

    private CommandFailure(Kind kind, String message, String file, long line, String key) {
        super(oneLine(message));
        this.kind = kind;
        this.file = file;
        this.line = line;
        this.key = key;
    }

    /** The command was used wrongly; {@code option} is the option or argument at fault, such as {@code --levels}. */
    public static CommandFailure usage(String message, String option) {
        return new CommandFailure(Kind.USAGE, message, "", 0, option);
    }

    /** The configuration is wrong at {@code key}, such as {@code plimsoll.chain.id}; the message should say it too. */
    public static CommandFailure configuration(String message, String key) {
        return new CommandFailure(Kind.CONFIGURATION, message, "", 0, key);
    }

    /** An input file is wrong at a line (1 is the header); the message becomes {@code FILE:LINE: what is wrong}. */
    public static CommandFailure input(Path file, long line, String whatIsWrong) {
        return new CommandFailure(Kind.INPUT, file + ":" + line + ": " + whatIsWrong, file.toString(), line, "");
    }

    /** An input file is wrong as a whole: missing, empty, unreadable. */
    public static CommandFailure input(Path file, String whatIsWrong) {
        return new CommandFailure(Kind.INPUT, file + ": " + whatIsWrong, file.toString(), 0, "");
    }

    /** The outside world failed. */
    public static CommandFailure outside(String message) {
        return new CommandFailure(Kind.OUTSIDE, message, "", 0, "");
    }

    /** The outside world failed at something that a configuration key or an option names. */
    public static CommandFailure outside(String message, String key) {
        return new CommandFailure(Kind.OUTSIDE, message, "", 0, key);
    }

    /** A file that the work needs is missing or unreadable, through no fault of the command line. */
    public static CommandFailure outside(Path file, String whatIsWrong) {
        return new CommandFailure(Kind.OUTSIDE, file + ": " + whatIsWrong, file.toString(), 0, "");
    }

    static CommandFailure internal(String message) {
        return new CommandFailure(Kind.INTERNAL, message, "", 0, "");
    }

    /** The same failure with its cause, for a debugging log; the cause is never printed to the user. */
    public CommandFailure because(Throwable cause) {
        if (getCause() == null && cause != this) {
            initCause(cause);
        }
        return this;
    }

    public Kind kind() {
        return kind;
    }

    public int exitCode() {
        return kind.exitCode();
    }

    /** The sentence, always one line. */
    public String sentence() {
        return String.valueOf(getMessage());
    }

    public Optional<String> file() {
        return file.isEmpty() ? Optional.empty() : Optional.of(file);
    }

    public OptionalLong line() {
        return line == 0 ? OptionalLong.empty() : OptionalLong.of(line);
    }

    public Optional<String> key() {
        return key.isEmpty() ? Optional.empty() : Optional.of(key);
    }

    private static String oneLine(String text) {
        return text.strip().replaceAll("\\s*\\R\\s*", "; ");
    }
}
