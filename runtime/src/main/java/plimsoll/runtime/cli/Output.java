package plimsoll.runtime.cli;

import java.io.PrintWriter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/**
 * Where a command's answer goes. A command declares {@code @Mixin Output output}, which gives it the option {@code --json},
 * and calls {@link #show} once: exactly one JSON object on standard output with {@code --json}, else the readable form.
 */
public final class Output {

    @Option(names = "--json", description = "Print one JSON object on standard output; messages go to standard error.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
    private CommandSpec command;

    private boolean shown;

    public boolean isJson() {
        return json;
    }

    /**
     * Prints the command's answer.
     *
     * @param result a record or a map with the keys of the command contract, written by the rules of {@link Json}
     * @param readable the same facts for people: a {@link Table} or text
     */
    public void show(Object result, Object readable) {
        if (shown) {
            throw new IllegalStateException("A command answers once: second answer=" + result.getClass());
        }
        shown = true;
        PrintWriter out = command.commandLine().getOut();
        out.println(json ? Json.write(result) : readable.toString());
        out.flush();
    }

    /** A message for people: on standard error with {@code --json}, where standard output belongs to the answer. */
    public void message(String text) {
        PrintWriter writer =
                json ? command.commandLine().getErr() : command.commandLine().getOut();
        writer.println(text);
        writer.flush();
    }

    /** A progress bar on standard error where that is a terminal; otherwise silent. Close it when done. */
    public Progress progress(String what, long total) {
        return Progress.on(command.commandLine().getErr(), what, total);
    }

    boolean hasAnswered() {
        return shown;
    }
}
