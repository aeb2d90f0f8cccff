package plimsoll.acceptance.bench;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A program of others' that is timed from inside: it runs a small script of ours, which repeats its task in one warm process
 * and prints {@code name=number} for each repetition. Programs come from the system (Debian ships all of them).
 *
 * @param name as the results show it
 * @param commands what starts it, tried in order until one can do the check; the script's file is added
 * @param check succeeds where the program and its library are installed; options alone are given to the command
 * @param script the resource beside this class
 */
record Peer(String name, List<List<String>> commands, List<String> check, String script) {

    private static final int PATIENCE_SECONDS = 300;
    private static final Pattern MEASURED = Pattern.compile("([a-z]+)=([-+.0-9e]+)");

    static Peer gretl(String script) {
        return new Peer("gretl", List.of(List.of("gretlcli", "-b", "-q")), List.of("gretlcli", "--version"), script);
    }

    static Peer r(String library, String script) {
        return new Peer(
                "R " + library,
                List.of(List.of("Rscript", "--vanilla")),
                List.of("Rscript", "--vanilla", "-e", "library(" + library + ")"),
                script);
    }

    static Peer python(String name, String module, String script) {
        return new Peer(
                name,
                List.of(List.of("/usr/bin/python3"), List.of("python3")),
                List.of("-c", "import " + module),
                script);
    }

    /** All numbers printed under each name; empty where the program or its library is not installed. */
    Optional<Map<String, List<Double>>> run(Path folder, Map<String, String> values) {
        Optional<List<String>> command = installed(folder);
        if (command.isEmpty()) {
            return Optional.empty();
        }
        Path file = folder.resolve(script);
        try {
            Files.writeString(file, filled(values));
            List<String> whole = new ArrayList<>(command.get());
            whole.add(file.toString());
            String out = output(whole, folder);
            Map<String, List<Double>> numbers = numbers(out);
            if (numbers.isEmpty()) {
                throw new IllegalStateException(name + " measured nothing: " + last(out));
            }
            return Optional.of(numbers);
        } catch (IOException e) {
            throw new IllegalStateException(name + " could not run: " + e.getMessage(), e);
        }
    }

    private Optional<List<String>> installed(Path folder) {
        for (List<String> command : commands) {
            List<String> trial = new ArrayList<>(check);
            if (check.getFirst().startsWith("-")) {
                trial.addFirst(command.getFirst());
            }
            try {
                if (exit(trial, folder, folder.resolve("check.log")) == 0) {
                    return Optional.of(command);
                }
            } catch (IOException e) {
                // The system has no such program: the next name may be known.
            }
        }
        return Optional.empty();
    }

    private String filled(Map<String, String> values) throws IOException {
        try (InputStream in = Peer.class.getResourceAsStream(script)) {
            if (in == null) {
                throw new IOException("no such script: " + script);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> value : values.entrySet()) {
                text = text.replace("@" + value.getKey() + "@", value.getValue());
            }
            return text;
        }
    }

    private String output(List<String> command, Path folder) throws IOException {
        Path log = folder.resolve(script + ".log");
        int code = exit(command, folder, log);
        String out = Files.readString(log);
        if (code != 0) {
            throw new IllegalStateException(name + " failed: exit=" + code + " said=" + last(out));
        }
        return out;
    }

    private static int exit(List<String> command, Path folder, Path log) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile());
        // One thread each, as ours has.
        builder.environment().putAll(Map.of("OMP_NUM_THREADS", "1", "OPENBLAS_NUM_THREADS", "1"));
        Process process = builder.start();
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                throw new IOException("no end after " + PATIENCE_SECONDS + " s: command=" + command.getFirst());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        } finally {
            process.destroyForcibly();
        }
    }

    private static Map<String, List<Double>> numbers(String out) {
        Map<String, List<Double>> numbers = new HashMap<>();
        for (String line : out.lines().toList()) {
            Matcher measured = MEASURED.matcher(line);
            if (measured.matches()) {
                numbers.computeIfAbsent(measured.group(1), key -> new ArrayList<>())
                        .add(Double.valueOf(measured.group(2)));
            }
        }
        return numbers;
    }

    private static String last(String out) {
        return out.lines().filter(line -> !line.isBlank()).reduce("", (first, second) -> second);
    }
}
