package plimsoll.oracle.file;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import plimsoll.oracle.calibration.Input;
import plimsoll.runtime.cli.CommandFailure;

/** A manifest's input files, found by name under some folders; of several with one name, the one with the bytes named. */
public final class FoundFiles {

    private final Map<Input, Path> paths;

    private FoundFiles(Map<Input, Path> paths) {
        this.paths = paths;
    }

    /** Finds all of them; one that is nowhere is a failure of the world outside, and named. */
    public static FoundFiles under(List<Path> folders, List<Input> inputs) {
        Map<String, List<Path>> byName = new TreeMap<>();
        for (Path folder : folders) {
            if (!Files.isDirectory(folder)) {
                throw CommandFailure.input(folder, "no such folder");
            }
            try (Stream<Path> files = Files.walk(folder)) {
                files.filter(Files::isRegularFile)
                        .sorted(Comparator.comparing(Path::toString))
                        .forEach(file -> byName.computeIfAbsent(
                                        String.valueOf(file.getFileName()), any -> new java.util.ArrayList<>())
                                .add(file));
            } catch (IOException e) {
                throw CommandFailure.input(folder, "cannot be read: " + e.getMessage())
                        .because(e);
            }
        }
        Map<Input, Path> paths = new TreeMap<>();
        for (Input input : inputs) {
            List<Path> candidates = byName.getOrDefault(input.name(), List.of());
            if (candidates.isEmpty()) {
                throw CommandFailure.outside("Input file is missing: name=" + input.name() + " role=" + input.role()
                        + " looked in=" + folders);
            }
            paths.put(
                    input,
                    candidates.size() == 1
                            ? candidates.getFirst()
                            : candidates.stream()
                                    .filter(path -> InputFile.of(path).sha256().equals(input.sha256()))
                                    .findFirst()
                                    .orElse(candidates.getFirst()));
        }
        return new FoundFiles(paths);
    }

    /** Where one of them lies. */
    public Path path(Input input) {
        Path path = paths.get(input);
        if (path == null) {
            throw new IllegalArgumentException("No such input was looked for: name=" + input.name());
        }
        return path;
    }

    /** The first input whose bytes are not those that were named, as one line; empty where all are. */
    public java.util.Optional<String> firstDifference() {
        return paths.entrySet().stream()
                .map(entry ->
                        Map.entry(entry.getKey(), InputFile.of(entry.getValue()).sha256()))
                .filter(entry -> !entry.getKey().sha256().equals(entry.getValue()))
                .map(entry -> "inputs.files: name=" + entry.getKey().name() + " sha256: manifest="
                        + entry.getKey().sha256() + " found=" + entry.getValue())
                .findFirst();
    }
}
