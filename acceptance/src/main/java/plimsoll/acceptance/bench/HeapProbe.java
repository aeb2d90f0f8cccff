package plimsoll.acceptance.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import plimsoll.keeper.position.PositionBook;
import plimsoll.units.HealthFactor;

/** What a book of so many accounts keeps alive, measured in a virtual machine of its own that may take 512 MB and no more. */
final class HeapProbe {

    private static final int BLOCKS = 100;

    private HeapProbe() {}

    /** Megabytes alive after blocks have been screened and garbage collected. */
    static double megabytes(int accounts) {
        List<String> command = List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-cp",
                System.getProperty("java.class.path"),
                HeapProbe.class.getName(),
                Integer.toString(accounts));
        try {
            Process process = new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try (var out =
                    new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                String line = out.readLine();
                if (line == null) {
                    throw new IllegalStateException("512 MB do not hold the book: accounts=" + accounts);
                }
                return Double.parseDouble(line);
            } finally {
                process.destroy();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("The virtual machine for the heap does not start", e);
        }
    }

    public static void main(String[] arguments) {
        SampleBook sample = new SampleBook();
        PositionBook book = sample.bookOf(Integer.parseInt(arguments[0]));
        for (int i = 0; i < BLOCKS; i++) {
            book.suspects(HealthFactor.ONE, sample.next());
        }
        System.gc();
        long used = Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
        System.out.println(used / 1e6 + (book.size() == 0 ? 1 : 0)); // the book is still alive here
    }
}
