package plimsoll.keeper.cli;

import java.util.function.Function;
import plimsoll.runtime.cli.CommandFailure;

/** What is written behind an option, as the domain reads it. */
final class OptionText {

    private OptionText() {}

    /**
     * The value, or a failure that names the option.
     *
     * @param what what the text is not where it cannot be read, such as {@code no address}
     */
    static <T> T parsed(String option, String text, String what, Function<String, T> parser) {
        try {
            return parser.apply(text);
        } catch (IllegalArgumentException e) {
            throw CommandFailure.usage(option + " is " + what + ": " + e.getMessage(), option)
                    .because(e);
        }
    }
}
