package plimsoll.keeper.app;

import io.quarkus.runtime.Quarkus;
import io.quarkus.runtime.annotations.QuarkusMain;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import plimsoll.runtime.cli.CommandFailure;
import plimsoll.runtime.cli.CommandLineMain;
import plimsoll.runtime.cli.Output;
import plimsoll.runtime.config.StrictConfiguration;
import plimsoll.runtime.postgres.Database;

/**
 * The keeper's process. What can be wrong is found before Quarkus starts: configuration, key, chain, database, each with one sentence
 * and its exit code.
 */
@QuarkusMain
public final class KeeperApp {

    private KeeperApp() {}

    public static void main(String... args) {
        System.exit(CommandLineMain.run(new Run(), args));
    }

    @Command(
            name = "run",
            description = {
                "Watches a market and liquidates what crosses the line.",
                "Nothing is sent unless plimsoll.keeper.live=true."
            })
    public static final class Run implements Callable<Integer> {

        private static final Duration LAST_QUERIES = Duration.ofSeconds(3);

        @Option(names = "--once", description = "Look at the newest block, decide, act, print the decisions, and end.")
        private boolean once;

        @Option(names = "--dry-run", description = "Send nothing, whatever the configuration says.")
        private boolean dryRun;

        @Mixin
        @SuppressWarnings("NullAway.Init") // picocli sets it before the command runs
        private Output output;

        @Override
        public Integer call() {
            requireService();
            ServiceLogging.install();
            KeeperConfig config = new StrictConfiguration<>(KeeperConfig.class, "plimsoll.oracle").load();
            List<KeeperSettings> markets = KeeperSettings.all(config);
            MarginSettings margin = MarginSettings.of(config.margin(), System.getenv(), InstantSource.system());
            List<StartCheck.Checked> checked = StartCheck.of(
                    dryRun ? markets.stream().map(KeeperSettings::dry).toList() : markets);
            try (Database database =
                    Database.open(markets.getFirst().service().database()).patientAtExit(LAST_QUERIES)) {
                database.migrate();
                database.checkSchema();
                System.setProperty("quarkus.datasource.jdbc.url", database.jdbcUrl());
                System.setProperty("quarkus.datasource.username", database.user());
                System.setProperty("quarkus.datasource.password", database.password());
                if (once) {
                    System.setProperty("quarkus.http.host-enabled", "false");
                }
                return serve(new Start(checked, margin, once, output));
            }
        }

        /** The service is more than its classes: Quarkus adds what it made of them at build time. */
        private static void requireService() {
            try {
                Class.forName("io.quarkus.runner.ApplicationImpl");
            } catch (ClassNotFoundException e) {
                throw CommandFailure.usage("The keeper runs as a service: start it with ./plimsoll keeper run", "run")
                        .because(e);
            }
        }

        private static int serve(Start start) {
            Start.announce(start);
            AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
            AtomicReference<Integer> exitCode = new AtomicReference<>(0);
            Quarkus.run(KeeperService.class, (code, thrown) -> {
                exitCode.set(code);
                failure.set(thrown);
            });
            Throwable thrown = start.failure().isPresent() ? start.failure().get() : failure.get();
            if (thrown instanceof RuntimeException known) {
                throw known;
            }
            if (thrown != null) {
                throw CommandFailure.outside("Keeper cannot start: " + thrown.getMessage())
                        .because(thrown);
            }
            return exitCode.get();
        }
    }
}
