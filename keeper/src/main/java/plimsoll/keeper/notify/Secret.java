package plimsoll.keeper.notify;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A password, a token or a signing key: it is used, and never shown. */
public final class Secret {

    private static final int LONGEST = 4_096;

    private final String value;

    private Secret(String value) {
        this.value = value;
    }

    /**
     * What an environment variable or a file's first line holds.
     *
     * @throws IllegalArgumentException naming the variable or the file, where there is nothing
     */
    public static Secret of(Source source, Map<String, String> environment) {
        String found = switch (source) {
            case Source.Variable(String name) ->
                Optional.ofNullable(environment.get(name)).orElse("");
            case Source.File(Path path) -> firstLine(path);
        };
        String value = found.strip();
        if (value.isEmpty() || value.length() > LONGEST) {
            throw new IllegalArgumentException("Secret is empty, missing or too long: " + source.describe());
        }
        return new Secret(value);
    }

    /** Where a secret is. */
    public sealed interface Source {

        /** An environment variable. */
        record Variable(String name) implements Source {}

        /** The first line of a file. */
        record File(Path path) implements Source {}

        default String describe() {
            return switch (this) {
                case Variable(String name) -> "variable=" + name;
                case File(Path path) -> "file=" + path;
            };
        }
    }

    private static String firstLine(Path path) {
        try {
            return Files.readString(path, StandardCharsets.UTF_8)
                    .lines()
                    .findFirst()
                    .orElse("");
        } catch (IOException e) {
            throw new IllegalArgumentException("Secret's file cannot be read: file=" + path, e);
        }
    }

    String reveal() {
        return value;
    }

    @Override
    public String toString() {
        return "***";
    }
}
