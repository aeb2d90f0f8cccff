package plimsoll.devnet.artefact;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Runs one command of the machine (npm, tar, node) to its end; what it prints matters only where it fails. */
final class ExternalTool {

    private ExternalTool() {}

    /** Throws with one sentence where the command is missing or ends with another code than 0. */
    static void run(Path folder, String purpose, List<String> command) throws IOException {
        Process process;
        try {
            process = new ProcessBuilder(command)
                    .directory(folder.toFile())
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            throw new IOException(
                    command.getFirst() + " is missing, needed to " + purpose
                            + ": install Node.js 20 or newer (brings npm)" + " and tar, and have them on the PATH",
                    e);
        }
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(
                        command.getFirst() + " failed to " + purpose + ": exit=" + exit + " said=" + essence(printed));
            }
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException("Interrupted while waiting for " + command.getFirst(), e);
        }
    }

    /** The first lines that name an error, on one line. */
    private static String essence(String printed) {
        List<String> lines = printed.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .toList();
        List<String> errors = lines.stream()
                .filter(line -> line.toLowerCase(Locale.ROOT).contains("error"))
                .limit(2)
                .toList();
        return String.join(" | ", errors.isEmpty() ? lines.stream().limit(2).toList() : errors);
    }
}
