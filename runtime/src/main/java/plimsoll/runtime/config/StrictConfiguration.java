package plimsoll.runtime.config;

import io.smallrye.config.ConfigValidationException;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import plimsoll.runtime.cli.CommandFailure;

/**
 * A configuration interface ({@code @ConfigMapping}) filled from system properties over environment over
 * {@code config/application.properties}, the places where Quarkus looks too. A key under the interface's prefix that it does
 * not declare is refused, because a mistyped safety limit must not be a missing one.
 *
 * @param <T> the interface
 */
public final class StrictConfiguration<T> {

    private static final Path FILE = Path.of("config", "application.properties");
    private static final int FILE_ORDINAL = 260;

    /** Of the tools around us: they share the prefix and are no configuration of a service. */
    private static final List<String> TOOLS =
            List.of("log", "test", "root", "postgres", "demo", "devnet", "bench", "ci", "home", "cache", "anvil");

    private static final Pattern KEY = Pattern.compile("plimsoll(\\.[a-z0-9-]+)+");

    private final Class<T> mapping;
    private final KnownKeys known;
    private final List<String> foreign;

    /**
     * @param mapping the interface that declares every key
     * @param foreign prefixes of other services that may be configured beside this one, such as {@code plimsoll.oracle}
     */
    public StrictConfiguration(Class<T> mapping, String... foreign) {
        this.mapping = mapping;
        this.known = new KnownKeys(mapping);
        this.foreign = List.of(foreign);
    }

    /**
     * Reads the process's configuration.
     *
     * @throws CommandFailure naming the key that is unknown, missing or wrong
     */
    public T load() {
        SmallRyeConfigBuilder builder = new SmallRyeConfigBuilder().addDefaultSources();
        if (Files.isRegularFile(FILE)) {
            builder.withSources(file());
        }
        System.getenv().keySet().stream().sorted().forEach(this::requireKnownVariable);
        requireKnown(System.getProperties().stringPropertyNames());
        return read(builder);
    }

    /** Reads exactly these values, for tests and for commands that bring their own. */
    public T of(Map<String, String> values) {
        requireKnown(values.keySet());
        return read(new SmallRyeConfigBuilder().withSources(new PropertiesConfigSource(values, "given", FILE_ORDINAL)));
    }

    /** Every key with its default, if it has one; {@code .*} at the end stands for the keys of a map. */
    public Map<String, Optional<String>> keys() {
        return known.withDefaults();
    }

    private PropertiesConfigSource file() {
        try {
            PropertiesConfigSource source =
                    new PropertiesConfigSource(FILE.toUri().toURL(), FILE_ORDINAL);
            requireKnown(source.getPropertyNames());
            return source;
        } catch (IOException e) {
            throw CommandFailure.input(FILE, "cannot be read: " + e.getMessage())
                    .because(e);
        }
    }

    private T read(SmallRyeConfigBuilder builder) {
        try {
            return builder.withMapping(mapping)
                    .withMappingIgnore(known.prefix() + ".**") // unknown keys are refused above, with a better message
                    .addDiscoveredConverters()
                    .build()
                    .getConfigMapping(mapping);
        } catch (ConfigValidationException e) {
            String message = String.valueOf(e.getProblem(0).getMessage());
            Matcher key = KEY.matcher(message);
            throw CommandFailure.configuration("Configuration is wrong: " + message, key.find() ? key.group() : "")
                    .because(e);
        }
    }

    private void requireKnown(Set<String> keys) {
        for (String key : new TreeSet<>(keys)) {
            String profiled = key.startsWith("%") ? key.substring(key.indexOf('.') + 1) : key;
            if (profiled.startsWith(known.prefix() + ".") && !known.knows(profiled) && !isOfOthers(profiled)) {
                throw unknown(key, profiled);
            }
        }
    }

    private void requireKnownVariable(String name) {
        String prefix = KnownKeys.variable(known.prefix()) + "_";
        boolean ours = name.startsWith(prefix) && !known.knowsVariable(name);
        String key = name.substring(Math.min(name.length(), prefix.length()));
        if (ours
                && !isOfOthers(
                        known.prefix() + "." + key.toLowerCase(Locale.ROOT).replace('_', '.'))) {
            throw unknown(name, name);
        }
    }

    private boolean isOfOthers(String key) {
        String rest = key.substring(known.prefix().length() + 1);
        return foreign.stream().anyMatch(prefix -> key.startsWith(prefix + "."))
                || TOOLS.stream().anyMatch(tool -> rest.equals(tool) || rest.startsWith(tool + "."));
    }

    private CommandFailure unknown(String found, String key) {
        return CommandFailure.configuration(
                "Unknown configuration key: " + found + ", the nearest known one is " + known.nearest(key), found);
    }
}
