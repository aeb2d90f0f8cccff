package plimsoll.keeper.cli;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;
import plimsoll.keeper.app.KeeperConfig;

/** Where a command that reads the journal finds the keeper's configuration. */
final class ConfigFile {

    @Option(
            names = "--config",
            paramLabel = "FILE",
            description = "A file with the keeper's keys; default: the configuration of keeper run.")
    private Optional<Path> file = Optional.empty();

    KeeperConfig read() {
        return file.map(ConfigurationFile::read)
                .orElseGet(() -> ConfigurationFile.keys().load());
    }
}
