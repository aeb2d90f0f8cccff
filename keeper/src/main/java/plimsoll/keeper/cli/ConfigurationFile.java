package plimsoll.keeper.cli;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import picocli.CommandLine.Option;
import plimsoll.keeper.app.KeeperConfig;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.StrictConfiguration;

/** The keeper's keys as a command reads them: from the file that it was given, or from wherever {@code keeper run} has them. */
final class ConfigurationFile {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A file with the keeper's keys; default: the configuration of keeper run.")
    private Optional<Path> file = Optional.empty();

    KeeperConfig read() {
        return file.map(ConfigurationFile::read).orElseGet(() -> keys().load());
    }

    private static StrictConfiguration<KeeperConfig> keys() {
        return new StrictConfiguration<>(KeeperConfig.class, "plimsoll.oracle");
    }

    static KeeperConfig read(Path file) {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (NoSuchFileException e) {
            throw CommandFailure.input(file, "there is no such file").because(e);
        } catch (IOException | IllegalArgumentException e) {
            throw CommandFailure.input(file, "cannot be read: " + e.getMessage())
                    .because(e);
        }
        Map<String, String> values = new HashMap<>();
        properties.stringPropertyNames().forEach(key -> values.put(key, properties.getProperty(key)));
        return keys().of(values);
    }
}
