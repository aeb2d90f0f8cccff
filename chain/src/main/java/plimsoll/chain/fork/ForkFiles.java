package plimsoll.chain.fork;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Tells a node which chain to continue, without its URL in the process list. Anvil takes the URL as an argument only, and
 * from no variable of its own; but the argument may be a name from a configuration file, whose entry may in turn name an
 * environment variable, and that only the process's own user can read. What the node prints may repeat the URL, so that
 * it goes through {@link ForkOrigin#clean} on its way to the file.
 */
final class ForkFiles {

    private static final String NAME = "origin";
    private static final String VARIABLE = "PLIMSOLL_FORK_ORIGIN";

    private ForkFiles() {}

    /** Prepares the process; answers the folder that holds its configuration. */
    static Path prepare(ProcessBuilder process, ForkOrigin origin) throws IOException {
        Path folder = Files.createTempDirectory("plimsoll-fork");
        Path configuration = folder.resolve("foundry.toml");
        Files.writeString(
                configuration, "[profile.default]\n[rpc_endpoints]\n" + NAME + " = \"${" + VARIABLE + "}\"\n");
        List<String> command = new ArrayList<>(process.command());
        // Without the cache, which knows a chain by its id alone: other chains of the same id would share it.
        command.addAll(List.of("--fork-url", NAME, "--no-storage-caching"));
        origin.block().ifPresent(block -> command.addAll(List.of("--fork-block-number", block.toString())));
        process.command(command);
        process.environment().put("FOUNDRY_CONFIG", configuration.toString());
        process.environment().put(VARIABLE, origin.url());
        process.redirectOutput(ProcessBuilder.Redirect.PIPE);
        return folder;
    }

    /** Copies what the process prints, cleaned, for as long as it runs. */
    static void copy(Process process, ForkOrigin origin, Path output) throws IOException {
        BufferedWriter file = Files.newBufferedWriter(output);
        Thread.ofPlatform().daemon().name("fork-output").start(() -> {
            try (file;
                    BufferedReader printed = process.inputReader(StandardCharsets.UTF_8)) {
                for (String line = printed.readLine(); line != null; line = printed.readLine()) {
                    file.write(origin.clean(line));
                    file.newLine();
                    file.flush();
                }
            } catch (IOException e) {
                process.destroy(); // a node whose output nobody takes would stop at the full pipe without a word
            }
        });
    }

    static void remove(Path folder) {
        try {
            Files.deleteIfExists(folder.resolve("foundry.toml"));
            Files.deleteIfExists(folder);
        } catch (IOException e) {
            // Two small files without secrets stay in the temporary folder.
            return;
        }
    }
}
