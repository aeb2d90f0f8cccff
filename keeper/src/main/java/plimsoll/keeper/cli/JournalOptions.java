package plimsoll.keeper.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.keeper.store.SceneStore;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.config.ServiceConfig;
import plimsoll.runtime.postgres.Database;
import plimsoll.runtime.postgres.DatabaseSettings;
import plimsoll.units.Address;

/** Whose journal a command reads: the configured database's, of one market or of all. */
final class JournalOptions {

    @Option(
            names = "--market",
            paramLabel = "CONTRACT",
            description = "Only the markets of this contract; default: every market of the database.")
    private Optional<String> market = Optional.empty();

    @Mixin
    private ConfigurationFile file = new ConfigurationFile();

    Database open() {
        return open(file);
    }

    /** The database that the configuration names, with the schema that this program knows. */
    static Database open(ConfigurationFile file) {
        ServiceConfig config = file.read();
        ServiceConfig.DatabaseConfig settings = config.database();
        Database database = Database.open(new DatabaseSettings(
                settings.jdbcUrl(),
                settings.user().orElse(""),
                settings.password().orElse(""),
                config.dataFolder()));
        try {
            database.checkSchema();
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
        return database;
    }

    /** The markets' numbers; an absent one stands for all of them. */
    List<Optional<Long>> markets(SceneStore store) {
        if (market.isEmpty()) {
            return List.of(Optional.empty());
        }
        List<Optional<Long>> numbers =
                store.markets(contract().hex()).stream().map(Optional::of).toList();
        if (numbers.isEmpty()) {
            throw CommandFailure.usage(
                    "No keeper has kept a journal of this market: --market=" + market.get(), "--market");
        }
        return numbers;
    }

    private Address contract() {
        return OptionText.parsed("--market", market.orElse(""), "no contract's address", Address::parse);
    }
}
