package plimsoll.acceptance.demo;

import java.nio.file.Path;
import java.util.function.Consumer;

/**
 * What the demo is asked to do.
 *
 * @param root the project's root, where the packaged services are
 * @param folder where this run keeps its database and logs
 * @param accounts how many borrowers
 * @param seed makes the accounts, the followers' prices and the crash
 * @param story the prices
 * @param progress told in a sentence what is going on
 */
public record DemoSettings(
        Path root, Path folder, int accounts, long seed, PriceStory story, Consumer<String> progress) {

    public static final int FEWEST_ACCOUNTS = 1;
    public static final int MOST_ACCOUNTS = 2_000;

    public DemoSettings {
        if (accounts < FEWEST_ACCOUNTS || accounts > MOST_ACCOUNTS) {
            throw new IllegalArgumentException(
                    "Accounts are outside " + FEWEST_ACCOUNTS + ".." + MOST_ACCOUNTS + ": found=" + accounts);
        }
    }
}
